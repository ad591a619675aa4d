/** Concludes a run: shrinks what was found, sees it once more, and gives the verdict. */
import { Coverage } from './coverage.ts';
import { VERDICT_OF, worstOf } from './verdict.ts';
import { anyKind } from './kind.ts';
import { namesOf } from './search/search.ts';
import { shrink } from './shrink/shrink.ts';
import { standsFor } from './finding.ts';
import type { AnyKind, Kind, Source, Sweep } from './kind.ts';
import type { Budget } from './budget.ts';
import type { Failure } from './subject.ts';
import type { Finding } from './finding.ts';
import type { Found } from './search/search.ts';
import type { KindJudgement, Replayable, Settled } from './judgement.ts';
import type { Options } from './options.ts';
import type { Runner } from './runner.ts';
import type { VerdictName } from './verdict.ts';

/** Returns a finding's case, and those before it, saved and read again; undefined if they cannot be read. */
function readAgain<F extends object>(
  kind: Pick<Kind<object, object, F>, 'save' | 'parse'>,
  finding: Replayable<F>,
): Replayable<F> | undefined {
  const [of, ...before] = [finding.case, ...finding.before].map((one) => {
    const read = kind.parse(JSON.parse(JSON.stringify(kind.save(one))));
    return read === undefined || 'why' in read ? undefined : read;
  });
  const known = before.filter((one) => one !== undefined);
  return of === undefined || known.length < before.length ? undefined : { case: of, before: known };
}

/** Reports whether a finding's case, saved and read again, shows the same once more. */
async function replaysAgain<P extends object, C extends object, F extends C>(
  runner: Runner<P, C, F>,
  finding: Finding<F>,
  budget: Budget,
): Promise<boolean> {
  const read = readAgain(runner.kind, finding);
  if (read === undefined) return false;
  const again = await runner.again(read.case, read.before, 1, budget);
  return again !== undefined && standsFor(again, finding) && standsFor(finding, again);
}

/** Seconds that are kept for seeing once more what was shrunk. */
const LAST_LOOK = 3;

/** How a run is concluded. */
export interface Conclusion {
  readonly options: Options;
  /** How long the search took. */
  readonly seconds: number;
  /** Bounds all that comes after the search. */
  readonly after: Budget;
  readonly shrinks: boolean;
  readonly sweep: Sweep;
}

/** Sees a shortened case once more, judging all that it is asked to judge or, if it must be so, without what is refuted before. */
async function lookOnce<P extends object, C extends object, F extends C>(
  runner: Runner<P, C, F>,
  finding: Finding<F>,
  without: ReadonlySet<string>,
  { after, options }: Conclusion,
): Promise<Pick<Settled<F>, 'replays' | 'without'>> {
  runner.without = new Set(options.without);
  if (await replaysAgain(runner, finding, after)) return { replays: true, without: options.without };
  runner.without = without;
  const isSame = without.size === options.without.length;
  const replays = isSame || after.wasStopped() ? false : await replaysAgain(runner, finding, after);
  return { replays: after.wasStopped() ? undefined : replays, without: [...without] };
}

/** Counts how often a shortened case, saved and read again, goes wrong, of a kind whose cases chance decides too. */
async function lookOften<P extends object, C extends object, F extends C>(
  runner: Runner<P, C, F>,
  finding: Finding<F>,
  { after }: Conclusion,
): Promise<Pick<Settled<F>, 'replays' | 'without' | 'recurs'>> {
  const read = readAgain(runner.kind, finding);
  const recurs = read === undefined ? { wrong: 0, tried: 0 } : await runner.count(read, after);
  return { replays: recurs.wrong > 0, without: [...runner.without], recurs };
}

/** Returns what a finding is worth: as short as it can be made within a time, and whether it replays. */
async function settle<P extends object, C extends object, F extends C>(
  runner: Runner<P, C, F>,
  finding: Finding<F>,
  { at, reproduced, without }: Found<F>,
  conclusion: Conclusion,
  seconds: number,
): Promise<Settled<F>> {
  const { after, shrinks, sweep } = conclusion;
  const asItIs = { at, shortened: 'no', recurs: undefined, without: [...without] } as const;
  if (after.wasStopped()) return { ...asItIs, finding, replays: undefined };
  runner.without = without;
  // Where chance decides too, what was found may come again in a shorter case more easily than in its own.
  if (!reproduced && runner.tries === 1) return { ...asItIs, finding, replays: false };
  const time = after.share(Math.max(0, seconds));
  const short = shrinks ? await shrink(runner, finding, sweep, time) : { finding, shortened: 'no' as const };
  if (after.wasStopped()) return { ...asItIs, ...short, replays: undefined };
  if (runner.tries === 1)
    return { ...asItIs, ...short, ...(await lookOnce(runner, short.finding, without, conclusion)) };
  const looked = await lookOften(runner, short.finding, conclusion);
  if (looked.replays === true || short.finding === finding) return { ...asItIs, ...short, ...looked };
  // What a shorter case showed was luck: one is looked for that goes wrong more often. Without one, what was found stands.
  const rest = after.share(Math.max(0, Math.min(seconds, after.left - LAST_LOOK)));
  const often = await shrink(runner, finding, sweep, rest, 32);
  const lookedAgain = await lookOften(runner, often.finding, conclusion);
  if (lookedAgain.replays === true) return { ...asItIs, ...often, ...lookedAgain };
  return { ...asItIs, finding, ...(await lookOften(runner, finding, conclusion)) };
}

