import type { Arena, Kernel, Machine, Watermarks, ZoneId } from './machine.ts';
import type { Order, Pfn } from './unit.ts';

/** A frame that can never be handed out. */
export type Hole = -4;
/** A frame that boot memory holds: never handed over. */
export type Boot = -3;
/** A frame that was handed over and has headed no block since. */
export type Nobody = -2;
/** A frame that headed a block, which was freed. */
export type Freed = -1;

/** Whose a frame is: the order of the outstanding block that it heads, or one of the above. Frames inside a block stay what they were. */
export type Owner = Order | Hole | Boot | Nobody | Freed;

/**
 * All that a zone holds, as arrays; frames count from the arena's base. It may be live: keep a moment by copying the zone's
 * region, or these arrays.
 */
export interface Observation {
  readonly kernel: Kernel;
  readonly arena: Arena;
  /** The allocator's own count of free frames. */
  readonly freeCount: number;
  /**
   * The free lists. Node n has its next at 2n and its previous at 2n + 1: nodes 0 .. pages - 1 are the frames, node pages + k
   * is the head of the list of order k.
   */
  readonly links: ArrayLike<number>;
  /** By order below the top: the pairs' bits in words of 32, the arena's first pair lowest. 2.6 has no maps. */
  readonly maps: readonly ArrayLike<number>[];
  /** 2.6: by frame, 1 where it is marked as the first of a free block, and that block's order. 2.4 has no marks. */
  readonly pageFlags: { readonly flag: ArrayLike<number>; readonly order: ArrayLike<number> };
  /** By frame. */
  readonly owners: ArrayLike<Owner>;
}

/** What an allocator of unknown make may show of itself; what it does not show is absent. */
export interface Reported {
  readonly freeCount?: number;
  /** Per order, first frames ascending. */
  readonly freeBlocks?: readonly (readonly Pfn[])[];
  /** Per order, first frames from head to tail. */
  readonly freeLists?: readonly (readonly Pfn[])[];
  /** Per order below the top, a string of 0 and 1: one for each pair. */
  readonly pairBits?: readonly string[];
}

/** All that one zone of a machine holds. It may be live. */
export interface ZoneObservation extends ZoneId {
  readonly watermarks: Watermarks;
  readonly needBalance: boolean;
  readonly buddy: Observation;
  /** By frame: how many users the block has that it heads. */
  readonly counts: ArrayLike<number>;
}

/** All that a machine's memory holds, zones by node and then ascending. It may be live. */
export interface MachineObservation {
  readonly machine: Machine;
  readonly zones: readonly ZoneObservation[];
  /** By node, then by the low four bits of a mask: the zones that such a request goes to, as places in `zones`. */
  readonly zonelists: readonly (readonly (readonly number[])[])[];
}
