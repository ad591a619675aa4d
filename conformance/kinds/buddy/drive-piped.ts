import { compareYields, descending, drainingEmptied, drainingOrder, emptying, shapeKey, yieldSince } from './drain.ts';
import { enter, failedBy, fixed, leaveOut, refuseArena, refutedBy } from './context.ts';
import { Course } from './oracle.ts';
import { Sightings } from './coverage.ts';
import { compareViews } from './reported.ts';
import { order } from '../../unit.ts';
import { runsOf } from './arena.ts';
import { show } from '../../wire/requests.ts';
import type { Arena, Run, Reported } from '../../../protocol/index.ts';
import type { Case, Intent } from './case.ts';
import type { Context } from './context.ts';
import type { Failure, Operation, PipedSubject, Result, Shape } from '../../judge/subject.ts';
import type { Finding } from '../../judge/finding.ts';
import type { Yield } from './drain.ts';

/** Requests in flight at a time. */
const IN_FLIGHT = 8;

type Pending =
  | {
      readonly kind: 'run';
      readonly operations: readonly Operation[];
      readonly answer: Promise<readonly Result[] | Failure>;
    }
  | { readonly kind: 'observe'; readonly answer: Promise<Reported | Failure> };

const isFailure = (answer: object): answer is Failure => 'stderr' in answer;

const isFinding = (result: Yield | Finding): result is Finding => 'what' in result;

const showsViews = ({ hello }: Context): boolean =>
  [...hello.features].some((feature) => feature.startsWith('observe:'));

/** One case on a subject behind a pipe: requests go out ahead of their answers, answers are judged in order. */
class PipedRun {
  readonly course: Course;
  /** Operations carried out. Those of the drain are not the case's own, and go on a copy. */
  done: Operation[];
  readonly #subject: PipedSubject;
  readonly #context: Context;
  readonly #case: Case;
  readonly #pending: Pending[] = [];
  #batch: Operation[] = [];

  constructor(subject: PipedSubject, context: Context, of: Case, arena: Arena) {
    this.#subject = subject;
    this.#context = context;
    this.done = context.done;
    this.#case = of;
    this.course = new Course(context.claims, arena, context.sightings);
  }

