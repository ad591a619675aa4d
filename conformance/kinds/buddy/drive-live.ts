import { compareYields, descending, drainingOrder, emptying, shapeKey, yieldSince } from './drain.ts';
import { enter, fixed, leaveOut, refuseArena, refutedBy } from './context.ts';
import { Comparison } from './compare.ts';
import { Course, placementOf } from './oracle.ts';
import { Sightings } from './coverage.ts';
import { compareViews } from './reported.ts';
import { order } from '../../unit.ts';
import { refuteAll } from '../../../invariants/index.ts';
import { runsOf } from './arena.ts';
import { show } from '../../wire/requests.ts';
import type { Arena, Counterexample, Observation, Run } from '../../../protocol/index.ts';
import type { Case } from './case.ts';
import type { Context } from './context.ts';
import type { Request } from './oracle.ts';
import type { Finding } from '../../judge/finding.ts';
import type { LiveSubject, Operation, Result, Shape } from '../../judge/subject.ts';
import type { Yield } from './drain.ts';

/** Operations between two checks of all invariants, or as many as there are pages; they are checked at the end of each case too. */
const INVARIANTS_EVERY = 64;

const ORDER_0 = order(0);

/** One case on a subject in this process: everything is compared after every operation. */
class LiveRun {
  readonly course: Course;
  /** Operations carried out. Those of the drain are not the case's own, and go on a copy. */
  done: Operation[];
  readonly #subject: LiveSubject;
  readonly #context: Context;
  readonly #case: Case;
  readonly #seen: Observation | undefined;
  readonly #comparison = new Comparison();
  readonly #checkEvery: number;
  #compared = 0;

  constructor(subject: LiveSubject, context: Context, of: Case, arena: Arena) {
    this.#subject = subject;
    this.#context = context;
    this.done = context.done;
    this.#case = of;
    this.#checkEvery = Math.max(INVARIANTS_EVERY, arena.pages);
    this.course = new Course(context.claims, arena, context.sightings);
    this.#seen = placementOf(context.claims) === undefined ? undefined : subject.observation();
  }

