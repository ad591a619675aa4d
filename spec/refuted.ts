/** How this layer makes a counterexample. */
import type { Clause, Counterexample } from '../protocol/index.ts';

/** Returns a counterexample: at this place, these two facts cannot both hold, so the clause is refuted. */
export const refuted = (clause: Clause, place: string, ...facts: readonly [string, string]): Counterexample => ({
  clause,
  place,
  facts,
});
