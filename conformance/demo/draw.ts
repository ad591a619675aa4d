import type { Observation } from '../../protocol/index.ts';

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
