/** The judge: searches, confirms in a fresh subject what it finds, shrinks it, and concludes; it knows no kind. */
import { Budget } from './budget.ts';
import { Coverage, tellUnseen } from './coverage.ts';
import { Runner } from './runner.ts';
import { VERDICT_OF, worstOf } from './verdict.ts';
import { isSubject } from './subject.ts';
import { anyKind, lacks } from './kind.ts';
import { search } from './search.ts';
import { shrink } from './shrink.ts';
import { standsFor } from './finding.ts';
import type { AnyKind, Kind, Source, Sweep } from './kind.ts';
import type { Claim, Claims } from '../../protocol/index.ts';
import type { Failure, Hello, Start, Subject } from './subject.ts';
import type { Finding } from './finding.ts';
import type { Found } from './search.ts';
import type { Shortened } from './shrink.ts';
import type { Unseen } from './coverage.ts';
import type { VerdictName } from './verdict.ts';

/** Told now and then how far a search is, and when something was found and a shorter case is looked for. */
export type Progress = (kind: string, cases: number, coverage: Coverage, found: boolean) => void;

/** How much is tried, and what is judged. Everything but the time is fixed by the seed. */
export interface Options {
  readonly seed: number;
  /** The most cases of each kind; without it, the time alone ends a search. */
  readonly cases: number;
  /** Operations of a case, about. */
  readonly operations: number;
  /** Bounds the search over all kinds; shrinking takes at most `SHRINK_SECONDS` more. */
  readonly seconds: number;
  readonly pages: readonly number[];
  readonly orders: readonly number[];
  readonly bases: readonly number[];
  /** More, or less, than the hello claims. */
  readonly claim: readonly Claim[];
  readonly noClaim: readonly Claim[];
  readonly progress: Progress;
  /** Ends the search, or the looking for a shorter case: what there is by then is the result. */
  readonly stop: AbortSignal | undefined;
}

/** What a run does unless it is asked for something else. */
export const DEFAULTS: Options = {
  seed: 1,
  cases: Infinity,
  operations: 500,
  seconds: 60,
  pages: [],
  orders: [],
  bases: [],
  claim: [],
  noClaim: [],
  progress: () => undefined,
  stop: undefined,
};

