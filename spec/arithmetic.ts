import { order, pfn } from './unit.ts';
import type { Arena, Block, Order, Pfn } from '../protocol/index.ts';

/** Frames in a block of this order, 0 to 30. @clause BLOCK-1 */
export const sizeOf = (of: Order): number => 1 << of;

/** The first frame behind a block. */
export const endOf = ({ head, order }: Block): Pfn => pfn(head + sizeOf(order));

/** The largest order that the arena has. */
export const topOrder = ({ orders }: Arena): Order => order(orders - 1);

/** Whether a number can count anything: whole, and not below 0. */
export const isWhole = (n: number): boolean => Number.isInteger(n) && n >= 0;

/** Whether a number is one of the arena's orders. */
export const isOrder = ({ orders }: Arena, n: number): n is Order => isWhole(n) && n < orders;

/** The arena's orders, ascending. */
export const ordersOf = ({ orders }: Arena): readonly Order[] => Array.from({ length: orders }, (_, n) => order(n));

/**
 * The frame that blocks are counted from, at or before the arena's base: the base itself or, where alignment is absolute,
 * the last multiple of the largest block. @clause BLOCK-1
 */
export function originOf(arena: Arena): Pfn {
  return arena.alignment === 'base' ? arena.base : pfn(arena.base - (arena.base % sizeOf(topOrder(arena))));
}

/** Which block of its order a frame lies in, counted from the origin. */
export const indexOf = (origin: Pfn, frame: Pfn, of: Order): number => (frame - origin) >> of;

/** Whether a block begins at a multiple of its size from the origin. @clause BLOCK-1 */
export const isAligned = (origin: Pfn, { head, order }: Block): boolean =>
  ((head - origin) & (sizeOf(order) - 1)) === 0;

/** Whether a block is the lower half of its pair. @clause BLOCK-2 */
export const isLower = (origin: Pfn, { head, order }: Block): boolean => (indexOf(origin, head, order) & 1) === 0;

/** The other half of a block's pair; it may lie outside the arena. @clause BLOCK-2 */
export function buddyOf(origin: Pfn, block: Block): Block {
  const { head, order } = block;
  return { head: pfn(isLower(origin, block) ? head + sizeOf(order) : head - sizeOf(order)), order };
}

/** The block of the next order that a block is half of. @clause BLOCK-2 */
export function parentOf(origin: Pfn, block: Block): Block {
  const { head, order: of } = block;
  return { head: isLower(origin, block) ? head : pfn(head - sizeOf(of)), order: order(of + 1) };
}

/** The smallest order whose block holds `pages` frames, 1 or more. @clause BLOCK-3 */
export function orderFor(pages: number): Order {
  return order(Math.ceil(Math.log2(pages)));
}
