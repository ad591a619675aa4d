import { Budget } from './budget.ts';
import { Runner } from './runner.ts';
import { confirm } from './reproduce.ts';
import { generate } from '../kinds/buddy/generate.ts';
import { Sightings } from '../kinds/buddy/coverage.ts';
import { missing } from '../kinds/buddy/required.ts';
import { isSame, shrink } from '../kinds/buddy/smaller.ts';
import { parseCase, save } from '../kinds/buddy/saved.ts';
import { VERDICT_OF } from './verdict.ts';
import { FREE_MISUSES, claimOf } from '../kinds/buddy/misuse.ts';
import type { Case, FixedCase } from '../kinds/buddy/case.ts';
import type { Claim, Claims } from '../../protocol/index.ts';
import type { Failure, Hello, Subject } from './subject.ts';
import type { Finding } from './finding.ts';
import type { Sweep } from '../kinds/buddy/generate.ts';
import type { VerdictName } from './verdict.ts';

/** Starts a subject that has seen nothing yet: a fresh process, or a new object. */
export type Start = () => Promise<Subject | Failure>;

/** How much is tried, and what is judged. Everything but the time is fixed by the seed. */
export interface Options {
  readonly seed: number;
  readonly cases: number;
  /** Operations of a case, about. */
  readonly operations: number;
  /** Bounds the search; shrinking takes at most `SHRINK_SECONDS` more. */
  readonly seconds: number;
  readonly pages: readonly number[];
  readonly orders: readonly number[];
  readonly bases: readonly number[];
  /** More, or less, than the hello claims. */
  readonly claim: readonly Claim[];
  readonly noClaim: readonly Claim[];
  /** Told now and then how far the search is, and when something was found and a shorter case is looked for. */
  readonly progress?: (cases: number, sightings: Sightings, found: boolean) => void;
  /** Ends the search, or the looking for a shorter case: what there is by then is the result. */
  readonly stop?: AbortSignal;
}

/** What a run does where it is not told otherwise. */
export const DEFAULTS: Options = {
  seed: 1,
  cases: 2000,
  operations: 500,
  seconds: 60,
  pages: [],
  orders: [],
  bases: [],
  claim: [],
  noClaim: [],
};

/** What is asked for, and where nothing is, the default. */
export const optionsOf = (given: Partial<Options>): Options => ({ ...DEFAULTS, ...given });

/** What a run came to. */
export interface Judgement {
  readonly verdict: VerdictName;
  /** Undefined where the subject did not get as far as to introduce itself. */
  readonly hello: Hello | undefined;
  readonly claims: Claims;
  readonly seed: number;
  readonly cases: number;
  readonly sightings: Sightings;
  readonly seconds: number;
  /** What went wrong, in the shortest case that was found. */
  readonly finding: Finding | undefined;
  readonly failure: Failure | undefined;
  /** What the run must have seen and has not. */
  readonly missing: readonly string[];
  /** Whether the case, saved and read again, went wrong once more in the same way; undefined where nothing was found. */
  readonly replays: boolean | undefined;
  /** Whether it was stopped before anything was found. */
  readonly interrupted: boolean;
}

const SHRINK_SECONDS = 30;
const MOST_CRASHES = 25;
/** What is judged: what the hello claims, more what the caller adds, less what the caller takes away. */
export function claimsOf(hello: Hello, { claim, noClaim }: Options): Claims {
  return new Set([...hello.claims, ...claim].filter((one) => !noClaim.includes(one)));
}

function sweepOf(claims: Claims, { seed, operations, pages, orders, bases }: Options): Sweep {
  const misuses = FREE_MISUSES.filter((misuse) => claims.has(claimOf(misuse)));
  return { seed, operations, pages, orders, bases, misuses };
}

/** What a search came to, before it is concluded. */
export interface Search {
  readonly cases: number;
  readonly flaky: number;
  readonly finding: Finding | undefined;
  readonly reproduced: boolean;
  readonly interrupted: boolean;
}

/** Every eighth case is looked at closely: a request, and the views, every few operations. */
const grainOf = (n: number, hello: Hello): number => Math.min(hello.maxBatch, n % 8 === 5 ? 20 : 500);

