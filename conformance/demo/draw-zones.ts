import { unusableFreeSpace } from '../../src/index.ts';
import type { BuddyinfoLine } from '../../src/index.ts';
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

/** What /proc/buddyinfo says, drawn: for each zone and order the share of the free pages, and what of them the order cannot use. */
export function drawBuddyinfo(lines: readonly BuddyinfoLine[]): string {
  return lines
    .flatMap(({ blocks, node, zone }) => {
      const pages = blocks.map((count, order) => count * 2 ** order);
      const free = pages.reduce((sum, one) => sum + one, 0);
      const most = Math.max(...pages);
      const rows = blocks.map((count, order) => {
        const unusable = `${(100 * unusableFreeSpace(blocks, order)).toFixed(1)} %`;
        return `  order ${String(order).padStart(2)} ${String(count).padStart(7)} |${bar(pages[order] ?? 0, most)}| ${unusable.padStart(7)}`;
      });
      return [
        `node ${node} ${zone}: ${free} pages free; by order: blocks, their pages, what of all free pages is too small`,
        ...rows,
        '',
      ];
    })
    .join('\n');
}
