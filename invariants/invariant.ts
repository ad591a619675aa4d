import type { Clause, Command, Counterexample, Observation, Outcome } from '../protocol/index.ts';

/**
 * A sentence that must always hold, and the attempt to refute it: two facts that cannot both hold, or nothing.
 * Total: whatever bytes are seen, `refute` ends, throws nothing and changes nothing. The arena must be one that can be made.
 */
export interface Invariant<Seen = Observation> {
  readonly clause: Clause;
  readonly statement: string;
  readonly refute: (seen: Seen) => Counterexample | undefined;
}

/** One zone at two moments. A live observation is only ever now: `snapshot` the earlier one. */
export interface Moments {
  readonly before: Observation;
  readonly after: Observation;
}

/** A zone right before and right after one command, and what was answered. */
export interface Step extends Moments {
  readonly command: Command;
  readonly outcome: Outcome;
}

export const refuted = (clause: Clause, place: string, ...facts: readonly [string, string]): Counterexample => ({
  clause,
  place,
  facts,
});

/** A counterexample as one line. */
export const tell = ({ clause, place, facts }: Counterexample): string =>
  `${clause} refuted at ${place}: ${facts[0]}, but ${facts[1]}`;

/** The first counterexample that any of the candidates gives. */
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
