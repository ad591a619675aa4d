/** What a judge is asked, and what a run came to. */
import type { AnyKind, Source } from './kind.ts';
import type { Claim, Claims, Clause } from '../../protocol/index.ts';
import type { Crew } from './search/crew.ts';
import type { Coverage, Unseen } from './coverage.ts';
import type { Failure, Hello } from './subject.ts';
import type { Finding } from './finding.ts';
import type { Share } from './search/lanes.ts';
import type { Shortened } from './shrink.ts';
import type { VerdictName } from './verdict.ts';

/** How far a run is on one kind. */
export interface Told {
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
export type Progress = (told: Told) => void;

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

/** What went wrong, and what became of its case. */
export interface Settled<F extends object = object> {
  /** In the shortest case that was found. */
  readonly finding: Finding<F>;
  readonly shortened: Shortened;
  /** Whether the case, saved and read again, went wrong once more in the same way; undefined if that was not tried. */
  readonly replays: boolean | undefined;
  /** What must not be judged for the case to show that, because it is refuted before. */
  readonly without: readonly string[];
}

/** What a run came to on one kind. */
export interface KindJudgement<F extends object = object> {
  readonly kind: AnyKind;
  readonly verdict: VerdictName;
  readonly claims: Claims;
  readonly cases: number;
  readonly coverage: Coverage;
  readonly seconds: number;
  /** What went wrong, and weighs most if several things did; in the shortest case that was found. */
  readonly finding: Finding<F> | undefined;
  readonly shortened: Shortened;
  /** Whether the case, saved and read again, went wrong once more in the same way; undefined if nothing was found. */
  readonly replays: boolean | undefined;
  /** What must not be judged for the case to show that, because it is refuted before. */
  readonly without: readonly string[];
  /** What else went wrong, if the search went on: one of each clause, and of each kind of silence. */
  readonly others: readonly Settled<F>[];
  readonly failure: Failure | undefined;
  /** What the run must have seen, and has seen too little of. */
  readonly missing: readonly Unseen[];
  /** Whether it was stopped before anything was found. */
  readonly interrupted: boolean;
  /** What was gone through of all that there is, if the source of cases has an end. */
  readonly summary?: ReturnType<NonNullable<Source<object>['summary']>>;
}

/** What a run came to. */
export interface Judgement {
  readonly verdict: VerdictName;
  /** Undefined if the subject did not get as far as to introduce itself. */
  readonly hello: Hello | undefined;
  readonly seed: number;
  readonly kinds: readonly KindJudgement[];
  /** What the run must have seen, and has seen too little of, over all kinds. */
  readonly missing: readonly string[];
  /** Why nothing was judged. */
  readonly failure: Failure | undefined;
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

/** A case that can be replayed: the last of several that one subject carries out. */
export interface Replayable<F> {
  readonly case: F;
  readonly before: readonly F[];
}
