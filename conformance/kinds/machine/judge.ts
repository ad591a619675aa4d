import { MachineCourse } from './oracle.ts';
import { MachineSightings } from './coverage.ts';
import { Budget } from '../../judge/budget.ts';
import { VERDICT_OF } from '../../judge/verdict.ts';
import { allBut, leaveOutChunks } from '../../judge/ddmin.ts';
import { generateMachine } from './generate.ts';
import { show } from '../../wire/requests.ts';
import type { Claims, Counterexample } from '../../../protocol/index.ts';
import type { Failure, Hello } from '../../judge/subject.ts';
import type { MachineCase } from './generate.ts';
import type { MachineOperation } from './operation.ts';
import type { MachineSight } from './coverage.ts';
import type { MachineSubject } from './subject.ts';
import type { VerdictName } from '../../judge/verdict.ts';

/** Starts a subject that has seen nothing yet. */
export type StartMachine = () => Promise<MachineSubject | Failure>;

/** How much is tried. */
export interface MachineOptions {
  readonly seed: number;
  readonly cases: number;
  readonly operations: number;
  readonly seconds: number;
}

/** What went wrong, in a case up to and with the operation at fault. */
export interface MachineFinding {
  readonly what: { readonly kind: 'refuted'; readonly counterexample: Counterexample } | Failure;
  readonly case: MachineCase;
  /** The words that were sent, to be read by whoever debugs the allocator. */
  readonly words: readonly string[];
}

/** What a run came to. */
export interface MachineJudgement {
  readonly verdict: VerdictName;
  readonly hello: Hello | undefined;
  readonly seed: number;
  readonly cases: number;
  readonly sightings: MachineSightings;
  readonly finding: MachineFinding | undefined;
  readonly failure: Failure | undefined;
  readonly missing: readonly MachineSight[];
}

const isFailure = (value: object): value is Failure => 'how' in value && 'stderr' in value;

/** What both sides of a case share. */
interface Context {
  readonly claims: Claims;
  readonly sightings: MachineSightings;
}

/** Carries out one case; undefined where nothing was wrong, or where the machine is unsupported. */
async function drive(subject: MachineSubject, of: MachineCase, context: Context): Promise<MachineFinding | undefined> {
  const done: MachineOperation[] = [];
  const words: string[] = [];
  const found = (what: MachineFinding['what']): MachineFinding => ({
    what,
    case: { machine: of.machine, script: [...done] },
    words: [...words],
  });
  const refuted = (counterexample: Counterexample): MachineFinding => found({ kind: 'refuted', counterexample });
  const opened = await subject.open(of.machine);
  if (isFailure(opened)) return found(opened);
  if (opened.kind === 'unsupported') return undefined;
  if (opened.kind === 'failed') {
    const facts = [`the machine failed: ${show(opened.why)}`, 'a machine can be made, or be unsupported'] as const;
    return refuted({ clause: 'USE-2', place: 'machine', facts });
  }
  context.sightings.counts['machine ready']++;
  const course = new MachineCourse(of.machine, context.claims, context.sightings);
  for (const operation of of.script) {
    const sent = course.wordsOf(operation);
    if (sent.length === 0) continue;
    const result = await subject.run(sent);
    done.push(operation);
    words.push(...sent);
    if (isFailure(result)) return found(result);
    const wrong = course.absorb(operation, result);
    if (wrong !== undefined) return refuted(wrong);
    const views = await subject.observe();
    if (views === undefined) continue;
    if ('how' in views) return found(views);
    const unseen = course.refuteViews(views);
    if (unseen !== undefined) return refuted(unseen);
  }
  return undefined;
}

/** Holds the subject that is alive, and starts another when a fresh one is wanted. */
class MachineRunner {
  readonly #start: StartMachine;
  #subject: MachineSubject;
  readonly context: Context;

  constructor(start: StartMachine, subject: MachineSubject, context: Context) {
    this.#start = start;
    this.#subject = subject;
    this.context = context;
  }

