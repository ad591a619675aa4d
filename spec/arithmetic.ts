/** The arithmetic of blocks, buddies and orders. */
import { order, pfn } from './unit.ts';
import type { Arena, Block, Order, Pfn } from '../protocol/index.ts';

/** Returns the number of frames in a block of an order, 0 to 30. @clause BLOCK-1 */
export const sizeOf = (of: Order): number => 1 << of;

/** Returns the frame after the last frame of a block. */
export const endOf = ({ head, order }: Block): Pfn => pfn(head + sizeOf(order));

/** Returns the largest order of the arena. */
export const topOrder = ({ orders }: Arena): Order => order(orders - 1);

/** Reports whether a number can count something: it is whole, and 0 or more. */
export const isWhole = (n: number): boolean => Number.isInteger(n) && n >= 0;

/** Reports whether a number is one of the arena's orders. */
export const isOrder = ({ orders }: Arena, n: number): n is Order => isWhole(n) && n < orders;

/** Returns the arena's orders, ascending. */
export const ordersOf = ({ orders }: Arena): readonly Order[] => Array.from({ length: orders }, (_, n) => order(n));

/**
 * Returns the origin, the frame that blocks are counted from: the arena's base or, if alignment is absolute, the last
 * multiple of the largest block size at or before the base. @clause BLOCK-1
 */
export function originOf(arena: Arena): Pfn {
  return arena.alignment === 'base' ? arena.base : pfn(arena.base - (arena.base % sizeOf(topOrder(arena))));
}

/** Returns the index of the block of an order that a frame lies in, counted from the origin. */
export const indexOf = (origin: Pfn, frame: Pfn, of: Order): number => (frame - origin) >> of;

/** Reports whether the distance of a block from the origin is a multiple of its size. @clause BLOCK-1 */
export const isAligned = (origin: Pfn, { head, order }: Block): boolean =>
  ((head - origin) & (sizeOf(order) - 1)) === 0;

/** Reports whether a block is the lower half of its pair. @clause BLOCK-2 */
export const isLower = (origin: Pfn, { head, order }: Block): boolean => (indexOf(origin, head, order) & 1) === 0;

/** Returns the other half of a block's pair, which may lie outside the arena. @clause BLOCK-2 */
export function buddyOf(origin: Pfn, block: Block): Block {
  const { head, order } = block;
  return { head: pfn(isLower(origin, block) ? head + sizeOf(order) : head - sizeOf(order)), order };
}

/** Returns the block of the next order that a block is half of. @clause BLOCK-2 */
export function parentOf(origin: Pfn, block: Block): Block {
  const { head, order: of } = block;
  return { head: isLower(origin, block) ? head : pfn(head - sizeOf(of)), order: order(of + 1) };
}

/** Returns the smallest order whose block holds `pages` frames, which are 1 or more. @clause BLOCK-3 */
export function orderFor(pages: number): Order {
  return order(Math.ceil(Math.log2(pages)));
}
