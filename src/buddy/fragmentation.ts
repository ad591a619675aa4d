// How fragmented a zone is: pages wasted by rounding up, and free pages in blocks that are too small.
import { getOrder } from './arithmetic.ts';
import type { Observation } from '../../protocol/index.ts';

/** Returns how many pages more than `pages` a request for `pages` pages is granted. @clause FRAG-1 */
export function wasteOf(pages: number): number {
  return 2 ** getOrder(pages) - pages;
}

/** Counts the free blocks of each order, by walking the lists. */
export function freeBlockCounts({ arena, links }: Observation): readonly number[] {
  return Array.from({ length: arena.orders }, (_, order) => {
    const head = arena.pages + order;
    let count = 0;
    for (let node = links[2 * head]; node !== head && count <= arena.pages; node = links[2 * (node ?? head)]) count++;
    return count;
  });
}

/**
 * Returns the unusable free space index of an order: from 0 (every free page is in a block that is large enough) to 1 (none
 * is); 0 if nothing is free. @clause FRAG-2
 */
export function unusableFreeSpace(counts: readonly number[], order: number): number {
  let free = 0;
  let usable = 0;
  for (const [at, count] of counts.entries()) {
    free += count * 2 ** at;
    if (at >= order) usable += count * 2 ** at;
  }
  return free === 0 ? 0 : (free - usable) / free;
}

/**
 * Returns the fragmentation index of an order in thousandths: -1000 if a block suffices, towards 1000 if free memory is in too many
 * pieces, towards 0 if there is too little of it. @clause FRAG-3
 */
export function fragmentationIndex(counts: readonly number[], order: number): number {
  const requested = 2 ** order;
  let blocks = 0;
  let free = 0;
  let suitable = 0;
  for (const [at, count] of counts.entries()) {
    blocks += count;
    free += count * 2 ** at;
    if (at >= order) suitable += count;
  }
  if (blocks === 0) return 0;
  if (suitable > 0) return -1000;
  return 1000 - Math.trunc((1000 + Math.trunc((free * 1000) / requested)) / blocks);
}

/** The fragmentation of a zone. */
export interface Fragmentation {
  readonly freePages: number;
  /** The number of free blocks of each order. */
  readonly blocks: readonly number[];
  /** The unusable free space index of each order. */
  readonly unusable: readonly number[];
}

/** Returns how fragmented a zone's free memory is. @clause FRAG-2 */
export function fragmentationOf(seen: Observation): Fragmentation {
  const blocks = freeBlockCounts(seen);
  return { freePages: seen.freeCount, blocks, unusable: blocks.map((_, order) => unusableFreeSpace(blocks, order)) };
}
