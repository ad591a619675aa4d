/** An observation as the invariants of a zone read it. */
import { BOOT, HOLE } from './owner.ts';
import { NONE, covers, layerOf } from './layer.ts';
import { isOrder, sizeOf } from '../arithmetic.ts';
import { order } from '../unit.ts';
import { walk } from './links.ts';
import type { FrameIndex, Observation, Order } from '../../protocol/index.ts';
import type { FreeList } from './links.ts';
import type { Invariant } from '../invariant.ts';
import type { Layer } from './layer.ts';

/** An observation, read once for all invariants: what is free according to the lists, and what is free according to the owners. */
export interface Reading {
  readonly observation: Observation;
  readonly lists: readonly FreeList[];
  /** The blocks on the lists. */
  readonly listed: Layer;
  /** The blocks that the owners say are outstanding. */
  readonly outstanding: Layer;
  /** For each frame, and for the end of the arena: how many frames before it are free according to the owners. */
  readonly freeBefore: readonly number[];
}

/** An invariant as it is written: all of them share one reading. */
export type ReadInvariant = Invariant<Reading>;

function outstandingIn({ arena, owners }: Observation): Layer {
  const orders = new Int8Array(arena.pages);
  for (let frame = 0; frame < arena.pages; frame++) {
    const owner: number = owners[frame] ?? HOLE;
    orders[frame] = isOrder(arena, owner) ? owner : NONE;
  }
  return layerOf(orders);
}

/** A frame is free according to the owners if it is not a hole, not held by boot memory and in no outstanding block. @clause PAIR-1 */
function countFree({ arena, owners }: Observation, outstanding: Layer): readonly number[] {
  const before = new Array<number>(arena.pages + 1).fill(0);
  let count = 0;
  for (let frame = 0; frame < arena.pages; frame++) {
    const owner = owners[frame] ?? HOLE;
    if (owner !== HOLE && owner !== BOOT && !covers(outstanding, frame)) count++;
    before[frame + 1] = count;
  }
  return before;
}

/** Reads an observation. */
export function read(observation: Observation): Reading {
  const { arena } = observation;
  const orders = new Int8Array(arena.pages).fill(NONE);
  const lists: FreeList[] = [];
  for (let of = 0; of < arena.orders; of++) lists.push(walk(observation, order(of), orders));
  const outstanding = outstandingIn(observation);
  const freeBefore = countFree(observation, outstanding);
  return { observation, lists, listed: layerOf(orders), outstanding, freeBefore };
}

/**
 * Reports whether every frame of a block is free according to the owners. A frame outside the arena is not: nothing is
 * counted there, so the difference is too small. @clause PAIR-1
 */
export const isWhollyFree = ({ freeBefore }: Reading, head: FrameIndex, of: Order): boolean =>
  (freeBefore[head + sizeOf(of)] ?? 0) - (freeBefore[head] ?? 0) === sizeOf(of);

/** Reports whether a frame is free according to the owners. */
export const isFree = (reading: Reading, frame: FrameIndex): boolean => isWhollyFree(reading, frame, order(0));

/** Reports whether a block is on the list of its order. */
export const isListed = ({ listed }: Reading, head: FrameIndex, of: Order): boolean => listed.orders[head] === of;
