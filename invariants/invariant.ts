/** What an invariant is. */
import type { Clause, Command, Counterexample, Observation, Outcome } from '../protocol/index.ts';

/**
 * A sentence that must always hold, and the attempt to refute it, which returns two facts that cannot both hold, or nothing.
 * `refute` is total: whatever bytes it sees, it ends, throws nothing and changes nothing. The arena must be a valid one.
 */
export interface Invariant<Seen = Observation> {
  readonly clause: Clause;
  readonly statement: string;
  readonly refute: (seen: Seen) => Counterexample | undefined;
}

/** One zone at two moments. A live observation always shows the present, so the earlier one must be a snapshot. */
export interface Moments {
  readonly before: Observation;
  readonly after: Observation;
}

/** A zone right before and right after one command, and the answer to that command. */
export interface Step extends Moments {
  readonly command: Command;
  readonly outcome: Outcome;
}

/** Returns a counterexample: at this place, these two facts cannot both hold, so the clause is refuted. */
export const refuted = (clause: Clause, place: string, ...facts: readonly [string, string]): Counterexample => ({
  clause,
  place,
  facts,
});

/** Returns a counterexample as one line of text. */
export const tell = ({ clause, place, facts }: Counterexample): string =>
  `${clause} refuted at ${place}: ${facts[0]}, but ${facts[1]}`;

/** Returns the counterexample of the first candidate that has one. */
export function firstOf<T>(
  candidates: readonly T[],
  refute: (candidate: T) => Counterexample | undefined,
): Counterexample | undefined {
  for (const candidate of candidates) {
    const found = refute(candidate);
    if (found !== undefined) return found;
  }
  return undefined;
}