  #perform(command: Request): Result {
    return command.kind === 'allocate'
      ? this.#subject.allocate(command.order)
      : this.#subject.free(command.head, command.order);
  }

  #compare(): Counterexample | undefined {
    const { counts } = this.#context.sightings;
    if (this.#seen === undefined) return undefined;
    counts['zone compared']++;
    const whole = ++this.#compared % this.#checkEvery === 0;
    const difference = this.#comparison.compare(this.course.placed, this.#seen, whole ? 'all' : this.course.touched);
    return difference ?? (whole ? this.invariants() : undefined);
  }

  /** All invariants, and the views, where the subject shows what they speak of. */
  invariants(): Counterexample | undefined {
    const { claims, sightings } = this.#context;
    if (this.#seen === undefined) {
      const views = this.#subject.views();
      if (Object.keys(views).length > 0) sightings.counts['views compared']++;
      return compareViews(claims, this.course.placed, views);
    }
    sightings.counts['invariants held']++;
    for (const map of this.#seen.maps) {
      for (let n = 0; n < map.length; n++) {
        if (map[n] === 0) sightings.counts['map bit 0']++;
        else sightings.counts['map bit 1']++;
      }
    }
    return refuteAll(this.#seen)[0];
  }

  /** Carries out one operation and judges what came of it. Where a slot holds nothing, freeing it asks nothing of the subject. */
  step(operation: Operation): Finding | undefined {
    const before = this.course.state;
    const command = this.course.commandOf(operation);
    this.done.push(operation);
    if (command === undefined) return undefined;
    const result = this.#perform(command);
    const answered = this.course.absorb(operation, result, command);
    const counterexample = answered ?? this.#compare();
    if (counterexample === undefined) return undefined;
    const after = answered === undefined ? this.course.state : this.course.reached(operation, result);
    return refutedBy(counterexample, fixed(this.#case, this.done, false), { state: before, operation, result, after });
  }

  steps(operations: readonly Operation[]): Finding | undefined {
    for (const operation of operations) {
      const finding = this.step(operation);
      if (finding !== undefined) return finding;
    }
    return undefined;
  }

  /** Empties the arena and drains it; what it granted of each order, or what went wrong. */
  drain(): Yield | Finding {
    this.done = this.done.slice();
    const wrong = this.steps(emptying(this.course));
    if (wrong !== undefined) return wrong;
    const before = [...this.course.grants];
    for (const at of descending(this.course.state.arena)) {
      const finding = this.steps(drainingOrder(this.course.state, at));
      if (finding !== undefined) return finding;
    }
    this.#context.sightings.counts['drained arena']++;
    return yieldSince(before, this.course.grants);
  }
}

const isFinding = (result: Yield | Finding): result is Finding => 'what' in result;

/** Frames that a subject hands out, found by asking for single frames until it refuses. */
function probe(subject: LiveSubject, { base, pages }: Shape): readonly Run[] {
  const granted = new Array<boolean>(pages).fill(false);
  for (let n = 0; n <= pages; n++) {
    const result = subject.allocate(ORDER_0);
    if (result.kind !== 'granted') break;
    if (result.head >= base && result.head < base + pages) granted[result.head - base] = true;
  }
  return runsOf(base, granted);
}

/** Opens an arena, probing it where the subject asks for that. */
function open(subject: LiveSubject, context: Context, of: Case): Arena | Finding | undefined {
  const opened = subject.open(of.shape);
  if (opened.kind === 'unsupported') return refuseArena(context, of.shape, opened.why);
  if (opened.kind === 'failed') {
    const facts = [`the arena failed: ${show(opened.why)}`, 'a shape can be made, or be unsupported'] as const;
    return refutedBy({ clause: 'USE-2', place: 'arena', facts }, fixed(of, [], false));
  }
  let usable = opened.usable;
  if (usable === 'probe') {
    usable = probe(subject, of.shape);
    subject.open(of.shape);
  }
  const arena = enter(context, of.shape, usable);
  return 'clause' in arena ? refutedBy(arena, fixed(of, [], false)) : arena;
}

/** What a fresh arena of the case's shape grants when drained; found once for each shape. */
function freshYield(subject: LiveSubject, context: Context, of: Case, arena: Arena): Yield | Finding {
  const key = shapeKey(of.shape);
  const known = context.yields.get(key);
  if (known !== undefined) return known;
  const run = new LiveRun(subject, { ...context, sightings: new Sightings(), done: [] }, of, arena);
  const fresh = run.drain();
  if (!isFinding(fresh)) context.yields.set(key, fresh);
  subject.open(of.shape);
  return fresh;
}

/** Carries out a case on a subject in this process; undefined where nothing was wrong. */
export function driveLive(subject: LiveSubject, context: Context, of: Case): Finding | undefined {
  const arena = open(subject, context, of);
  if (arena === undefined || 'what' in arena) return arena;
  const fresh = of.drain ? freshYield(subject, context, of, arena) : undefined;
  if (fresh !== undefined && isFinding(fresh)) return fresh;

  const run = new LiveRun(subject, context, of, arena);
  for (const intent of of.script) {
    const operation = intent.kind === 'misuse' ? run.course.resolve(intent) : intent;
    if (operation === undefined) continue;
    if (operation.kind === 'free-frame' && !run.course.mayFree(operation.head, operation.order)) {
      leaveOut(context, operation);
      continue;
    }
    const finding = run.step(operation);
    if (finding !== undefined) return finding;
  }
  const scripted = run.done.length;
  const broken = run.invariants();
  if (broken !== undefined) return refutedBy(broken, fixed(of, run.done, false));
  if (fresh === undefined) return undefined;

  const used = run.drain();
  if (isFinding(used)) return used;
  const changed = compareYields(used, fresh);
  return changed === undefined ? undefined : refutedBy(changed, fixed(of, run.done.slice(0, scripted), true));
}