/** What was found, and what it is called. */
interface Charge<F extends object> extends Settled<F> {
  readonly verdict: VerdictName;
}

/** Settles all that was found, each with its share of the time that is left; what weighs most comes first. */
async function settleAll<P extends object, C extends object, F extends C>(
  runner: Runner<P, C, F>,
  founds: readonly Found<F>[],
  conclusion: Conclusion,
): Promise<readonly Charge<F>[]> {
  const sound = founds.filter(({ finding }) => finding !== undefined);
  const charges: Charge<F>[] = [];
  for (const [n, found] of sound.entries()) {
    if (found.finding === undefined) continue;
    const seconds = (conclusion.after.left - LAST_LOOK) / (sound.length - n);
    const settled = await settle(runner, found.finding, found, conclusion, seconds);
    const { what } = settled.finding;
    const unsure = what.kind === 'crash' ? 'flaky-crash' : 'nondeterministic';
    // Where chance decides too, answers that cannot be right are no less wrong if they do not come again.
    const isSure = found.reproduced || found.interrupted || (runner.tries > 1 && what.kind === 'refuted');
    charges.push({ ...settled, verdict: isSure ? VERDICT_OF[what.kind] : unsure });
  }
  const worst = worstOf(charges.map(({ verdict }) => verdict));
  const first = charges.findIndex(({ verdict }) => verdict === worst);
  return [...charges.slice(first, first + 1), ...charges.filter((_, n) => n !== first)];
}

/** Returns the verdict on a run in which nothing was found that can be shown. */
function verdictWithout(coverage: Coverage, flaky: number, failure: Failure | undefined): VerdictName {
  if (flaky > 0) return 'flaky-crash';
  if (failure !== undefined) return VERDICT_OF[failure.kind];
  return coverage.ready === 0 && coverage.unsupported > 0 ? 'not-applicable' : 'conforms';
}

/** Shrinks what was found, closes the subject and gives the verdict. */
export async function conclude<P extends object, C extends object, F extends C>(
  runner: Runner<P, C, F>,
  founds: readonly Found<F>[],
  conclusion: Conclusion,
): Promise<KindJudgement<F>> {
  const { claims, coverage, kind } = runner;
  const { options, seconds } = conclusion;
  const cases = founds.at(-1)?.cases ?? 0;
  const flaky = founds.reduce((all, found) => all + found.flaky, 0);
  const interrupted = founds.some((found) => found.interrupted);
  const found = namesOf(founds);
  if (found.length > 0) {
    const { left } = conclusion.after;
    options.progress({ kind: anyKind(kind), cases, coverage, left, found, phase: 'shortens' });
  }
  const [first, ...others] = await settleAll(runner, founds, conclusion);
  const ended = await runner.close();
  const rest = { kind: anyKind(kind), claims, cases, coverage, seconds, missing: [], interrupted, others };
  if (first !== undefined) return { ...rest, ...first, failure: undefined };
  const unable = founds.find((found) => found.failure !== undefined)?.failure;
  const failure = flaky > 0 || interrupted ? undefined : (unable ?? ended);
  const verdict = verdictWithout(coverage, flaky, failure);
  return { ...rest, ...NOTHING, verdict, failure };
}

/** Weighs a silence: it is no conformance if too little was seen. */
export function weigh<F extends object>(
  judged: KindJudgement<F>,
  source: Pick<Source<object>, 'unseen'>,
): KindJudgement<F> {
  if (judged.verdict !== 'conforms' || judged.interrupted) return judged;
  const missing = source.unseen(judged.coverage);
  return { ...judged, missing, verdict: missing.length > 0 ? 'inconclusive' : 'conforms' };
}

/** What is said of a finding if there is none. */
export const NOTHING = {
  at: undefined,
  finding: undefined,
  shortened: 'no',
  replays: undefined,
  recurs: undefined,
  without: [],
} as const;

/** Returns the judgement of a subject that does not get as far as to be judged. */
export const unusable = <F extends object>(kind: AnyKind, failure: Failure): KindJudgement<F> => ({
  kind,
  verdict: VERDICT_OF[failure.kind],
  claims: new Set(),
  cases: 0,
  coverage: new Coverage(kind.sights),
  seconds: 0,
  failure,
  missing: [],
  ...NOTHING,
  others: [],
  interrupted: false,
});
