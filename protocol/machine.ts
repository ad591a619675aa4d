/** A machine: its nodes and zones, what a caller asks for pages, what it answers, and what can be observed of it. */
import type { Block, FreeMisuse, Observation, ZoneName, ZoneSpan } from './buddy.ts';
import type { Gfp, NodeId, Order, Paged, Pfn, TaskFlags } from './unit.ts';
import type { Clause } from './clause.ts';

/** A node: its zones in ascending order, without those that have no frames. */
export interface NodeShape {
  readonly zones: readonly ZoneSpan[];
}

/** How the watermarks of a zone follow from its size: pages / `ratio`, but at least `least` and at most `most`. */
export interface Balance {
  readonly ratio: number;
  readonly least: number;
  readonly most: number;
}

/** The watermarks of a zone, in pages. */
export interface Watermarks {
  readonly min: number;
  readonly low: number;
  readonly high: number;
}

/** The first frame above DMA, and the first above Normal. */
export interface ZoneLimits {
  readonly dma: Pfn;
  readonly normal: Pfn;
}

/** Which node a request tries first: that of its processor, or the one after the node where the request before it began. */
export type NodePolicy = 'node-local' | 'round-robin';

/** The memory of a machine. The id of a node is its index in `nodes`; every zone has the orders 0 to `orders` - 1. */
export interface Machine extends Paged {
  readonly orders: number;
  readonly nodes: readonly NodeShape[];
  readonly balance: Readonly<Record<ZoneName, Balance>>;
  readonly policy: NodePolicy;
}

/** A zone, identified by its node and its name. */
export interface ZoneId {
  readonly node: NodeId;
  readonly name: ZoneName;
}

/** What a caller asks of the memory of a machine. Nothing in it is known to be in bounds. */
export type PageCommand =
  | {
      /** Begins at `node`, the node of the caller's processor. */
      readonly kind: 'allocate-pages';
      readonly gfp: Gfp;
      readonly order: Order;
      readonly task: TaskFlags;
      readonly node: NodeId;
    }
  | {
      /** Tries `node` alone. */
      readonly kind: 'allocate-on-node';
      readonly gfp: Gfp;
      readonly order: Order;
      readonly task: TaskFlags;
      readonly node: NodeId;
    }
  | { readonly kind: 'free-pages'; readonly head: Pfn; readonly order: Order }
  /** Adds a user to the block at `head`. */
  | { readonly kind: 'get-page'; readonly head: Pfn }
  /** Runs kswapd for one turn. */
  | { readonly kind: 'kswapd' };

/** What one reclaim freed, in this order, and whether it reported that it had freed enough. */
export interface Round {
  readonly freed: readonly Block[];
  readonly success: boolean;
}

/** How a command to a machine can be misuse. */
export type PageMisuse =
  FreeMisuse | 'no-such-order' | 'no-such-flags' | 'no-such-node' | 'no-such-page' | 'no-address' | 'in-page-cache';

/**
 * What the memory of a machine answers. `stalled`: the kernel would loop until somebody else frees memory; the caller may
 * free some and ask again.
 */
export type PageOutcome =
  | { readonly kind: 'granted'; readonly head: Pfn }
  | { readonly kind: 'exhausted' }
  | { readonly kind: 'stalled' }
  | { readonly kind: 'done' }
  | { readonly kind: 'rejected'; readonly misuse: PageMisuse; readonly clause: Clause };

/** All that one zone of a machine holds. It may be live. */
export interface ZoneObservation extends ZoneId {
  readonly watermarks: Watermarks;
  readonly needBalance: boolean;
  readonly buddy: Observation;
  /** For each frame, the number of users of the block that it heads. */
  readonly counts: ArrayLike<number>;
}

/** All that the memory of a machine holds; zones are ordered by node, and ascend within each. It may be live. */
export interface MachineObservation {
  readonly machine: Machine;
  readonly zones: readonly ZoneObservation[];
  /** For each node, and each value of the low four bits of a mask: the zones to try, in order, as indices into `zones`. */
  readonly zonelists: readonly (readonly (readonly number[])[])[];
}

/** Whether a page of the page cache is the same as in its file; `writing`: it is being written, and locked until that is done. */
export type Contents = 'clean' | 'dirty' | 'writing';

/** Whether a page of the page cache has buffers, and whether these must be written before they can be released. */
export type Buffers = 'none' | 'clean' | 'dirty';

/** A page of the page cache. */
export interface CachedPage {
  readonly head: Pfn;
  /** Whether it was used since it came to its list. */
  readonly referenced: boolean;
  readonly contents: Contents;
  readonly buffers: Buffers;
}

/** All that a page cache holds: pages used lately and the others, on each list the one that came last first. */
export interface PageCacheObservation {
  readonly active: readonly CachedPage[];
  readonly inactive: readonly CachedPage[];
}

/** What a reclaim did with a page of the page cache, in its order: `write` and `wait` enter the filesystem, `flush` starts I/O. */
export interface CacheAction {
  readonly kind: 'free' | 'write' | 'wait' | 'flush';
  readonly head: Pfn;
}
