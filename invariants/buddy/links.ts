/** Following the links of the free lists. */
import { isFrame } from '../arithmetic.ts';
import type { Arena, FrameIndex, Observation, Order } from '../../protocol/index.ts';

/** Stands for a link that is missing. */
const NOWHERE = -1;

/** Returns the node that is the head of the list of an order. */
export const headOf = ({ pages }: Arena, of: Order): number => pages + of;

export const nextOf = ({ links }: Observation, node: number): number => links[2 * node] ?? NOWHERE;

export const previousOf = ({ links }: Observation, node: number): number => links[2 * node + 1] ?? NOWHERE;

/** What one meets on the way along the next links of a list. */
export interface FreeList {
  readonly order: Order;
  /** From head to tail, each frame once. */
  readonly frames: readonly FrameIndex[];
  /** The node that the last link leads to: the list's own head if the list is sound. */
  readonly end: number;
}

/**
 * Follows a list from its head until it leads to a node that is no frame, or to a frame that was met before on this list or
 * another. `listed` has for each frame the order of the list on which it was met, and less than 0 if on none. Each step fills
 * one entry, so all walks together take at most as many steps as there are frames, wherever the links lead.
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
