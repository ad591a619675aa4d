import { frameIndex, order } from '../unit.ts';
import { sizeOf } from '../arithmetic.ts';
import type { FrameIndex, Order } from '../../protocol/index.ts';

/** No order, no frame: what the arrays of a layer hold where there is none. */
export const NONE = -1;

/** Blocks of one kind, as they lie over the arena's frames. Nothing presumes that they are apart, aligned or inside. By frame: */
export interface Layer {
  /** The order of the block that the frame heads. */
  readonly orders: Int8Array;
  /** The head of the block that the frame lies in; where there are several, of the one that ends last. */
  readonly around: readonly number[];
  /** The first frame that heads a block and lies in another. */
  readonly clash: number;
}

/** Spreads blocks, given by the orders of their heads, over their frames. */
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

export const covers = ({ around }: Layer, frame: number): boolean => (around[frame] ?? NONE) >= 0;

/** The block that holds a frame, and of several the one that ends last. */
export function blockAround({ around, orders }: Layer, frame: number): Span | undefined {
  const head = around[frame] ?? NONE;
  return head < 0 ? undefined : { head: frameIndex(head), order: order(orders[head] ?? NONE) };
}

/** A block by its first frame, counted from the arena's base. */
export interface Span {
  readonly head: FrameIndex;
  readonly order: Order;
}

/** The frame behind a block. */
export const endOf = ({ head, order: of }: Span): number => head + sizeOf(of);
