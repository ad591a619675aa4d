/** Goes through every interleaving of two callers, up to steps whose order nobody can see. */

import { access, isQuiet, keyOf, learnt, move, movesOf, processorOf, wrongZone } from './state.ts';
import { conflict } from './run/access.ts';
import type { Access } from './run/access.ts';
import type { Calls } from './calls.ts';
import type { Caller, Move, State, World, Wrong } from './state.ts';
import type { Step } from './steps.ts';

/** What was gone through. */
export interface Tally {
  /** States in which more than one step may come next. */
  readonly branchings: number;
  readonly steps: number;
  /** Interleavings, those that differ only in steps whose order nobody can see counted once. */
  readonly interleavings: bigint;
  /** States in which no caller is in a call; the zone was compared completely in each. */
  readonly quiet: number;
}

/** Thrown at the first state or step that is wrong. */
export class Refuted extends Error {
  readonly wrong: Wrong;

  constructor(wrong: Wrong) {
    super(wrong.what);
    this.wrong = wrong;
  }
}

/** Carries on one caller's call alone. Reports whether it meets a step that conflicts with an access before it blocks or ends for good. */
function meets(from: Step, words: Int32Array, left: number, against: Access): boolean {
  let step = from;
  for (;;) {
    if (step.access === undefined) return step.end?.kind === 'answered' && left > 0;
    if (conflict(against, step.access)) return true;
    const found = access(words, step.access);
    if (step.access.kind === 'sleep' && found === step.access.value) return false;
    step = step.after(learnt(step.access, found));
  }
}

/** Reports whether a word belongs to one processor alone: nobody else reads or writes it. */
function isOwn({ site }: Calls, processor: number, word: number): boolean {
  const part = site.parts.find(({ name }) => name === `processor ${processor}`);
  return part !== undefined && word >= part.shared.first && word < part.shared.first + part.shared.length;
}

/** The steps with which a caller may go on alone: that of its call, or the first of each call that it may begin. */
function alone(world: World, caller: 0 | 1, { step }: Caller, moves: readonly Move[]): readonly Step[] {
  if (step !== undefined) return [step];
  return moves.flatMap((one) =>
    one.caller === caller && one.command !== undefined
      ? [world.calls.first(processorOf(world, caller), one.command)]
      : [],
  );
}

/**
 * Reports whether a caller's next step can be taken before anything else: nothing that the other may do before it conflicts with it
 * (a persistent set of one). That one call was answered before another was made can be seen too, so a step that ends a
 * call conflicts with one that begins a call.
 */
function comesFirst(world: World, { words, callers }: State, caller: 0 | 1, moves: readonly Move[]): boolean {
  const other = caller === 0 ? 1 : 0;
  const { step } = callers[caller];
  const one = step?.access;
  if (step === undefined || one === undefined) return false;
  const rest = callers[other];
  if (rest.asleep) return true;
  const ends = step.after(learnt(one, words[one.word] ?? 0)).end !== undefined && one.kind !== 'sleep';
  if (ends && rest.left > 0) return false;
  if (isOwn(world.calls, caller, one.word)) return true;
  return alone(world, other, rest, moves).every((from) => {
    const left = rest.step === undefined ? rest.left - 1 : rest.left;
    return !meets(from, words.slice(), left, one);
  });
}

/** Returns steps of which one may be taken first, so that taking the others first instead leads to nothing else. */
function chosen(world: World, state: State, moves: readonly Move[]): readonly Move[] {
  if (world.callers !== 'two processors' || moves.length < 2) return moves;
  const first = moves.find(({ caller, command }) => command === undefined && comesFirst(world, state, caller, moves));
  return first === undefined ? moves : [first];
}

class Exploration {
  readonly #world: World;
  readonly #countWord: number;
  /** By state: the number of interleavings from there on. */
  readonly #met = new Map<string, bigint>();
  readonly #quiet = new Map<string, number>();
  steps = 0;

  constructor(world: World) {
    this.#world = world;
    this.#countWord = world.calls.site.parts.find(({ name }) => name === 'counters')?.shared.first ?? 0;
  }

  get branchings(): number {
    return this.#met.size;
  }

  get quiet(): number {
    return this.#quiet.size;
  }

  /** Goes on from a state; returns the number of interleavings. */
  from(start: State): bigint {
    let state = start;
    for (;;) {
      const moves = movesOf(this.#world, state);
      if (moves.length === 0) return this.#end(state);
      const few = chosen(this.#world, state, moves);
      const [first] = few;
      if (first === undefined || few.length > 1) return this.#branch(state, few);
      state = this.#after(state, first);
    }
  }

  #branch(state: State, moves: readonly Move[]): bigint {
    const key = keyOf(state);
    const known = this.#met.get(key);
    if (known !== undefined) return known;
    const sum = moves.reduce((all, one) => all + this.from(this.#after(state, one)), 0n);
    this.#met.set(key, sum);
    return sum;
  }

  #end({ callers }: State): bigint {
    if (callers.every(({ step, left }) => step === undefined && left === 0)) return 1n;
    throw new Refuted({ kind: 'deadlock', what: 'deadlock: nobody can go on' });
  }

  #after(state: State, next: Move): State {
    this.steps++;
    const moved = move(this.#world, state, next);
    if (moved.kind === 'wrong') throw new Refuted(moved.wrong);
    this.#hold(moved.state);
    return moved.state;
  }

  /** Holds a state to the specification: the count of free pages at any time, all of the zone while no caller is in a call. */
  #hold(state: State): void {
    const count = state.words[this.#countWord] ?? 0;
    if (!state.possible.counts.has(count)) {
      throw new Refuted({
        kind: 'zone',
        what: `SMP-5: the count of free pages is ${count}, as after no order of the calls`,
      });
    }
    if (!isQuiet(state)) return;
    const key = keyOf(state);
    if (this.#quiet.has(key)) return;
    this.#quiet.set(key, 1);
    const wrong = wrongZone(this.#world, state);
    if (wrong !== undefined) throw new Refuted(wrong);
  }
}

/** Goes through all interleavings from a state. Throws `Refuted` at the first one that is wrong. @clause SMP-1 @clause SMP-5 */
export function explore({ world, state }: { readonly world: World; readonly state: State }): Tally {
  const exploration = new Exploration(world);
  const interleavings = exploration.from(state);
  const { branchings, steps, quiet } = exploration;
  return { branchings, steps, interleavings, quiet };
}
