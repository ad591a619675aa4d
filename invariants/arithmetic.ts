import { frameIndex, order } from './unit.ts';
import type { Arena, FrameIndex, Order } from '../protocol/index.ts';

/** Frames in a block of this order, 0 to 30. @clause BLOCK-1 */
export const sizeOf = (of: Order): number => 1 << of;

export const isOrder = ({ orders }: Arena, n: number): n is Order => Number.isInteger(n) && n >= 0 && n < orders;

export const isFrame = ({ pages }: Arena, n: number): n is FrameIndex => Number.isInteger(n) && n >= 0 && n < pages;

/** How far the arena's first frame lies behind the frame that blocks are counted from. @clause BLOCK-1 */
export const offsetOf = ({ alignment, base, orders }: Arena): number =>
  alignment === 'base' ? 0 : base % sizeOf(order(orders - 1));

/** @clause BLOCK-1 */
export const isAligned = (arena: Arena, head: FrameIndex, of: Order): boolean =>
  ((offsetOf(arena) + head) & (sizeOf(of) - 1)) === 0;

/** Whether a block that begins inside the arena ends there too. @clause BLOCK-1 */
export const isInside = ({ pages }: Arena, head: FrameIndex, of: Order): boolean => head + sizeOf(of) <= pages;

/** The first frame of the aligned block of an order that a frame lies in: negative where that begins before the arena. */
export const headAround = (arena: Arena, frame: FrameIndex, of: Order): FrameIndex =>
  frameIndex(frame - ((offsetOf(arena) + frame) & (sizeOf(of) - 1)));

/** Frames in a pair of blocks of an order below the top. @clause BLOCK-2 */
export const pairSizeOf = (of: Order): number => 2 << of;

/** The first frame of the other half of an aligned block's pair; it may lie outside the arena. @clause BLOCK-2 */
export const buddyOf = (arena: Arena, head: FrameIndex, of: Order): FrameIndex =>
  frameIndex(((offsetOf(arena) + head) & sizeOf(of)) === 0 ? head + sizeOf(of) : head - sizeOf(of));

/** The first frame of the arena's first pair of an order: negative where the pair begins before the arena. */
export const firstPairAt = (arena: Arena, of: Order): FrameIndex => headAround(arena, frameIndex(0), order(of + 1));

/** Which pair of an order a frame lies in; the arena's first is 0. @clause MAP-1 */
export const pairOf = (arena: Arena, frame: FrameIndex, of: Order): number =>
  (frame - firstPairAt(arena, of)) >>> (of + 1);

/** The number of pairs of an order that any frame of the arena lies in. @clause MAP-1 */
export const pairsIn = (arena: Arena, of: Order): number => 1 + pairOf(arena, frameIndex(arena.pages - 1), of);
