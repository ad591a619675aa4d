import type { NodeId, Order, Pfn } from './unit.ts';

/** The two kernels whose placement is pinned: 2.4.22 (one bit per pair) and 2.6.24 (a mark on the free block's first page). */
export type Kernel = '2.4' | '2.6';

/** `count` frames from `first` on. */
export type Run = readonly [first: Pfn, count: number];

/** What a block's first frame is a multiple of its size from: the arena's base, or frame 0. */
export type Alignment = 'base' | 'absolute';

/**
 * The memory of one buddy system: `pages` frames from `base` on, in blocks of the orders 0 .. `orders` - 1.
 * Frames in `holes` (sorted, apart) are never handed out. `pages` need not be a power of two, nor `base` a multiple of anything.
 */
export interface Arena {
  readonly base: Pfn;
  readonly pages: number;
  readonly orders: number;
  readonly holes: readonly Run[];
  readonly alignment: Alignment;
}

/** 2^order consecutive frames from `head` on. */
export interface Block {
  readonly head: Pfn;
  readonly order: Order;
}

/** The zones of a node, in ascending order. */
export type ZoneName = 'DMA' | 'Normal' | 'HighMem';

/** The frames of one zone of a node: `pages` from `base` on, of which those in `holes` (sorted, apart) are not there. */
export interface ZoneSpan {
  readonly name: ZoneName;
  readonly base: Pfn;
  readonly pages: number;
  readonly holes: readonly Run[];
}

/** A node: its zones in ascending order, those left out that have no frames. */
export interface NodeShape {
  readonly zones: readonly ZoneSpan[];
}

/** How the watermarks of a zone follow from its pages: pages / `ratio`, at least `least` and at most `most`. */
export interface Balance {
  readonly ratio: number;
  readonly least: number;
  readonly most: number;
}

/** A zone's watermarks, in pages. */
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

/** At which node a request is tried first: at its processor's own, or at one further than the request before it. */
export type NodePolicy = 'node-local' | 'round-robin';

/** The memory of a machine before boot. A node's id is its place in `nodes`; all zones have the orders 0 .. `orders` - 1. */
export interface Machine {
  readonly orders: number;
  readonly nodes: readonly NodeShape[];
  readonly balance: Readonly<Record<ZoneName, Balance>>;
  readonly policy: NodePolicy;
}

/** A zone by its node and its name. */
export interface ZoneId {
  readonly node: NodeId;
  readonly name: ZoneName;
}
