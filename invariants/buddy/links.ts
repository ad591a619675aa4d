import { isFrame } from '../arithmetic.ts';
import type { Arena, FrameIndex, Observation, Order } from '../../protocol/index.ts';

/** A link where there is none. */
const NOWHERE = -1;

/** The node that is the head of an order's list. */
export const headOf = ({ pages }: Arena, of: Order): number => pages + of;

export const nextOf = ({ links }: Observation, node: number): number => links[2 * node] ?? NOWHERE;

export const previousOf = ({ links }: Observation, node: number): number => links[2 * node + 1] ?? NOWHERE;

/** What following the next links of one list meets. */
export interface FreeList {
  readonly order: Order;
  /** Head to tail, each frame once. */
  readonly frames: readonly FrameIndex[];
  /** The node that the last link leads to: the list's own head, where the list is sound. */
  readonly end: number;
}

/**
 * Follows one list from its head until it leads to a node that is no frame, or to a frame met before, on this list or another.
 * `listed` holds, by frame, the order of the list that it was met on, below 0 where on none; each step fills one entry,
 * so that all walks together take no more steps than there are frames, wherever the links lead.
 */
export function walk(observation: Observation, of: Order, listed: Int8Array): FreeList {
  const { arena } = observation;
  const frames: FrameIndex[] = [];
  let node = nextOf(observation, headOf(arena, of));
  while (isFrame(arena, node) && (listed[node] ?? of) < 0) {
    listed[node] = of;
    frames.push(node);
    node = nextOf(observation, node);
  }
  return { order: of, frames, end: node };
}
