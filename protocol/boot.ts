/** Boot memory: its nodes, what a caller asks, what it answers, what can be observed of it, and what firmware reports before. */
import type { ByteAddress, Paged, Pfn } from './unit.ts';
import type { Clause } from './clause.ts';
import type { ZoneSpan } from './buddy.ts';

/** The memory of one node during boot: the pages `start` to `end` - 1. Its bitmap begins at page `map`. */
export interface BootNode extends Paged {
  readonly start: Pfn;
  readonly end: Pfn;
  readonly map: Pfn;
}

/**
 * What a caller asks of boot memory, in bytes. Nothing in it is known to be in bounds. Nodes are counted from 0, in the
 * order in which they were initialised. A goal is the address where the search begins; the grant may be elsewhere.
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

/** How a command of boot memory can be misuse. If several apply, the first in this order is reported. */
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

/** A command that was rejected. It has changed nothing. */
export interface BootRejection {
  readonly kind: 'rejected';
  readonly misuse: BootMisuse;
  readonly clause: Clause;
}

/** What boot memory answers. `warned`: the command was carried out, and these pages were already taken before it. */
export type BootOutcome =
  | { readonly kind: 'granted'; readonly address: ByteAddress }
  | { readonly kind: 'exhausted' }
  | { readonly kind: 'done' }
  | { readonly kind: 'warned'; readonly pages: readonly Pfn[] }
  /** The number of pages handed over: `free` that were free, and `map` that held the bitmap. */
  | { readonly kind: 'retired'; readonly free: number; readonly map: number }
  | BootRejection;

/** All that boot memory holds of one node. After retirement it still shows the last state before it. */
export interface BootNodeObservation extends BootNode {
  /** One bit per page, in words of 32, the first page lowest: 1 if the page is taken. The bits after the last page are 1. */
  readonly bits: ArrayLike<number>;
  /** The page that the last grant ended in, counted from `start`. */
  readonly lastPos: number;
  /** How many bytes of that page are in use; 0 if all are. */
  readonly lastOffset: number;
  readonly retired: boolean;
}

/** All that boot memory holds, one entry per node. It may be live. */
export interface BootObservation {
  readonly nodes: readonly BootNodeObservation[];
}

/** A range of memory that firmware reports. It need not begin or end at a page, may be empty, and may overlap others. */
export interface UsableRange {
  readonly address: ByteAddress;
  readonly size: number;
}

/** What firmware reports of a machine, and where its memory is divided. */
export interface Firmware extends Paged {
  readonly usable: readonly UsableRange[];
  /** What is reserved, also where it is reported as usable too; none if it is left out. */
  readonly reserved?: readonly UsableRange[];
  /** The page frames of each node, ascending and apart. A machine with one node has them all in that node. */
  readonly nodes: readonly { readonly start: Pfn; readonly end: Pfn }[];
  /** The end of the memory that old devices can reach: 16 MiB on i386. */
  readonly dmaLimit: ByteAddress;
  /** The end of the memory that the kernel maps permanently: 896 MiB on i386. */
  readonly lowLimit: ByteAddress;
}

/**
 * The memory of a node: from its first usable page, `minPfn`, to the end of its last, `maxPfn`; low memory ends at
 * `maxLowPfn`. It has all three zones, of which some may have no pages.
 */
export interface NodeSize {
  readonly minPfn: Pfn;
  readonly maxLowPfn: Pfn;
  readonly maxPfn: Pfn;
  readonly zones: readonly ZoneSpan[];
}

/** The same for the whole machine. If nothing is usable, each page frame number is 0; in a node, the start of the node. */
export interface MachineSize {
  readonly minPfn: Pfn;
  readonly maxLowPfn: Pfn;
  readonly maxPfn: Pfn;
  readonly nodes: readonly NodeSize[];
}
