import type { Clause, Kernel } from '../../protocol/index.ts';
import type { Edit } from './sources.ts';

/** An allocator broken on purpose: the real one, but for one slip. */
export interface Slip extends Edit {
  readonly name: string;
  readonly kernel: Kernel;
  /** The clauses that it can refute first, where all that the zone holds is seen; none where it must pass. */
  readonly refutes: readonly Clause[];
  /** Why these. */
  readonly why: string;
  /** Operations that suffice to show it. */
  readonly most: number;
  /** The clauses that it can refute first for one who sees answers alone; none where it must pass. */
  readonly outside: Outside;
}

/** By what is claimed: `complete`; that and `best-fit`; `complete` and every kind of misuse. */
export interface Outside {
  readonly complete: readonly Clause[];
  readonly fit: readonly Clause[];
  readonly misuse: readonly Clause[];
}

/** The same clauses whatever is claimed. */
export const always = (...clauses: readonly Clause[]): Outside => ({ complete: clauses, fit: clauses, misuse: clauses });

/** Nothing that answers could show. */
export const HIDDEN: Outside = always();
