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

/**
 * Returns why a request of an order fails, in thousandths: -1000 if a block suffices, 0 if nothing is free, otherwise nearer to 1000
 * the more the free frames would be enough in one piece, and nearer to 0 the fewer frames are free. @clause FRAG-3
 */
export function fragmentationIndex(blocks: readonly number[], of: Order): number {
  const count = blocks.reduce((sum, one) => sum + one, 0);
  const frames = blocks.reduce((sum, one, at) => sum + one * sizeOf(order(at)), 0);
  if (count === 0) return 0;
  if (blocks.slice(of).some((one) => one > 0)) return -1000;
  return 1000 - Math.floor((1000 + Math.floor((frames * 1000) / sizeOf(of))) / count);
}
