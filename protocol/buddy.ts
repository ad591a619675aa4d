/** The buddy system of one zone: its memory, what a caller asks, what it answers, and what can be observed of it. */
import type { Clause } from './clause.ts';
import type { Order, Pfn } from './unit.ts';

/**
 * The two kernels whose placement is pinned: 2.4.22 keeps one bit per pair, 2.6.24 marks the first page of each free
 * block.
 */
export type Kernel = '2.4' | '2.6';

/** `count` page frames, `first` and those after it. */
export type Run = readonly [first: Pfn, count: number];

/** Where multiples of a block's size are counted from: the arena's base, or frame 0. */
export type Alignment = 'base' | 'absolute';

/**
 * The memory of one buddy system: the frames `base` to `base` + `pages` - 1, in blocks of the orders 0 to `orders` - 1.
 * Frames in `holes` (sorted, and apart from one another) are never handed out. `pages` need not be a power of two, and
 * `base` need not be a multiple of anything.
 */
export interface Arena {
  readonly base: Pfn;
  readonly pages: number;
  readonly orders: number;
  readonly holes: readonly Run[];
  readonly alignment: Alignment;
}

/** 2^order consecutive frames, the first of which is `head`. */
export interface Block {
  readonly head: Pfn;
  readonly order: Order;
}

/** The zones that a node can have, in ascending order. */
export type ZoneName = 'DMA' | 'Normal' | 'HighMem';

/** The frames of one zone of a node: `pages` frames from `base` on. Those in `holes` (sorted, apart) do not exist. */
export interface ZoneSpan {
  readonly name: ZoneName;
  readonly base: Pfn;
  readonly pages: number;
  readonly holes: readonly Run[];
}

/** What a caller asks of an allocator. Nothing in it is known to be in bounds. */
export type Command =
  | { readonly kind: 'allocate'; readonly order: Order }
  | { readonly kind: 'free'; readonly head: Pfn; readonly order: Order }
  | { readonly kind: 'hand-over'; readonly frame: Pfn };

/** How a free can be misuse. If several apply, the first in this order is reported. */
export type FreeMisuse =
  'out-of-range' | 'wrong-order' | 'misaligned' | 'inner-page' | 'double-free' | 'never-allocated';

/** How a hand-over can be misuse. */
export type HandOverMisuse = 'no-such-frame' | 'handed-over-twice';

/** How a command can be misuse. */
export type Misuse = FreeMisuse | HandOverMisuse | 'no-such-order';

/** What an allocator answers. A refusal (`exhausted`) is not an error, and misuse is data: none of these is ever thrown. */
export type Outcome =
  | { readonly kind: 'granted'; readonly head: Pfn }
  | { readonly kind: 'exhausted' }
  | { readonly kind: 'done' }
  | { readonly kind: 'rejected'; readonly misuse: Misuse; readonly clause: Clause };

/** The owner of a frame that does not exist, or must never be handed out. */
export type Hole = -4;
/** The owner of a frame that boot memory holds: it was never handed over. */
export type Boot = -3;
/** The owner of a frame that was handed over and has headed no block since. */
export type Nobody = -2;
/** The owner of a frame that headed a block which was freed. */
export type Freed = -1;

/**
 * The owner of a frame: the order of the outstanding block that it heads, or one of the four values above. A frame inside a
 * block keeps the owner that it had before.
 */
export type Owner = Order | Hole | Boot | Nobody | Freed;

/**
 * All that a zone holds, as arrays; frames are counted from the arena's base. It may be live, so that it changes with the
 * zone: copy the arrays, or the region of the zone, to preserve a moment.
 */
export interface Observation {
  readonly kernel: Kernel;
  readonly arena: Arena;
  /** The number of free frames, as the allocator counts it. */
  readonly freeCount: number;
  /**
   * The free lists. Node n has its next node at 2n and its previous node at 2n + 1. Nodes 0 to `pages` - 1 are the frames;
   * node `pages` + k is the head of the list of order k.
   */
  readonly links: ArrayLike<number>;
  /** For each order below the top, the bits of its pairs, in words of 32; the arena's first pair is the lowest bit. 2.6 has none. */
  readonly maps: readonly ArrayLike<number>[];
  /** 2.6 only: for each frame, 1 if it is marked as the first of a free block, and the order of that block. */
  readonly pageFlags: { readonly flag: ArrayLike<number>; readonly order: ArrayLike<number> };
  /** The owner of each frame. */
  readonly owners: ArrayLike<Owner>;
}

/** What a harness reports of the state of its allocator. A view that it does not offer is absent. */
export interface Reported {
  readonly freeCount?: number;
  /** For each order, the first frames of its free blocks, ascending. */
  readonly freeBlocks?: readonly (readonly Pfn[])[];
  /** For each order, the first frames on its list, from head to tail. */
  readonly freeLists?: readonly (readonly Pfn[])[];
  /** For each order below the top, a string of 0 and 1: one character for each pair. */
  readonly pairBits?: readonly string[];
}
