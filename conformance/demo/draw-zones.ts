import type { MachineObservation, ZoneObservation } from '../../protocol/index.ts';

const WIDTH = 48;

/** A bar of the free share of something: `=` free, `.` in use. */
function bar(free: number, whole: number): string {
  const cells = Math.round((free / Math.max(1, whole)) * WIDTH);
  return '='.repeat(cells).padEnd(WIDTH, '.');
}

/** A bar with a zone's marks in it, wherever they lie: `m`, `l` and `h`. */
function gauge({ buddy, watermarks }: ZoneObservation): string {
  const { pages } = buddy.arena;
  const cells = Array.from(bar(buddy.freeCount, pages));
  const put = (mark: number, letter: string): void => {
    cells[Math.min(WIDTH - 1, Math.round((mark / pages) * WIDTH))] = letter;
  };
  put(watermarks.high, 'h');
  put(watermarks.low, 'l');
  put(watermarks.min, 'm');
  return cells.join('');
}

/** Each zone's free pages beside its marks, a line a zone; `!` where it asks to be balanced. */
export const drawZones = ({ zones }: MachineObservation): string =>
  zones
    .map((zone) => {
      const name = `node ${zone.node} ${zone.name.padEnd(8)}`;
      return `    ${name}|${gauge(zone)}| ${String(zone.buddy.freeCount).padStart(4)} free${zone.needBalance ? ' !' : ''}`;
    })
    .join('\n');
