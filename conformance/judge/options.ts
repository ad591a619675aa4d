/** What a judge is asked. */
import type { Claim, Clause } from '../../protocol/index.ts';
import type { Coverage } from './coverage.ts';
import type { Crew } from './search/crew.ts';
import type { Share } from './search/lanes.ts';

/** Told now and then how far a search is, and when something was found and a shorter case is looked for. */
export type Progress = (kind: string, cases: number, coverage: Coverage, found: boolean) => void;

/** How much is tried, and what is judged. Everything but the time is fixed by the seed. */
export interface Options {
  readonly seed: number;
  /** The most cases of each kind; without it, the time alone ends a search. */
  readonly cases: number;
  /** Operations of a case, about. */
  readonly operations: number;
  /** The part of all cases that is carried out. */
  readonly share: Share;
  /** Bounds the search over all kinds. */
  readonly seconds: number;
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
  /** Whether the search goes on after a finding, without what was found, until the time is over. */
  readonly all: boolean;
  /** Those who share the search; without them, and if all findings are wanted, one process does it. */
  readonly crew: Crew | undefined;
  readonly progress: Progress;
  /** Ends the search, or the looking for a shorter case: what there is by then is the result. */
  readonly stop: AbortSignal | undefined;
}

/** What a replay is asked besides its case. */
export interface ReplayOptions {
  readonly claim?: readonly Claim[];
  readonly noClaim?: readonly Claim[];
  readonly without?: readonly Clause[];
  /** Bounds the replay; shrinking may take `after` more. */
  readonly seconds?: number;
  readonly after?: number;
  /** Whether a shorter case is looked for. */
  readonly shrink?: boolean;
  readonly stop?: AbortSignal;
}
