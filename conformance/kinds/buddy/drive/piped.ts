/** Carries out a case on a buddy allocator behind a pipe: requests go out ahead of their answers, answers are judged in order. */
import { BUDDY_SIGHTS } from '../sights.ts';
import { Coverage } from '../../../judge/coverage.ts';
import { chosen, fixed, isPassedOver, momentOf, oracleOf } from './opened.ts';
import { open, openAgain } from './open-piped.ts';
import { asked } from '../case.ts';
import { compareReported, refuteNonsense } from '../compare/reported.ts';
import {
  compareYields,
  descending,
  drainingEmptied,
  drainingOrder,
  emptying,
  isYield,
  keepYield,
  shapeKey,
  yieldKnown,
  yieldSince,
} from './drain.ts';
import { setTimeout } from 'node:timers/promises';
import { failedBy, refutedBy } from '../../../judge/finding.ts';
import { isFailure } from '../../../judge/subject.ts';
import type { Arena, Counterexample } from '../../../../protocol/index.ts';
import type { Buddy } from '../../../../spec/index.ts';
import type { Observed } from '../wire/observed.ts';
import type { Case, FixedCase, Intent, Operation, Result } from '../case.ts';
import type { Context } from './opened.ts';
import type { Failure } from '../../../judge/subject.ts';
import type { Oracle } from '../oracle.ts';
import type { Finding, Moment } from '../../../judge/finding.ts';
import type { PipedBuddy } from '../port.ts';
import type { Drained, Yield } from './drain.ts';

/** Requests in flight at a time. */
const IN_FLIGHT = 8;

/** How long, in ms, answers are waited for that nobody wants any more. */
const MOMENT = 200;

type Pending =
  | {
      readonly kind: 'run';
      readonly operations: readonly Operation[];
      readonly answer: Promise<readonly Result[] | Failure>;
    }
  | { readonly kind: 'observe'; readonly answer: Promise<Observed | Failure> };

const showsViews = ({ hello }: Context): boolean =>
  [...hello.features].some((feature) => feature.startsWith('observe:') && feature !== 'observe:zones');

/** What a report says of an operation that got no answer. */
const unanswered = (operation: Operation | undefined): Moment | undefined =>
  operation === undefined ? undefined : { asked: asked(operation), draw: () => [] };

/** One case on a subject behind a pipe: requests go out ahead of their answers, answers are judged in order. */
class PipedRun {
  readonly oracle: Oracle;
  /** Operations carried out. Those of the drain are not the case's own, and go on a copy. */
  done: Operation[] = [];
  readonly #buddy: PipedBuddy;
  readonly #context: Context;
  readonly #case: Case;
  readonly #pending: Pending[] = [];
  #batch: Operation[] = [];

  constructor(buddy: PipedBuddy, context: Context, of: Case, arena: Arena) {
    this.#buddy = buddy;
    this.#context = context;
    this.#case = of;
    this.oracle = oracleOf(context, arena);
  }