  run(of: MachineCase): Promise<MachineFinding | undefined> {
    return drive(this.#subject, of, this.context);
  }

  /** The same without a count of what is seen: on the subject that is alive, where that is. */
  retry(of: MachineCase, { what }: MachineFinding): Promise<MachineFinding | undefined> {
    if (what.kind !== 'refuted') return this.again(of);
    return drive(this.#subject, of, { claims: this.context.claims, sightings: new MachineSightings() });
  }

  /** The same on a subject that has seen nothing. */
  async again(of: MachineCase): Promise<MachineFinding | undefined> {
    await this.#subject.close();
    const started = await this.#start();
    if (isFailure(started)) return { what: started, case: of, words: [] };
    this.#subject = started;
    return drive(started, of, { claims: this.context.claims, sightings: new MachineSightings() });
  }

  close(): Promise<Failure | undefined> {
    return this.#subject.close();
  }
}

const SHRINK_SECONDS = 20;

/** Leaves out operations, many at a time and then few, for as long as what is left goes wrong in the same way. */
async function shrink(runner: MachineRunner, finding: MachineFinding): Promise<MachineFinding> {
  const budget = new Budget(SHRINK_SECONDS, undefined);
  let best = finding;
  await leaveOutChunks(
    Math.ceil(best.case.script.length / 2),
    () => best.case.script.length,
    async (from, behind) => {
      if (budget.isSpent) return false;
      const { machine, script } = best.case;
      const found = await runner.retry({ machine, script: allBut(script, from, behind) }, best);
      if (found?.what.kind !== best.what.kind) return false;
      best = found;
      return true;
    },
  );
  return best;
}

const judgement = (
  verdict: MachineJudgement['verdict'],
  rest: Partial<MachineJudgement> & { readonly seed: number },
): MachineJudgement => ({
  verdict,
  hello: undefined,
  cases: 0,
  sightings: new MachineSightings(),
  finding: undefined,
  failure: undefined,
  missing: [],
  ...rest,
});

/** Judges a page allocator with zones and nodes: searches, confirms in a fresh subject, and shrinks what it finds. */
export async function judgeMachine(start: StartMachine, options: MachineOptions): Promise<MachineJudgement> {
  const { seed } = options;
  const started = await start();
  if (isFailure(started)) return judgement(VERDICT_OF[started.kind], { seed, failure: started });
  const { hello } = started;
  const sightings = new MachineSightings();
  const runner = new MachineRunner(start, started, { claims: hello.claims, sightings });
  const end = performance.now() + 1000 * options.seconds;
  let cases = 0;
  for (; cases < options.cases && performance.now() < end; cases++) {
    const of = generateMachine(seed, cases, options.operations);
    const found = await runner.run(of);
    if (found === undefined) continue;
    const again = await runner.again(of);
    const short = again === undefined ? found : await shrink(runner, again);
    const finding = again === undefined ? found : ((await runner.again(short.case)) ?? again);
    const failure = await runner.close();
    const verdict = again === undefined ? 'nondeterministic' : VERDICT_OF[finding.what.kind];
    return judgement(verdict, { seed, hello, cases: cases + 1, sightings, finding, failure });
  }
  const failure = await runner.close();
  if (failure !== undefined) return judgement(VERDICT_OF[failure.kind], { seed, hello, cases, sightings, failure });
  if (sightings.counts['machine ready'] === 0) return judgement('not-applicable', { seed, hello, cases, sightings });
  return judgement('conforms', { seed, hello, cases, sightings, missing: sightings.missing() });
}

/** Carries out one case on a subject that has seen nothing, and says what it shows. */
export async function judgeMachineCase(start: StartMachine, of: MachineCase): Promise<MachineJudgement> {
  const started = await start();
  if (isFailure(started)) return judgement(VERDICT_OF[started.kind], { seed: 0, failure: started });
  const { hello } = started;
  const sightings = new MachineSightings();
  const finding = await drive(started, of, { claims: hello.claims, sightings });
  const failure = await started.close();
  const rest = { seed: 0, hello, cases: 1, sightings, finding };
  if (finding !== undefined) return judgement(VERDICT_OF[finding.what.kind], rest);
  if (failure !== undefined) return judgement(VERDICT_OF[failure.kind], { ...rest, failure });
  return judgement(sightings.counts['machine ready'] === 0 ? 'not-applicable' : 'conforms', rest);
}
