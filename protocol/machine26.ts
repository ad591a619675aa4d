/** A machine of 2.6.24: the zones of one node, the settings that their marks and reserves follow from, and what a caller asks of it. */
import type { Block, FreeMisuse, Observation, ZoneName, ZoneSpan } from './buddy.ts';
import type { Clause } from './clause.ts';
import type { Gfp, Order, Paged, Pfn } from './unit.ts';
import type { Watermarks } from './machine.ts';

/** A zone of a machine of 2.6.24. The lowest is DMA, then come DMA32, Normal and HighMem. */
export type ZoneName26 = ZoneName | 'DMA32';

/** The frames of one zone. */
export type ZoneSpan26 = Omit<ZoneSpan, 'name'> & { readonly name: ZoneName26 };

/** The settings of a machine, which can be changed while it runs. */
export interface Settings26 {
  /** The kilobytes of low memory that are to be kept free; the lowest marks of all zones share them. */
  readonly minFreeKbytes: number;
  /** What the pages above a zone are divided by: the quotient is what it keeps from requests that could use them. */
  readonly ratios: Readonly<Record<Exclude<ZoneName26, 'HighMem'>, number>>;
}

/** The memory of one node: its zones, ascending; every zone has the orders 0 to `orders` - 1. */
export interface Machine26 extends Paged {
  readonly orders: number;
  readonly zones: readonly ZoneSpan26[];
  /** The settings that it begins with. */
  readonly settings: Settings26;
}

/** Who asks. */
export interface Task26 {
  /** It reclaims memory itself, or is being killed because memory is short, and is in no interrupt. */
  readonly exempt: boolean;
  /** It is a realtime task, and in no interrupt. */
  readonly realtime: boolean;
}

/** What a caller asks of a machine of 2.6.24. Nothing in it is known to be in bounds. */
export type Command26 =
  | { readonly kind: 'allocate'; readonly gfp: Gfp; readonly order: Order; readonly task: Task26 }
  | { readonly kind: 'free'; readonly head: Pfn; readonly order: Order }
  | { readonly kind: 'set'; readonly settings: Settings26 };

/** How a command to a machine of 2.6.24 can be misuse. */
export type Misuse26 = FreeMisuse | 'no-such-order' | 'no-such-flags' | 'no-such-settings';

/**
 * What a machine of 2.6.24 answers. `stalled`: the kernel would try until somebody else frees memory; `out-of-memory`: it would
 * have somebody killed, and begin anew. After both, the caller may free some and ask again.
 */
export type Outcome26 =
  | { readonly kind: 'granted'; readonly head: Pfn }
  | { readonly kind: 'exhausted' }
  | { readonly kind: 'stalled' }
  | { readonly kind: 'out-of-memory' }
  | { readonly kind: 'done' }
  | { readonly kind: 'rejected'; readonly misuse: Misuse26; readonly clause: Clause };

/** The blocks that one reclaim tried to free, in this order. */
export type Reclaimed26 = readonly Block[];

/** All that one zone holds. It may be live. */
export interface ZoneObservation26 {
  readonly name: ZoneName26;
  readonly watermarks: Watermarks;
  /** What it keeps from requests whose class is DMA, DMA32, Normal and HighMem, in pages. */
  readonly reserves: ArrayLike<number>;
  readonly buddy: Observation;
}

/** All that a machine of 2.6.24 holds. It may be live. */
export interface Observation26 {
  readonly machine: Machine26;
  readonly settings: Settings26;
  readonly zones: readonly ZoneObservation26[];
}
