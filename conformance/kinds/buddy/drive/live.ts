/** Carries out a case on a buddy allocator in this process: everything is compared after every operation. */
import { BUDDY_SIGHTS } from '../sights.ts';
import { Comparison } from '../compare/zone.ts';
import { Coverage } from '../../../judge/coverage.ts';
import { placementOf } from '../compare/place.ts';
import {
  arenaFailed,
  chosen,
  enter,
  fixed,
  isPassedOver,
  momentOf,
  oracleOf,
  refuseArena,
  refuteReopened,
} from './opened.ts';
import { compareReported, refuteNonsense } from '../compare/reported.ts';
import {
  compareYields,
  descending,
  drainingOrder,
  emptying,
  isYield,
  keepYield,
  shapeKey,
  yieldKnown,
  yieldSince,
} from './drain.ts';
import { order } from '../../../unit.ts';
import { refuteAll } from '../../../../invariants/index.ts';
import { refutedBy } from '../../../judge/finding.ts';
import { runsOf } from './arena.ts';
import type { Arena, Counterexample, Observation, Run } from '../../../../protocol/index.ts';
import type { Case, FixedCase, Operation, Request, Result, Shape } from '../case.ts';
import type { Context, Step } from './opened.ts';
import type { Oracle } from '../oracle.ts';
import type { Finding } from '../../../judge/finding.ts';
import type { LiveBuddy } from '../port.ts';
import type { Drained } from './drain.ts';

/**
 * Operations between two checks of all invariants, or as many as there are pages; they are checked at the end of each case too. Few
 * are enough: each word is held against the specification after each operation, and what invariants say follows from those.
 */
const INVARIANTS_EVERY = 512;

/** Most operations between two looks at the clock; fewer in an arena of more frames than 64, as an operation costs as much as it has. */
const LOOK_EVERY = 256;

const ORDER_0 = order(0);

/** One case in this process. */
class LiveRun {
  readonly oracle: Oracle;
  /** Operations carried out. Those of the drain are not the case's own, and go on a copy. */
  done: Operation[] = [];
  readonly #buddy: LiveBuddy;
  readonly #context: Context;
  readonly #case: Case;
  readonly #seen: Observation | undefined;
  readonly #comparison = new Comparison();
  readonly #checkEvery: number;
  readonly #lookEvery: number;
  #untilWhole: number;

  constructor(buddy: LiveBuddy, context: Context, of: Case, arena: Arena) {
    this.#buddy = buddy;
    this.#context = context;
    this.#case = of;
    this.#checkEvery = Math.max(INVARIANTS_EVERY, arena.pages);
    this.#untilWhole = this.#checkEvery;
    this.#lookEvery = Math.max(1, Math.floor((64 * LOOK_EVERY) / Math.max(64, arena.pages)));
    this.oracle = oracleOf(context, arena);
    this.#seen = placementOf(context.claims) === undefined ? undefined : buddy.observation();
  }

  /** Returns a list in parts; the clock is looked at before each. */
  parts<T>(list: readonly T[]): readonly (readonly T[])[] {
    const [count, size] = [Math.ceil(list.length / this.#lookEvery), this.#lookEvery];
    return Array.from({ length: count }, (_, n) => list.slice(n * size, (n + 1) * size));
  }

  /** Reports whether the time is up. */
  get isCut(): boolean {
    return this.#context.budget.isSpent;
  }

  #perform(command: Request): Result {
    if (command.kind === 'allocate') return this.#buddy.allocate(command.order, command.within);
    if (command.kind === 'free') return this.#buddy.free(command.head, command.order);
    return this.#performOptional(command) ?? { kind: 'nonsense', token: 'nothing' };
  }

  #performOptional(command: Exclude<Request, { kind: 'allocate' | 'free' }>): Result | undefined {
    switch (command.kind) {
      case 'resize':
        return this.#buddy.resize?.(command.pages);
      case 'allocate-frames':
        return this.#buddy.allocateFrames?.(command.frames, command.align);
      case 'free-frames':
        return this.#buddy.freeFrames?.(...command.run);
      case 'free-blocks':
        return this.#buddy.freeAll?.(command.blocks);
    }
  }

  #compare(): Counterexample | undefined {
    const { counts } = this.#context.coverage;
    if (this.#seen === undefined) return undefined;
    counts['zone compared']++;
    if (--this.#untilWhole === 0) return this.#compareWhole(this.#seen);
    return this.#comparison.compare(this.oracle.placed, this.#seen, this.oracle.touched);
  }

  #compareWhole(seen: Observation): Counterexample | undefined {
    this.#untilWhole = this.#checkEvery;
    return this.#comparison.compare(this.oracle.placed, seen, 'all') ?? this.invariants();
  }

