/** How much memory fragmentation makes useless. */
import { order } from '../unit.ts';
import { orderFor, sizeOf } from '../arithmetic.ts';
import type { Order } from '../../protocol/index.ts';

/** Returns the number of frames that a request for `pages` frames, 1 or more, gets beyond that number. @clause FRAG-1 */
export const internalWaste = (pages: number): number => sizeOf(orderFor(pages)) - pages;

/**
 * Returns the share of the free frames that is of no use to a request of an order, 0 if nothing is free. `blocks` has the
 * number of free blocks of each order. @clause FRAG-2
 */
export function unusableShare(blocks: readonly number[], of: Order): number {
  const frames = blocks.map((count, at) => count * sizeOf(order(at)));
  const sum = (some: readonly number[]): number => some.reduce((all, one) => all + one, 0);
  return sum(frames) === 0 ? 0 : sum(frames.slice(0, of)) / sum(frames);
}
