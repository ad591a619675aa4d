/** The arithmetic of blocks and pairs over an arena. Frames are counted from the base of the arena. */
import { frameIndex, order } from './unit.ts';
import type { Arena, FrameIndex, Order } from '../protocol/index.ts';

/** Returns the number of frames in a block of an order, 0 to 30. @clause BLOCK-1 */
export const sizeOf = (of: Order): number => 1 << of;

/** Returns the number of frames that exist. */
export const existing = ({ holes, pages }: Arena): number => pages - holes.reduce((sum, [, count]) => sum + count, 0);

/** Reports whether a page frame number is that of a frame of the arena; it may be a hole. */
export const holds = ({ base, pages }: Arena, frame: number): boolean => frame >= base && frame < base + pages;

export const isOrder = ({ orders }: Arena, n: number): n is Order => Number.isInteger(n) && n >= 0 && n < orders;

export const isFrame = ({ pages }: Arena, n: number): n is FrameIndex => Number.isInteger(n) && n >= 0 && n < pages;

/** Returns the distance of the arena's first frame from the origin, the frame that blocks are counted from. @clause BLOCK-1 */
export const offsetOf = ({ alignment, base, orders }: Arena): number =>
  alignment === 'base' ? 0 : base % sizeOf(order(orders - 1));

/** Reports whether the distance of a block from the origin is a multiple of its size. @clause BLOCK-1 */
export const isAligned = (arena: Arena, head: FrameIndex, of: Order): boolean =>
  ((offsetOf(arena) + head) & (sizeOf(of) - 1)) === 0;

/** Reports whether a block that begins inside the arena also ends inside it. @clause BLOCK-1 */
export const isInside = ({ pages }: Arena, head: FrameIndex, of: Order): boolean => head + sizeOf(of) <= pages;

/** Returns the first frame of the aligned block of an order that a frame lies in; negative if the block begins before the arena. */
export const headAround = (arena: Arena, frame: FrameIndex, of: Order): FrameIndex =>
  frameIndex(frame - ((offsetOf(arena) + frame) & (sizeOf(of) - 1)));

/** Returns the number of frames in a pair of blocks of an order below the top. @clause BLOCK-2 */
export const pairSizeOf = (of: Order): number => 2 << of;

/** Returns the first frame of an aligned block's buddy, which may lie outside the arena. @clause BLOCK-2 */
export const buddyOf = (arena: Arena, head: FrameIndex, of: Order): FrameIndex =>
  frameIndex(((offsetOf(arena) + head) & sizeOf(of)) === 0 ? head + sizeOf(of) : head - sizeOf(of));

/** Returns the first frame of the arena's first pair of an order; negative if the pair begins before the arena. */
export const firstPairAt = (arena: Arena, of: Order): FrameIndex => headAround(arena, frameIndex(0), order(of + 1));

/** Returns the index of the pair of an order that a frame lies in; the arena's first pair is 0. @clause MAP-1 */
export const pairOf = (arena: Arena, frame: FrameIndex, of: Order): number =>
  (frame - firstPairAt(arena, of)) >>> (of + 1);

/** Returns the number of pairs of an order that have a frame in the arena. @clause MAP-1 */
export const pairsIn = (arena: Arena, of: Order): number => 1 + pairOf(arena, frameIndex(arena.pages - 1), of);