/** Runs case after case until one goes wrong and does so again, or the budget is used up. */
async function search(runner: Runner, sweep: Sweep, options: Options): Promise<Search> {
  const budget = new Budget(options.seconds, options.stop);
  const nothing = { finding: undefined, reproduced: true } as const;
  let flaky = 0;
  let history: Case[] = [];
  for (let n = 0; n < options.cases; n++) {
    if (await budget.look()) return { cases: n, flaky, ...nothing, interrupted: budget.isStopped };
    if (n % 16 === 0 || !runner.isLive) options.progress?.(n, runner.context.sightings, false);
    const of = generate(sweep, n);
    const grain = grainOf(n, runner.hello);
    const found = await runner.run(of, grain);
    history.push(of);
    if (found === undefined) continue;

    const confirmed = await confirm(runner, found, history.slice(0, -1), grain);
    const so = { cases: n + 1, interrupted: false } as const;
    if (confirmed !== undefined) return { ...so, flaky, finding: confirmed, reproduced: true };
    if (found.what.kind !== 'crash') return { ...so, flaky, finding: found, reproduced: false };
    flaky++;
    if (flaky >= MOST_CRASHES) return { ...so, flaky, finding: found, reproduced: false };
    history = [];
  }
  return { cases: options.cases, flaky, ...nothing, interrupted: false };
}

/** Whether a finding's case, saved and read again, shows the same once more. */
async function replaysAgain(runner: Runner, finding: Finding): Promise<boolean> {
  const read = parseCase(JSON.stringify(save(finding.case)));
  if ('kind' in read) return false;
  const again = await runner.again(read, read.before, 1);
  return again !== undefined && isSame(again, finding);
}

/** What everything but the search itself has in common. */
export async function conclude(
  runner: Runner,
  found: Search,
  options: Options,
  from: number,
  shrinks: boolean,
): Promise<Judgement> {
  const { claims, sightings } = runner.context;
  const { cases, flaky, finding, reproduced } = found;
  const seconds = (performance.now() - from) / 1000;
  if (finding !== undefined) options.progress?.(cases, sightings, true);
  const shortest =
    finding !== undefined && reproduced && shrinks
      ? await shrink(runner, finding, new Budget(SHRINK_SECONDS, options.stop))
      : finding;
  const replays = shortest === undefined ? undefined : reproduced && (await replaysAgain(runner, shortest));
  const failure = await runner.close();
  const result = {
    hello: runner.hello,
    claims,
    seed: options.seed,
    cases,
    sightings,
    seconds,
    finding: shortest,
    missing: [],
    replays,
    interrupted: found.interrupted,
  };
  if (shortest !== undefined) {
    const unsure = shortest.what.kind === 'crash' ? 'flaky-crash' : 'nondeterministic';
    return { ...result, verdict: reproduced ? VERDICT_OF[shortest.what.kind] : unsure, failure: undefined };
  }
  if (flaky > 0) return { ...result, verdict: 'flaky-crash', failure: undefined };
  if (failure !== undefined) return { ...result, verdict: VERDICT_OF[failure.kind], failure };
  const { counts } = sightings;
  const none = counts['arena ready'] === 0 && counts['arena unsupported'] > 0;
  return { ...result, verdict: none ? 'not-applicable' : 'conforms', failure: undefined };
}

/** The judgement of a subject that does not get as far as to be judged. */
export const unusable = (failure: Failure, { seed }: Options): Judgement => ({
  verdict: VERDICT_OF[failure.kind],
  hello: undefined,
  claims: new Set(),
  seed,
  cases: 0,
  sightings: new Sightings(),
  seconds: 0,
  finding: undefined,
  failure,
  missing: [],
  replays: undefined,
  interrupted: false,
});

/** Judges a subject: searches, confirms in a fresh subject what it finds, and shrinks it. The subject is closed at the end. */
export async function judge(start: Start, given: Partial<Options> = {}): Promise<Judgement> {
  const options = { ...DEFAULTS, ...given };
  const from = performance.now();
  const runner = await Runner.start(start, (hello) => claimsOf(hello, options), new Sightings());
  if (!(runner instanceof Runner)) return unusable(runner, options);
  const { claims, sightings } = runner.context;
  const found = await search(runner, sweepOf(claims, options), options);
  const judgement = await conclude(runner, found, options, from, true);
  return judgement.verdict === 'conforms' ? { ...judgement, missing: missing(claims, sightings, options) } : judgement;
}

/** What a replay is asked besides its case. */
export interface ReplayOptions {
  readonly claim?: readonly Claim[];
  readonly noClaim?: readonly Claim[];
  /** Whether a shorter case is looked for. */
  readonly shrink?: boolean;
}

/** Carries out one case, one operation a request, and says what it shows. The subject is closed at the end. */
export async function judgeCase(start: Start, of: FixedCase, given: ReplayOptions = {}): Promise<Judgement> {
  const options: Options = { ...DEFAULTS, claim: given.claim ?? [], noClaim: given.noClaim ?? [] };
  const from = performance.now();
  const runner = await Runner.start(start, (hello) => claimsOf(hello, options), new Sightings());
  if (!(runner instanceof Runner)) return unusable(runner, options);
  const finding = await runner.again(of, of.before, 1, runner.context.sightings);
  const found: Search = { cases: 1 + of.before.length, flaky: 0, finding, reproduced: true, interrupted: false };
  return conclude(runner, found, options, from, given.shrink ?? false);
}
