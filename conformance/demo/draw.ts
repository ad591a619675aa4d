import type { BootNodeObservation, Observation } from '../../protocol/index.ts';

const NEXT = 0;

/** The frames on the list of one order, from head to tail. */
function listOf({ arena, links }: Observation, order: number): readonly number[] {
  const head = arena.pages + order;
  const frames: number[] = [];
  for (let node = links[2 * head + NEXT] ?? head; node !== head; node = links[2 * node + NEXT] ?? head) {
    frames.push(arena.base + node);
  }
  return frames;
}

function bitsOf({ arena, maps }: Observation, order: number): string {
  const words = maps[order];
  if (words === undefined) return 'no map';
  const pairs = Math.ceil(arena.pages / 2 ** (order + 1));
  return Array.from({ length: pairs }, (_, n) => String(((words[n >> 5] ?? 0) >>> (n & 31)) & 1)).join('');
}

/** A zone's lists and map bits, an order a line, as its arrays hold them. */
export function drawLists(seen: Observation): string {
  const rows = Array.from({ length: seen.arena.orders }, (_, order) => {
    const list = listOf(seen, order);
    return `    order ${order}  ${bitsOf(seen, order).padEnd(Math.ceil(seen.arena.pages / 2))}  ${list.length === 0 ? '-' : list.join(' ')}`;
  });
  return [`             ${'bits'.padEnd(Math.ceil(seen.arena.pages / 2))}  free list, head first`, ...rows].join('\n');
}

/** Pages in a line of a boot map. */
const WIDTH = 64;

/** A node's boot map, 64 pages a line: `#` taken, `.` free, `m` where the map lies; below, `^` under the last page. */
export function drawBoot({ bits, end, lastOffset, lastPos, map, start }: BootNodeObservation): string {
  const pages = Array.from({ length: end - start }, (_, page) => {
    const taken = (((bits[page >> 5] ?? 0) >>> (page & 31)) & 1) === 1;
    return start + page === map && taken ? 'm' : taken ? '#' : '.';
  });
  const lines = Array.from({ length: Math.ceil(pages.length / WIDTH) }, (_, n) => {
    const row = pages.slice(n * WIDTH, (n + 1) * WIDTH).join('');
    return `    ${String(start + n * WIDTH).padStart(String(end).length)} ${row}`;
  });
  const line = Math.floor(lastPos / WIDTH);
  const offset = 5 + String(end).length + (lastPos % WIDTH);
  const last = `${' '.repeat(offset)}^ ${lastOffset} bytes in use`;
  return lines.toSpliced(line + 1, 0, ...(lastOffset === 0 ? [] : [last])).join('\n');
}