  /** Checks all invariants, or what the subject shows of itself. */
  invariants(): Counterexample | undefined {
    const { coverage } = this.#context;
    if (this.#seen === undefined) {
      const reported = this.#buddy.views();
      if (Object.keys(reported).length > 0) coverage.counts['views compared']++;
      const wrong =
        refuteNonsense(reported) ??
        compareReported(this.oracle.claims, this.oracle.placed, reported, this.#context.without);
      if (wrong === undefined) this.#context.witness?.(this.oracle.state, reported);
      return wrong;
    }
    coverage.counts['invariants held']++;
    for (const map of this.#seen.maps) {
      for (let n = 0; n < map.length; n++) {
        if (map[n] === 0) coverage.counts['map bit 0']++;
        else coverage.counts['map bit 1']++;
      }
    }
    this.#context.witness?.(this.oracle.state, this.#seen);
    return refuteAll(this.#seen).find((one) => !isPassedOver(this.#context, one));
  }

  /** Carries out one operation and judges what came of it. Freeing a slot that holds nothing asks nothing of the subject. */
  step(operation: Operation): Finding<FixedCase> | undefined {
    const before = this.oracle.state;
    const command = this.oracle.commandOf(operation);
    this.done.push(operation);
    if (command === undefined) {
      this.oracle.absorb(operation, { kind: 'done' }, command);
      return undefined;
    }
    const result = this.#perform(command);
    const answered = this.oracle.absorb(operation, result, command);
    if (answered !== undefined) {
      if (this.#seen === undefined && isPassedOver(this.#context, answered) && this.oracle.accept(operation, result))
        return undefined;
      return this.#refuted(answered, {
        state: before,
        operation,
        result,
        after: this.oracle.reached(operation, result),
      });
    }
    const shown = this.#compare();
    if (shown === undefined) return undefined;
    return this.#refuted(shown, { state: before, operation, result, after: this.oracle.state });
  }

  #refuted(counterexample: Counterexample, step: Step): Finding<FixedCase> {
    const history = { operations: this.done, grants: this.oracle.slots.granted() };
    return refutedBy(counterexample, fixed(this.#case, this.done, false), momentOf({ ...step, history }));
  }

  /** Carries out some; what went wrong, or that the time was up before their end. */
  steps(operations: readonly Operation[]): Finding<FixedCase> | 'cut' | undefined {
    for (const part of this.parts(operations)) {
      if (this.isCut) return 'cut';
      for (const operation of part) {
        const finding = this.step(operation);
        if (finding !== undefined) return finding;
      }
    }
    return undefined;
  }

  /** Empties the arena and drains it; returns what it granted of each order, or what went wrong. */
  drain(): Drained {
    this.done = this.done.slice();
    const wrong = this.steps(emptying(this.oracle));
    if (wrong !== undefined) return wrong;
    const before = [...this.oracle.grants];
    for (const at of descending(this.oracle.state.arena)) {
      const finding = this.steps(drainingOrder(this.oracle.state, at));
      if (finding !== undefined) return finding;
    }
    this.#context.coverage.counts['drained arena']++;
    return yieldSince(before, this.oracle.grants);
  }
}

/** Returns the frames that a subject hands out, found by asking for single frames until it refuses. */
function probe(buddy: LiveBuddy, { base, pages }: Shape): readonly Run[] {
  const granted = new Array<boolean>(pages).fill(false);
  for (let n = 0; n <= pages; n++) {
    const result = buddy.allocate(ORDER_0);
    if (result.kind !== 'granted') break;
    if (result.head >= base && result.head < base + pages) granted[result.head - base] = true;
  }
  return runsOf(base, granted);
}

/** Opens an arena, and probes it if the subject asks for that. */
function open(buddy: LiveBuddy, context: Context, of: Case): Arena | Finding<FixedCase> | undefined {
  const opened = buddy.open(of.shape);
  if (opened.kind === 'unsupported') return refuseArena(context, of.shape, opened.why);
  if (opened.kind === 'failed') return arenaFailed(of, opened.why);
  const probed = opened.usable === 'probe';
  const arena = enter(context, of.shape, opened.usable === 'probe' ? probe(buddy, of.shape) : opened.usable);
  if ('clause' in arena) return refutedBy(arena, fixed(of, [], false));
  return (probed ? refuteReopened(context, of, arena, buddy.open(of.shape)) : undefined) ?? arena;
}

/** Returns what a fresh arena of the case's shape grants when it is drained; found once for each shape. */
function freshYield(buddy: LiveBuddy, context: Context, of: Case, arena: Arena): Drained {
  const key = shapeKey(of.shape);
  const known = yieldKnown(context.claims, arena) ?? context.yields.get(key);
  if (known !== undefined) return known;
  const unseen = { ...context, coverage: new Coverage(BUDDY_SIGHTS), watch: undefined, camera: undefined };
  const fresh = new LiveRun(buddy, unseen, of, arena).drain();
  if (!isYield(fresh)) return fresh;
  keepYield(context.yields, key, fresh);
  return refuteReopened(context, of, arena, buddy.open(of.shape)) ?? fresh;
}

/** Carries out a script; returns what went wrong, or whether the time was up before its end. */
function play(run: LiveRun, context: Context, of: Case): Finding<FixedCase> | 'cut' | undefined {
  for (const part of run.parts(of.script)) {
    if (run.isCut) return 'cut';
    for (const intent of part) {
      const isPlain = intent.kind === 'allocate' || intent.kind === 'free-slot';
      const finding = isPlain ? run.step(intent) : run.steps(chosen(run.oracle, context, intent));
      if (finding !== undefined) return finding;
    }
  }
  return undefined;
}

/** Carries out a case; returns what was wrong first, or nothing. */
export function driveLive(buddy: LiveBuddy, context: Context, of: Case): Finding<FixedCase> | undefined {
  const arena = open(buddy, context, of);
  if (arena === undefined || 'what' in arena) return arena;
  const fresh = of.drain ? freshYield(buddy, context, of, arena) : undefined;
  if (fresh === 'cut') return undefined;
  if (fresh !== undefined && !isYield(fresh)) return fresh;

  const run = new LiveRun(buddy, context, of, arena);
  const finding = play(run, context, of);
  if (finding === 'cut') return undefined;
  if (finding !== undefined) return finding;
  const scripted = run.done;
  const broken = run.invariants();
  if (broken !== undefined) return refutedBy(broken, fixed(of, run.done, false));
  if (fresh !== undefined) {
    const used = run.drain();
    if (used === 'cut') return undefined;
    if (!isYield(used)) return used;
    const changed = compareYields(used, fresh);
    if (changed !== undefined) return refutedBy(changed, fixed(of, scripted, true));
  }
  context.keep?.(fixed(of, scripted, of.drain));
  return undefined;
}
