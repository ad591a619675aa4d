/** An allocator as traces are played on it, and its state as traces print it. */

import { pfn } from '../../spec/unit.ts';
import type { Observation, Order, Outcome, Pfn } from '../../protocol/index.ts';
import type { Region, ZoneShape } from '../../src/index.ts';

/** An allocator that traces can be played on. */
export interface Playable {
  allocate(order: Order): Outcome;
  free(head: Pfn, order: Order): Outcome;
  handOver(frame: Pfn): Outcome;
  observe(): Observation;
}

/** Makes an allocator of a shape in a region: `createAllocator`, or one that makes them broken. */
export type Create = (
  shape: ZoneShape,
  region: Region,
) => { readonly kind: 'created'; readonly allocator: Playable } | { readonly kind: 'rejected'; readonly why: string };

/** A list from its head to its tail, by page frame numbers; cut off where it has more nodes than there are frames. */
export function listOf({ arena, links }: Observation, order: number): readonly number[] {
  const head = arena.pages + order;
  const frames: number[] = [];
  let node = links[2 * head] ?? head;
  while (node !== head && frames.length <= arena.pages) {
    frames.push(arena.base + node);
    node = links[2 * node] ?? head;
  }
  return frames;
}

/** The bits of one order's map, the first pair's first. */
export function bitsOf({ arena, maps }: Observation, order: number): string {
  const pairs = Math.ceil(arena.pages / 2 ** (order + 1));
  const map = maps[order] ?? [];
  return Array.from({ length: pairs }, (_, pair) => ((map[pair >> 5] ?? 0) >>> (pair & 31)) & 1).join('');
}

/** Each order's list and, below the top of 2.4, map: `[14] 00000001 | [12] 0001 | [0]`. */
export function pictureOf(seen: Observation): string {
  const orders = Array.from({ length: seen.arena.orders }, (_, order) => {
    const list = `[${listOf(seen, order).join(' ')}]`;
    return order < seen.maps.length ? `${list} ${bitsOf(seen, order)}` : list;
  });
  return orders.join(' | ');
}

/** A block's first frame, `-` for a refusal, `.` for done, or the name of a misuse. */
export function answerOf(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'granted':
      return String(outcome.head);
    case 'exhausted':
      return '-';
    case 'done':
      return '.';
    case 'rejected':
      return outcome.misuse;
  }
}

export const handOverAll = (allocator: Playable, { base, pages }: ZoneShape): void => {
  for (let frame = 0; frame < pages; frame++) allocator.handOver(pfn(base + frame));
};
