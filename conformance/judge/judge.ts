/** The judge: searches, confirms in a fresh subject what it finds, shrinks it, and concludes; it knows no kind. */
import { Budget } from './budget.ts';
import { Lanes, WHOLE } from './search/lanes.ts';
import { Runner } from './runner.ts';
import { VERDICT_OF, worstOf } from './verdict.ts';
import { anyKind, contradicted, lacks, lacksFor } from './kind.ts';
import { conclude, unusable, weigh } from './conclude.ts';
import { nameOf } from './finding.ts';
import { isSubject } from './subject.ts';
import { namesOf, search } from './search/search.ts';
import { claimsOf, sweepOf, termsOf } from './terms.ts';
import { searchTogether } from './search/together.ts';
import { tellUnseen } from './coverage.ts';
import type { AnyKind, Kind, Source, Sweep } from './kind.ts';
import type { Coverage } from './coverage.ts';
import type { Failure, Hello, Start, Subject } from './subject.ts';
import type { Found } from './search/search.ts';
import type { Judgement, KindJudgement, Replayable } from './judgement.ts';
import type { Options, Progress, ReplayOptions } from './options.ts';

/** What a run does unless it is asked for something else. */
export const DEFAULTS: Options = {
  seed: 1,
  cases: Infinity,
  operations: 500,
  seconds: 60,
  after: 30,
  pages: [],
  orders: [],
  bases: [],
  claim: [],
  noClaim: [],
  without: [],
  all: false,
  crew: undefined,
  share: WHOLE,
  progress: () => undefined,
  stop: undefined,
};

/** Reports whether a search may go on without what it found: the subject can still be asked, and there is something to leave out. */
const canGoOn = <F>({ finding, interrupted }: Found<F>): boolean =>
  finding !== undefined && !interrupted && finding.what.kind !== 'protocol-error' && finding.what.kind !== 'no-start';

/** Searches up to the first finding; or, if all are wanted, up to the end, each time without what was found. */
async function searchFor<P extends object, C extends object, F extends C>(
  runner: Runner<P, C, F>,
  source: Source<C>,
  options: Options,
): Promise<readonly Found<F>[]> {
  const { after, all, cases, crew, progress, seconds, share, stop } = options;
  const budget = new Budget(seconds, stop);
  const kind = anyKind(runner.kind);
  const lanes = new Lanes(cases, share);
  const founds: Found<F>[] = [];
  for (let isOver = false; !isOver;) {
    const before = spentOn(founds);
    const bounds = {
      lanes,
      budget,
      reproduction: (spent: number) => new Budget(Math.min(after / 2, after - before - spent), stop),
      progress: (done: number, coverage: Coverage) =>
        progress({ kind, cases: done, coverage, left: budget.left, found: namesOf(founds), phase: 'searches' }),
    };
    const found = await (crew === undefined || all
      ? search(runner, source, bounds)
      : searchTogether(runner, source, bounds, { crew, share, options }));
    founds.push(found);
    if (found.finding !== undefined) runner.without = new Set([...runner.without, nameOf(found.finding)]);
    isOver = !all || !canGoOn(found);
  }
  return founds;
}

/** Returns the seconds that reproducing took. */
const spentOn = (founds: readonly Found<object>[]): number => founds.reduce((all, { spent }) => all + spent, 0);

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
  const runner = await Runner.start(kind, start, termsOf(options), options.stop);
  if (!(runner instanceof Runner)) return unusable(anyKind(kind), runner);
  const sweep = sweepOf(runner.hello, runner.claims, options);
  const source = sourceOf(sweep);
  const founds = await searchFor(runner, source, options);
  const seconds = (performance.now() - from) / 1000;
  const after = new Budget(options.after - spentOn(founds), options.stop);
  const judged = await conclude(runner, founds, { options, seconds, after, shrinks: true, sweep });
  const summary = source.summary === undefined ? {} : { summary: source.summary() };
  return { ...weigh(judged, source), ...summary };
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
  const runner = await Runner.start(kind, start, termsOf(options), options.stop);
  if (!(runner instanceof Runner)) return unusable(anyKind(kind), runner);
  const lacking = lacksFor(kind, [...of.before, of.case], runner.hello);
  if (lacking !== undefined) {
    await runner.close();
    return unusable(anyKind(kind), lacking);
  }
  const budget = new Budget(options.seconds, options.stop);
  const finding = await runner.again(of.case, of.before, 1, budget, runner.coverage);
  const interrupted = finding === undefined && budget.wasStopped();
  const cut = finding === undefined && budget.isSpent;
  const { without } = runner;
  const cases = 1 + of.before.length;
  const found = { cases, at: undefined, flaky: 0, finding, reproduced: true, interrupted, without, spent: 0 };
  const seconds = (performance.now() - from) / 1000;
  const sweep = sweepOf(runner.hello, runner.claims, options);
  const after = new Budget(options.after, options.stop);
  const judged = await conclude(runner, [found], { options, seconds, after, shrinks: given.shrink ?? false, sweep });
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
  const lacking = offered.length === 0 && wanted !== undefined ? lacks(wanted) : undefined;
  const claims = claimsOf(first.hello, options);
  const [unfit = lacking] = offered.flatMap((kind) => contradicted(kind, claims) ?? []);
  if (unfit !== undefined) {
    if (first.kind === 'piped') await first.close();
    return unjudged(unfit, first.hello, options.seed);
  }
  const begin = reusing(first, start);
  const end = performance.now() + 1000 * options.seconds;
  const judged: KindJudgement[] = [];
  const progress: Progress = (told) =>
    options.progress(told.phase === 'searches' ? { ...told, left: (end - performance.now()) / 1000 } : told);
  let { after } = options;
  for (const [n, kind] of offered.entries()) {
    const from = performance.now();
    const seconds = Math.max(0, end - from) / 1000 / (offered.length - n);
    const one = await judgeKind(kind, begin, { ...options, progress, seconds, after }, sourceOf);
    judged.push(one);
    if (one.finding !== undefined) after = Math.max(1, after - (performance.now() - from) / 1000 + one.seconds);
    if (options.stop?.aborted === true) break;
  }
  return together(first.hello, options.seed, judged);
}