  /** Puts an operation into the next request; whether that is full, and has to be dispatched. */
  #take(operation: Operation): boolean {
    return this.#batch.push(operation) >= this.#context.grain;
  }

  /** Sends the next request on its way; what is found is found in answers that came meanwhile. */
  async #dispatch(): Promise<Finding | undefined> {
    if (this.#batch.length === 0) return undefined;
    const operations = this.#batch;
    this.#batch = [];
    this.#pending.push({ kind: 'run', operations, answer: this.#subject.run(operations) });
    if (showsViews(this.#context)) this.#pending.push({ kind: 'observe', answer: this.#subject.observe() });
    while (this.#pending.length > IN_FLIGHT) {
      const finding = await this.#absorbNext();
      if (finding !== undefined) return finding;
    }
    return undefined;
  }

  /** Waits until everything sent is answered and judged. */
  async settle(): Promise<Finding | undefined> {
    const finding = await this.#dispatch();
    if (finding !== undefined) return finding;
    while (this.#pending.length > 0) {
      const next = await this.#absorbNext();
      if (next !== undefined) return next;
    }
    return undefined;
  }

  async #absorbNext(): Promise<Finding | undefined> {
    const next = this.#pending.shift();
    if (next === undefined) return undefined;
    if (next.kind === 'run') {
      const answer = await next.answer;
      if (!isFailure(answer)) return this.#absorb(next.operations, answer);
      this.done.push(...next.operations);
      return failedBy(answer, fixed(this.#case, this.done, false));
    }
    const views = await next.answer;
    if (isFailure(views)) return failedBy(views, fixed(this.#case, this.done, false));
    this.#context.sightings.counts['views compared']++;
    const counterexample = compareViews(this.#context.claims, this.course.placed, views);
    if (counterexample === undefined) return undefined;
    const { state } = this.course;
    const moment = { state, operation: this.done.at(-1), result: undefined, after: state };
    return refutedBy(counterexample, fixed(this.#case, this.done, false), moment);
  }

  #absorb(operations: readonly Operation[], results: readonly Result[]): Finding | undefined {
    for (const [n, operation] of operations.entries()) {
      const result = results[n];
      if (result === undefined) return undefined;
      const before = this.course.state;
      this.done.push(operation);
      const counterexample = this.course.absorb(operation, result);
      if (counterexample === undefined) continue;
      const after = this.course.reached(operation, result);
      return refutedBy(counterexample, fixed(this.#case, this.done, false), {
        state: before,
        operation,
        result,
        after,
      });
    }
    return undefined;
  }

  async steps(operations: readonly Operation[]): Promise<Finding | undefined> {
    for (const operation of operations) {
      const finding = this.#take(operation) ? await this.#dispatch() : undefined;
      if (finding !== undefined) return finding;
    }
    return this.settle();
  }

  /** Carries out what a script intends; misuse is chosen, and sent, only where the state is known. */
  async intend(intents: readonly Intent[]): Promise<Finding | undefined> {
    for (const intent of intents) {
      if (intent.kind === 'allocate' || intent.kind === 'free-slot') {
        const finding = this.#take(intent) ? await this.#dispatch() : undefined;
        if (finding !== undefined) return finding;
        continue;
      }
      const wrong = await this.settle();
      if (wrong !== undefined) return wrong;
      const operation = intent.kind === 'misuse' ? this.course.resolve(intent) : intent;
      if (operation?.kind !== 'free-frame') continue;
      if (!this.course.mayFree(operation.head, operation.order)) {
        leaveOut(this.#context, operation);
        continue;
      }
      const finding = this.#take(operation) ? await this.#dispatch() : undefined;
      if (finding !== undefined) return finding;
    }
    return this.settle();
  }

  /** Waits for what is still under way, and looks at none of it. */
  async abandon(): Promise<void> {
    await Promise.all(this.#pending.map(({ answer }) => answer));
  }

  /** All at once where the number of grants is claimed; else order by order, each answered before the next is asked. */
  async #drainOrders(): Promise<Finding | undefined> {
    const { state } = this.course;
    if (this.#context.claims.has('complete')) return this.steps(drainingEmptied(state));
    for (const at of descending(state.arena)) {
      const finding = await this.steps(drainingOrder(this.course.state, at));
      if (finding !== undefined) return finding;
    }
    return undefined;
  }

  /** Empties the arena and drains it; what it granted of each order, or what went wrong. */
  async drain(): Promise<Yield | Finding> {
    this.done = this.done.slice();
    const wrong = await this.steps(emptying(this.course));
    if (wrong !== undefined) return wrong;
    const before = [...this.course.grants];
    const finding = await this.#drainOrders();
    if (finding !== undefined) return finding;
    this.#context.sightings.counts['drained arena']++;
    return yieldSince(before, this.course.grants);
  }
}

/** Frames that a subject hands out, found by asking for single frames until it refuses. */
async function probe(subject: PipedSubject, { base, pages }: Shape): Promise<readonly Run[] | Failure> {
  const granted = new Array<boolean>(pages).fill(false);
  const batch = Math.min(subject.hello.maxBatch, pages + 1);
  const operations = Array.from({ length: batch }, (): Operation => ({ kind: 'allocate', order: order(0) }));
  for (let asked = 0; asked <= pages; asked += batch) {
    const answer = await subject.run(operations);
    if (isFailure(answer)) return answer;
    for (const result of answer) {
      if (result.kind !== 'granted') return runsOf(base, granted);
      if (result.head >= base && result.head < base + pages) granted[result.head - base] = true;
    }
  }
  return runsOf(base, granted);
}

/** Opens an arena, probing it where the subject asks for that. */
async function open(subject: PipedSubject, context: Context, of: Case): Promise<Arena | Finding | undefined> {
  const none = fixed(of, [], false);
  const opened = await subject.open(of.shape);
  if (isFailure(opened)) return failedBy(opened, none);
  if (opened.kind === 'unsupported') return refuseArena(context, of.shape, opened.why);
  if (opened.kind === 'failed') {
    const facts = [`the arena failed: ${show(opened.why)}`, 'a shape can be made, or be unsupported'] as const;
    return refutedBy({ clause: 'USE-2', place: 'arena', facts }, none);
  }
  let usable = opened.usable;
  if (usable === 'probe') {
    const probed = await probe(subject, of.shape);
    if (isFailure(probed)) return failedBy(probed, none);
    const again = await subject.open(of.shape);
    if (isFailure(again)) return failedBy(again, none);
    usable = probed;
  }
  const arena = enter(context, of.shape, usable);
  return 'clause' in arena ? refutedBy(arena, none) : arena;
}

/** What a fresh arena of the case's shape grants when drained; found once for each shape. */
async function freshYield(subject: PipedSubject, context: Context, of: Case, arena: Arena): Promise<Yield | Finding> {
  const key = shapeKey(of.shape);
  const known = context.yields.get(key);
  if (known !== undefined) return known;
  const run = new PipedRun(subject, { ...context, sightings: new Sightings(), done: [] }, of, arena);
  const fresh = await run.drain();
  if (isFinding(fresh)) return fresh;
  context.yields.set(key, fresh);
  const again = await subject.open(of.shape);
  return isFailure(again) ? failedBy(again, fixed(of, [], false)) : fresh;
}

/** Carries out a case on a subject behind a pipe; undefined where nothing was wrong. */
export async function drivePiped(subject: PipedSubject, context: Context, of: Case): Promise<Finding | undefined> {
  const arena = await open(subject, context, of);
  if (arena === undefined || 'what' in arena) return arena;
  const fresh = of.drain ? await freshYield(subject, context, of, arena) : undefined;
  if (fresh !== undefined && isFinding(fresh)) return fresh;

  const run = new PipedRun(subject, context, of, arena);
  const finding = await play(run, of, fresh);
  await run.abandon();
  return finding;
}

async function play(run: PipedRun, of: Case, fresh: Yield | undefined): Promise<Finding | undefined> {
  const finding = await run.intend(of.script);
  if (finding !== undefined || fresh === undefined) return finding;
  const scripted = run.done.length;
  const used = await run.drain();
  if (isFinding(used)) return used;
  const changed = compareYields(used, fresh);
  return changed === undefined ? undefined : refutedBy(changed, fixed(of, run.done.slice(0, scripted), true));
}
