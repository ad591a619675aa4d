/** The form of a slip in the buddy system, with a case that shows it. */

import type { Clause, Kernel } from '../../../protocol/index.ts';
import type { Edit } from '../sources.ts';
import type { Memory } from './subject.ts';
import type { SavedCase } from '../../../conformance/kinds/buddy/saved.ts';
import type { SavedWithBefore } from '../judged.ts';

/** An allocator broken on purpose: the real sources with one edit. */
export interface Slip extends Edit {
  readonly name: string;
  readonly kernel: Kernel;
  /** What goes wrong in the case below. */
  readonly why: string;
  /** The shortest case, worked out by hand, and the clause that it refutes if the whole zone is compared. */
  readonly shortest: SavedWithBefore;
  readonly refutes: Clause;
  /** Clauses that the slip may refute first if the search begins with another case. */
  readonly or?: readonly Clause[];
  /** Maximum number of operations of the judge's shrunk case, if it is longer than the one above. */
  readonly most?: number;
  /** The clauses of which one is refuted first if only answers are seen. */
  readonly outside?: Outside;
  /** Where its zones are put; by default each in memory of its own. */
  readonly memory?: Memory;
}

/** By claims: `complete`; `best-fit` too; every kind of misuse too. An allocator passes under claims that are not listed. */
export interface Outside {
  readonly complete?: readonly Clause[];
  readonly fit?: readonly Clause[];
  readonly misuse?: readonly Clause[];
}

/** Returns a case on frames from 0 on, none of them reserved. */
export const on = (pages: number, orders: number, run: string): SavedCase => ({
  init: { base: 0, pages, orders },
  run,
});
