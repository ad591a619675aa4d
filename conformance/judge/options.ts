/** What a judge is asked. */
import type { AnyKind } from './kind.ts';
import type { Claim, Clause } from '../../protocol/index.ts';
import type { Coverage } from './coverage.ts';
import type { Crew } from './search/crew.ts';
import type { Share } from './search/lanes.ts';
import type { Sought } from './search/sought.ts';

/** How far a run is on one kind. */
export interface Standing {
  readonly kind: AnyKind;
  readonly cases: number;
  readonly coverage: Coverage;
  /** Seconds that are left at most: for the search over all kinds, or for what comes after it. */
  readonly left: number;
  /** What was found: clauses, and kinds of silence. */
  readonly found: readonly string[];
  /** Whether cases are searched, or shorter cases for what was found. */
  readonly phase: 'searches' | 'shortens';
}

/** Told now and then how far a run is. */
export type Progress = (standing: Standing) => void;

/** How much is tried, and what is judged. Everything but the time is fixed by the seed. */
export interface Options extends Sought {
  /** The part of all cases that is carried out. */
  readonly share: Share;
  /** Bounds the search over all kinds. */
  readonly seconds: number;
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
