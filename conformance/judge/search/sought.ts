/** What fixes the cases of a search, and what is judged of them. */
import type { Claim, Clause } from '../../../protocol/index.ts';

/** The part of a judge's options that is the same for all who share a search, and can be sent to them. */
export interface Sought {
  readonly seed: number;
  /** The most cases of each kind; without it, the time alone ends a search. */
  readonly cases: number;
  /** Operations of a case, about. */
  readonly operations: number;
  /** Bounds all that comes after the search, over all kinds: reproducing what was found, and shrinking it. In seconds. */
  readonly after: number;
  readonly pages: readonly number[];
  readonly orders: readonly number[];
  readonly bases: readonly number[];
  /** More, or less, than the hello claims. */
  readonly claim: readonly Claim[];
  readonly noClaim: readonly Claim[];
  /** Clauses that are not judged. */
  readonly without: readonly Clause[];
}

/** Returns of some options what fixes the cases, and nothing that cannot be sent. */
export const soughtIn = (options: Sought): Sought => {
  const { after, bases, cases, claim, noClaim, operations, orders, pages, seed, without } = options;
  return { after, bases, cases, claim, noClaim, operations, orders, pages, seed, without };
};
