/** The form of a slip in the buddy system, with a case that shows it. */

import type { Clause, Kernel } from '../../../protocol/index.ts';
import type { Edit } from '../sources.ts';
import type { Memory } from './subject.ts';
import type { SavedCase } from '../../../conformance/kinds/buddy/saved.ts';

/** An allocator broken on purpose: the real one, but for one slip. */
export interface Slip extends Edit {
  readonly name: string;
  readonly kernel: Kernel;
  /** What goes wrong in the case below. */
  readonly why: string;
  /** A case worked out by hand, as short as can be, and the clause that it refutes where all that the zone holds is seen. */
  readonly shortest: SavedCase;
  readonly refutes: Clause;
  /** What else the slip may refute first, where the search begins with another case. */
  readonly or?: readonly Clause[];
  /** Operations of the shortest case that the judge may come up with, where it does not find the one above. */
  readonly most?: number;
  /** What is refuted first where answers alone are seen. */
  readonly outside?: Outside;
  /** Where its zones are put; each in memory of its own, unless told. */
  readonly memory?: Memory;
}

/** By what is claimed: `complete`; `best-fit` too; or every kind of misuse too. Where nothing is said, it passes. */
export interface Outside {
  readonly complete?: readonly Clause[];
  readonly fit?: readonly Clause[];
  readonly misuse?: readonly Clause[];
}

/** A case on frames from 0 on without reserved ones. */
export const on = (pages: number, orders: number, run: string): SavedCase => ({
  init: { base: 0, pages, orders },
  run,
});