/** What a run came to on one kind. */
export interface KindJudgement<F extends object = object> {
  readonly kind: AnyKind;
  readonly verdict: VerdictName;
  readonly claims: Claims;
  readonly cases: number;
  readonly coverage: Coverage;
  readonly seconds: number;
  /** What went wrong, in the shortest case that was found. */
  readonly finding: Finding<F> | undefined;
  readonly failure: Failure | undefined;
  /** What the run must have seen, and has seen too little of. */
  readonly missing: readonly Unseen[];
  readonly shortened: Shortened;
  /** Whether the case, saved and read again, went wrong once more in the same way; undefined if nothing was found. */
  readonly replays: boolean | undefined;
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

const SHRINK_SECONDS = 30;

/** Returns what is judged: what the hello claims, and the caller's additions, without what the caller takes away. */
export const claimsOf = (hello: Hello, { claim, noClaim }: Pick<Options, 'claim' | 'noClaim'>): Claims =>
  new Set([...hello.claims, ...claim].filter((one) => !noClaim.includes(one)));

const sweepOf = (hello: Hello, claims: Claims, { bases, operations, orders, pages, seed }: Options): Sweep => ({
  seed,
  operations,
  pages,
  orders,
  bases,
  claims,
  hello,
});

/** Reports whether a finding's case, saved and read again, shows the same once more. */
async function replaysAgain<P extends object, C extends object, F extends C>(
  { kind, ...runner }: { kind: Kind<P, C, F>; again: Runner<P, C, F>['again'] },
  finding: Finding<F>,
  budget: Budget,
): Promise<boolean> {
  const [of, ...before] = [finding.case, ...finding.before].map((one) => {
    const read = kind.parse(JSON.parse(JSON.stringify(kind.save(one))));
    return read === undefined || 'why' in read ? undefined : read;
  });
  if (of === undefined || before.includes(undefined)) return false;
  const known = before.filter((one) => one !== undefined);
  const again = await runner.again(of, known, 1, budget);
  return again !== undefined && standsFor(again, finding) && standsFor(finding, again);
}

/** Shrinks what was found, closes the subject and gives the verdict. */
async function conclude<P extends object, C extends object, F extends C>(
  runner: Runner<P, C, F>,
  { cases, finding, flaky, interrupted, reproduced }: Found<F>,
  { options, seconds, shrinks, sweep }: { options: Options; seconds: number; shrinks: boolean; sweep: Sweep },
): Promise<KindJudgement<F>> {
  const { claims, coverage, kind } = runner;
  if (finding !== undefined) options.progress(kind.name, cases, coverage, true);
  const budget = new Budget(SHRINK_SECONDS, options.stop);
  const isShrunk = finding !== undefined && reproduced && shrinks;
  const short = isShrunk ? await shrink(runner, finding, sweep, budget) : { finding, shortened: 'no' as const };
  const { finding: shortest, shortened } = short;
  const last = new Budget(SHRINK_SECONDS, undefined);
  const again: Runner<P, C, F>['again'] = (...args) => runner.again(...args);
  const replays =
    shortest === undefined ? undefined : reproduced && (await replaysAgain({ kind, again }, shortest, last));
  const failure = await runner.close();
  const result = { kind: anyKind(kind), claims, cases, coverage, seconds, finding: shortest, missing: [] };
  const rest = { ...result, shortened, replays, interrupted };
  if (shortest !== undefined) {
    const unsure = shortest.what.kind === 'crash' ? 'flaky-crash' : 'nondeterministic';
    return { ...rest, verdict: reproduced ? VERDICT_OF[shortest.what.kind] : unsure, failure: undefined };
  }
  if (flaky > 0) return { ...rest, verdict: 'flaky-crash', failure: undefined };
  if (failure !== undefined) return { ...rest, verdict: VERDICT_OF[failure.kind], failure };
  const none = coverage.ready === 0 && coverage.unsupported > 0;
  return { ...rest, verdict: none ? 'not-applicable' : 'conforms', failure: undefined };
}

/** Returns the judgement of a subject that does not get as far as to be judged. */
const unusable = <F extends object>(kind: AnyKind, failure: Failure): KindJudgement<F> => ({
  kind,
  verdict: VERDICT_OF[failure.kind],
  claims: new Set(),
  cases: 0,
  coverage: new Coverage(kind.sights),
  seconds: 0,
  finding: undefined,
  failure,
  missing: [],
  shortened: 'no',
  replays: undefined,
  interrupted: false,
});

/**
 * Judges a subject as one kind: searches, confirms in a fresh subject what it finds, and shrinks it. The cases are those of
 * `sourceOf`, or the kind's own. The subject is closed at the end.
 */
export async function judgeKind<P extends object, C extends object, F extends C>(
  kind: Kind<P, C, F>,
  start: Start,
  given: Partial<Options> = {},
  sourceOf: (sweep: Sweep) => Source<C> = (sweep) => kind.source(sweep),
): Promise<KindJudgement<F>> {
  const options = { ...DEFAULTS, ...given };
  const from = performance.now();
  const runner = await Runner.start(kind, start, (hello) => claimsOf(hello, options));
  if (!(runner instanceof Runner)) return unusable(anyKind(kind), runner);
  const sweep = sweepOf(runner.hello, runner.claims, options);
  const source = sourceOf(sweep);
  const found = await search(runner, source, {
    cases: options.cases,
    budget: new Budget(options.seconds, options.stop),
    reproduction: () => new Budget(SHRINK_SECONDS, options.stop),
    progress: (cases, coverage) => options.progress(kind.name, cases, coverage, false),
  });
  const seconds = (performance.now() - from) / 1000;
  const judged = await conclude(runner, found, { options, seconds, shrinks: true, sweep });
  const summary = source.summary === undefined ? {} : { summary: source.summary() };
  if (judged.verdict !== 'conforms' || judged.interrupted) return { ...judged, ...summary };
  const missing = source.unseen(judged.coverage);
  return { ...judged, ...summary, missing, verdict: missing.length > 0 ? 'inconclusive' : 'conforms' };
}

/** What a replay is asked besides its case. */
export interface ReplayOptions {
  readonly claim?: readonly Claim[];
  readonly noClaim?: readonly Claim[];
  /** Whether a shorter case is looked for. */
  readonly shrink?: boolean;
  readonly stop?: AbortSignal;
}

/** A case that can be replayed: the last of several that one subject carries out. */
export interface Replayable<F> {
  readonly case: F;
  readonly before: readonly F[];
}

/** Carries out one case, one operation a request, and says what it shows. The subject is closed at the end. */
export async function replayKind<P extends object, C extends object, F extends C>(
  kind: Kind<P, C, F>,
  start: Start,
  of: Replayable<F>,
  given: ReplayOptions = {},
): Promise<KindJudgement<F>> {
  const options: Options = { ...DEFAULTS, ...given };
  const from = performance.now();
  const runner = await Runner.start(kind, start, (hello) => claimsOf(hello, options));
  if (!(runner instanceof Runner)) return unusable(anyKind(kind), runner);
  const budget = new Budget(options.seconds, options.stop);
  const finding = await runner.again(of.case, of.before, 1, budget, runner.coverage);
  const interrupted = finding === undefined && budget.isStopped;
  const cut = finding === undefined && budget.isSpent;
  const found = { cases: 1 + of.before.length, flaky: 0, finding, reproduced: true, interrupted };
  const seconds = (performance.now() - from) / 1000;
  const sweep = sweepOf(runner.hello, runner.claims, options);
  const judged = await conclude(runner, found, { options, seconds, shrinks: given.shrink ?? false, sweep });
  return cut && judged.verdict === 'conforms' ? { ...judged, verdict: 'inconclusive' } : judged;
}

/** Starts a subject the first time by handing over the one that is there, and then anew. */
function reusing(first: Subject, start: Start): Start {
  let unused: Subject | undefined = first;
  return () => {
    const next = unused;
    unused = undefined;
    return next === undefined ? start() : Promise.resolve(next);
  };
}

/** Makes one judgement of those of each kind. */
export function together(hello: Hello | undefined, seed: number, kinds: readonly KindJudgement[]): Judgement {
  const failure = kinds.find((one) => one.failure !== undefined)?.failure;
  const missing = kinds.flatMap((one) => one.missing.map(tellUnseen));
  return { verdict: worstOf(kinds.map(({ verdict }) => verdict)), hello, seed, kinds, missing, failure };
}

/** Returns the judgement of a subject of which nothing can be judged. */
const unjudged = (failure: Failure, hello: Hello | undefined, seed: number): Judgement => ({
  verdict: VERDICT_OF[failure.kind],
  hello,
  seed,
  kinds: [],
  missing: [],
  failure,
});

/**
 * Judges a subject as every one of these kinds that it offers, in one run with one budget: what a kind leaves of its share goes to
 * those after it.
 */
export async function judgeKinds(
  kinds: readonly AnyKind[],
  start: Start,
  given: Partial<Options> = {},
  sourceOf?: (sweep: Sweep) => Source<object>,
): Promise<Judgement> {
  const options = { ...DEFAULTS, ...given };
  const first = await start();
  if (!isSubject(first)) return unjudged(first, undefined, options.seed);
  const offered = kinds.filter((kind) => kind.connect(first) !== undefined);
  const [wanted] = kinds;
  if (offered.length === 0 && wanted !== undefined) {
    if (first.kind === 'piped') await first.close();
    return unjudged(lacks(wanted), first.hello, options.seed);
  }
  const begin = reusing(first, start);
  const end = performance.now() + 1000 * options.seconds;
  const judged: KindJudgement[] = [];
  for (const [n, kind] of offered.entries()) {
    const seconds = Math.max(0, end - performance.now()) / 1000 / (offered.length - n);
    judged.push(await judgeKind(kind, begin, { ...options, seconds }, sourceOf));
    if (options.stop?.aborted === true) break;
  }
  return together(first.hello, options.seed, judged);
}
