/** What a run came to. */
import type { AnyKind, Source } from './kind.ts';
import type { Claims } from '../../protocol/index.ts';
import type { Coverage, Unseen } from './coverage.ts';
import type { Failure, Hello } from './subject.ts';
import type { Finding, Recurrence } from './finding.ts';
import type { Held } from './report/expected/held.ts';
import type { Shortened } from './shrink/shrink.ts';
import type { VerdictName } from './verdict.ts';

/** What went wrong, and what became of its case. */
export interface Settled<F extends object = object> {
  /** The number of the case in which it was found first, if a search found it. */
  readonly at: number | undefined;
  /** In the shortest case that was found. */
  readonly finding: Finding<F>;
  readonly shortened: Shortened;
  /** Whether the case, saved and read again, went wrong once more in the same way; undefined if that was not tried. */
  readonly replays: boolean | undefined;
  /** What must not be judged for the case to show that, because it is refuted before. */
  readonly without: readonly string[];
  /** How often the case went wrong, of a kind whose cases chance decides too. */
  readonly recurs: Recurrence | undefined;
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
  readonly at: number | undefined;
  readonly shortened: Shortened;
  /** Whether the case, saved and read again, went wrong once more in the same way; undefined if nothing was found. */
  readonly replays: boolean | undefined;
  /** What must not be judged for the case to show that, because it is refuted before. */
  readonly without: readonly string[];
  /** How often the case went wrong, of a kind whose cases chance decides too. */
  readonly recurs: Recurrence | undefined;
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

/** One of the parts of a search; what is `asked` is the same for all of them. */
export interface Part {
  /** From 1 to `count`. */
  readonly nth: number;
  readonly count: number;
  readonly asked: object;
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
  /** Which part of a search it is, and of which one; undefined if it is a whole one. */
  readonly part?: Part;
  /** What became of a list of known divergences; undefined if there is none. */
  readonly held?: readonly Held[];
  /** What was noticed beside the verdict, if that was asked for. */
  readonly advice?: Advice;
}

/** A line that changes no verdict, and the same for programs. */
export interface Advice {
  readonly text: string;
  readonly record: Readonly<Record<string, unknown>>;
}

/** A case that can be replayed: the last of several that one subject carries out. */
export interface Replayable<F> {
  readonly case: F;
  readonly before: readonly F[];
}
