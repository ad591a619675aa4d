import type { Clause } from './clause.ts';
import type { ByteAddress, Pfn } from './unit.ts';

/** The memory of one node while it boots: the pages `start` .. `end` - 1. Its map of taken pages lies in pages from `map` on. */
export interface BootNode {
  readonly start: Pfn;
  readonly end: Pfn;
  readonly map: Pfn;
}

/**
 * What a caller asks of boot memory, in bytes; nothing in it is known to be in bounds. Nodes count from 0 in the order in
 * which they were initialised. A goal is where the search begins; it promises nothing.
 */
export type BootCommand =
  | { readonly kind: 'reserve'; readonly node: number; readonly address: ByteAddress; readonly size: number }
  | { readonly kind: 'free'; readonly node: number; readonly address: ByteAddress; readonly size: number }
  | {
      readonly kind: 'allocate';
      readonly node: number | 'any';
      readonly size: number;
      readonly align: number;
      readonly goal: ByteAddress;
    }
  | { readonly kind: 'retire'; readonly node: number };

/** What a command of boot memory can do wrong; where several fit, the first in this order is its name. */
export type BootMisuse =
  | 'no-such-node'
  | 'retired'
  | 'no-such-size'
  | 'no-such-alignment'
  | 'no-such-address'
  | 'out-of-range'
  | 'free-page'
  | 'map-not-reserved'
  | 'no-zone';

/** A command that was rejected: it has changed nothing. */
export interface BootRejection {
  readonly kind: 'rejected';
  readonly misuse: BootMisuse;
  readonly clause: Clause;
}

/** What boot memory answers. `warned`: it is done, and these pages had been taken before. */
export type BootOutcome =
  | { readonly kind: 'granted'; readonly address: ByteAddress }
  | { readonly kind: 'exhausted' }
  | { readonly kind: 'done' }
  | { readonly kind: 'warned'; readonly pages: readonly Pfn[] }
  /** Pages handed over: those that were free, and those of the map. */
  | { readonly kind: 'retired'; readonly free: number; readonly map: number }
  | BootRejection;

/** All that boot memory holds of one node. After retirement it is what it was right before. */
export interface BootNodeObservation extends BootNode {
  /** A bit for each page in words of 32, the first page lowest: 1 where it is taken. Bits behind the last page are 1. */
  readonly bits: ArrayLike<number>;
  /** The page that the last grant ended in, counted from `start`, and how many of its bytes are in use: 0, where all are. */
  readonly lastPos: number;
  readonly lastOffset: number;
  readonly retired: boolean;
}

/** All that boot memory holds, node by node. It may be live. */
export interface BootObservation {
  readonly nodes: readonly BootNodeObservation[];
}
