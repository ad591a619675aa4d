import type { Order, Pfn } from './unit.ts';

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