  /** Sends the next request on its way; what is found is found in answers that came meanwhile. */
  async #dispatch(): Promise<Finding<FixedCase> | undefined> {
    if (this.#batch.length === 0) return undefined;
    const operations = this.#batch;
    this.#batch = [];
    this.#pending.push({ kind: 'run', operations, answer: this.#buddy.run(operations) });
    if (showsViews(this.#context)) this.#pending.push({ kind: 'observe', answer: this.#buddy.observe() });
    while (this.#pending.length > IN_FLIGHT) {
      const finding = await this.#absorbNext();
      if (finding !== undefined) return finding;
    }
    return undefined;
  }

  /** Waits until everything sent is answered and judged. */
  async settle(): Promise<Finding<FixedCase> | undefined> {
    const finding = await this.#dispatch();
    if (finding !== undefined) return finding;
    while (this.#pending.length > 0) {
      const next = await this.#absorbNext();
      if (next !== undefined) return next;
    }
    return undefined;
  }

  async #absorbNext(): Promise<Finding<FixedCase> | undefined> {
    const next = this.#pending.shift();
    if (next === undefined) return undefined;
    if (next.kind === 'run') {
      const answer = await next.answer;
      if (!isFailure(answer)) return this.#absorb(next.operations, answer);
      this.done.push(...next.operations);
      return this.#failed(answer);
    }
    const views = await next.answer;
    if (isFailure(views)) return this.#failed(views);
    this.#context.coverage.counts['views compared']++;
    const counterexample =
      refuteNonsense(views) ?? compareReported(this.oracle.claims, this.oracle.placed, views, this.#context.without);
    const { state } = this.oracle;
    if (counterexample === undefined) this.#context.witness?.(state, views);
    if (counterexample === undefined || isPassedOver(this.#context, counterexample)) return undefined;
    const operation = this.done.at(-1);
    const at = fixed(this.#case, this.done, false);
    if (operation === undefined) return refutedBy(counterexample, at);
    return refutedBy(counterexample, at, momentOf({ state, operation, result: undefined, after: state }));
  }

  #failed(failure: Failure): Finding<FixedCase> {
    return failedBy(failure, fixed(this.#case, this.done, false), unanswered(this.done.at(-1)));
  }

  #absorb(operations: readonly Operation[], results: readonly Result[]): Finding<FixedCase> | undefined {
    for (let n = 0; n < operations.length; n++) {
      const operation = operations[n];
      const result = results[n];
      if (operation === undefined || result === undefined) return undefined;
      const before = this.oracle.state;
      this.done.push(operation);
      const counterexample = this.oracle.absorb(operation, result);
      if (counterexample === undefined) continue;
      if (isPassedOver(this.#context, counterexample) && this.oracle.accept(operation, result)) continue;
      return this.#refuted(counterexample, before, operation, result);
    }
    return undefined;
  }

  #refuted(counterexample: Counterexample, before: Buddy, operation: Operation, result: Result): Finding<FixedCase> {
    const after = this.oracle.reached(operation, result);
    const history = { operations: this.done, grants: this.oracle.slots.granted() };
    const moment = momentOf({ state: before, operation, result, after, history });
    return refutedBy(counterexample, fixed(this.#case, this.done, false), moment);
  }

  /** Reports whether the time is up. */
  get isCut(): boolean {
    return this.#context.budget.isSpent;
  }

  /** Puts an operation into the next request; returns whether that is full, and has to be sent. */
  #take(operation: Operation): boolean {
    return this.#batch.push(operation) >= this.#context.grain;
  }

  /** Carries out some; what went wrong, or that the time was up before their end. */
  async steps(operations: readonly Operation[]): Promise<Finding<FixedCase> | 'cut' | undefined> {
    for (const operation of operations) {
      if (this.#batch.length === 0 && this.isCut) return 'cut';
      const finding = this.#take(operation) ? await this.#dispatch() : undefined;
      if (finding !== undefined) return finding;
    }
    return this.settle();
  }

  /** Carries out what a script intends; misuse is chosen, and sent, only after all before it is judged. */
  async intend(intents: readonly Intent[]): Promise<Finding<FixedCase> | undefined> {
    for (const intent of intents) {
      if (this.#batch.length === 0 && this.isCut) break;
      if (intent.kind === 'allocate' || intent.kind === 'free-slot') {
        const finding = this.#take(intent) ? await this.#dispatch() : undefined;
        if (finding !== undefined) return finding;
        continue;
      }
      const wrong = await this.settle();
      if (wrong !== undefined) return wrong;
      for (const operation of chosen(this.oracle, this.#context, intent)) {
        const finding = this.#take(operation) ? await this.#dispatch() : undefined;
        if (finding !== undefined) return finding;
      }
    }
    return this.settle();
  }

  /** Waits a moment for what is still under way, and looks at none of it: who owes an answer longer than that is not asked again. */
  async abandon(): Promise<void> {
    if (this.#pending.length === 0) return;
    const late = new AbortController();
    const moment = setTimeout(MOMENT, undefined, { signal: late.signal }).catch(() => undefined);
    await Promise.race([moment, Promise.all(this.#pending.map(({ answer }) => answer))]);
    late.abort();
  }

  /** Drains all at once if the number of grants is claimed; else order by order, each answered before the next is asked. */
  async #drainOrders(): Promise<Finding<FixedCase> | 'cut' | undefined> {
    const { state } = this.oracle;
    if (this.#context.claims.has('complete')) return this.steps(drainingEmptied(state));
    for (const at of descending(state.arena)) {
      const finding = await this.steps(drainingOrder(this.oracle.state, at));
      if (finding !== undefined) return finding;
    }
    return undefined;
  }

  /** Empties the arena and drains it; returns what it granted of each order, or what went wrong. */
  async drain(): Promise<Drained> {
    this.done = this.done.slice();
    const wrong = await this.steps(emptying(this.oracle));
    if (wrong !== undefined) return wrong;
    const before = [...this.oracle.grants];
    const finding = await this.#drainOrders();
    if (finding !== undefined) return finding;
    this.#context.coverage.counts['drained arena']++;
    return yieldSince(before, this.oracle.grants);
  }
}

/** Returns what a fresh arena of the case's shape grants when it is drained; found once for each shape. */
async function freshYield(buddy: PipedBuddy, context: Context, of: Case, arena: Arena): Promise<Drained> {
  const key = shapeKey(of.shape);
  const known = yieldKnown(context.claims, arena) ?? context.yields.get(key);
  if (known !== undefined) return known;
  const unseen = { ...context, coverage: new Coverage(BUDDY_SIGHTS), watch: undefined, camera: undefined };
  const fresh = await new PipedRun(buddy, unseen, of, arena).drain();
  if (!isYield(fresh)) return fresh;
  keepYield(context.yields, key, fresh);
  return (await openAgain(buddy, context, of, arena)) ?? fresh;
}

/** Carries out a case; returns what was wrong first, or nothing. */
export async function drivePiped(
  buddy: PipedBuddy,
  context: Context,
  of: Case,
): Promise<Finding<FixedCase> | undefined> {
  const arena = await open(buddy, context, of);
  if (arena === undefined || 'what' in arena) return arena;
  const fresh = of.drain ? await freshYield(buddy, context, of, arena) : undefined;
  if (fresh === 'cut') return undefined;
  if (fresh !== undefined && !isYield(fresh)) return fresh;

  const run = new PipedRun(buddy, context, of, arena);
  const finding = await play(run, context, of, fresh);
  await run.abandon();
  return finding;
}

async function play(
  run: PipedRun,
  context: Context,
  of: Case,
  fresh: Yield | undefined,
): Promise<Finding<FixedCase> | undefined> {
  const finding = await run.intend(of.script);
  if (finding !== undefined || run.isCut) return finding;
  const scripted = run.done;
  if (fresh !== undefined) {
    const used = await run.drain();
    if (used === 'cut') return undefined;
    if (!isYield(used)) return used;
    const changed = compareYields(used, fresh);
    if (changed !== undefined) return refutedBy(changed, fixed(of, scripted, true));
  }
  context.keep?.(fixed(of, scripted, of.drain));
  return undefined;
}
