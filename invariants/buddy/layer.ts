/** Blocks of one kind, free or outstanding, spread over the frames that they cover. */
import { frameIndex, order } from '../unit.ts';
import { sizeOf } from '../arithmetic.ts';
import type { FrameIndex, Order } from '../../protocol/index.ts';

/** Stands for no order and for no frame in the arrays of a layer. */
export const NONE = -1;

/** All blocks of one kind, spread over the frames of the arena. They may overlap, be unaligned, or extend beyond the arena. */
export interface Layer {
  /** For each frame, the order of the block that it heads. */
  readonly orders: Int8Array;
  /** For each frame, the head of the block that it lies in; of several blocks, the one that ends last. */
  readonly around: readonly number[];
  /** The first frame that heads a block and lies in another. */
  readonly clash: number;
}

/** Spreads blocks over their frames; `orders` has the order of each block at its head. */
export function layerOf(orders: Int8Array): Layer {
  const around = new Array<number>(orders.length).fill(NONE);
  let head = NONE;
  let end = 0;
  let clash = NONE;
  for (let frame = 0; frame < orders.length; frame++) {
    const of = orders[frame] ?? NONE;
    if (of >= 0) {
      if (frame < end && clash === NONE) clash = frame;
      if (frame + (1 << of) > end) {
        head = frame;
        end = frame + (1 << of);
      }
    }
    if (frame < end) around[frame] = head;
  }
  return { orders, around, clash };
}

/** Reports whether a frame lies in a block of the layer. */
export const covers = ({ around }: Layer, frame: number): boolean => (around[frame] ?? NONE) >= 0;

/** Returns the block that holds a frame; of several, the one that ends last. */
export function blockAround({ around, orders }: Layer, frame: number): Span | undefined {
  const head = around[frame] ?? NONE;
  return head < 0 ? undefined : { head: frameIndex(head), order: order(orders[head] ?? NONE) };
}

/** A block, with its first frame counted from the arena's base. */
export interface Span {
  readonly head: FrameIndex;
  readonly order: Order;
}

/** Returns the frame after the last frame of a block. */
export const endOf = ({ head, order: of }: Span): number => head + sizeOf(of);
