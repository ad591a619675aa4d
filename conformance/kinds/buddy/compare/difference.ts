/** Where a zone is not what it must be. */
import type { Clause, Counterexample } from '../../../../protocol/index.ts';

/** What differs first; undefined if nothing does. */
export type Difference = Counterexample | undefined;

/** Returns the counterexample that something is not as expected. */
export const differs = (clause: Clause, place: string, observed: string, expected: string): Counterexample => ({
  clause,
  place,
  facts: [observed, expected],
});
