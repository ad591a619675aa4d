/** Goes through every interleaving of two callers, up to steps whose order nobody can see. */

import { access, isQuiet, keyOf, learnt, move, movesOf, processorOf, wrongZone } from './state.ts';
import { conflict } from './run/access.ts';
import type { Access } from './run/access.ts';
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

/** What a caller does that goes on alone: its accesses until it sleeps, its call ends, or its code stops. */
interface Lone {
  readonly accesses: readonly Access[];
  readonly answered: boolean;
}

function goAlone(from: Step, words: number[]): Lone {
  const accesses: Access[] = [];
  let step = from;
  while (step.access !== undefined) {
    accesses.push(step.access);
    const found = access(words, step.access);
    if (step.access.kind === 'sleep' && found === step.access.value) return { accesses, answered: false };
    step = step.after(learnt(step.access, found));
  }
  return { accesses, answered: step.end?.kind === 'answered' };
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

/** Finds steps that can be taken before anything else. */
class Reduction {
  readonly #world: World;
  /** By processor: the words that it alone reads and writes. */
  readonly #own: readonly ReadonlySet<number>[];
  /** The words of locks and processors: what callers do that wait for a lock depends on these alone. */
  readonly #waiting: readonly number[];
  readonly #waits: ReadonlySet<number>;
  readonly #alone = new Map<string, Lone>();

  constructor(world: World) {
    this.#world = world;
    const wordsOf = (name: string): readonly number[] =>
      world.calls.site.parts
        .filter((part) => part.name.startsWith(name))
        .flatMap(({ shared }) => Array.from({ length: shared.length }, (_, n) => shared.first + n));
    this.#own = [0, 1].map((processor) => new Set(wordsOf(`processor ${processor}`)));
    this.#waiting = [...wordsOf('lock'), ...wordsOf('processor')];
    this.#waits = new Set(this.#waiting);
  }

  /** Returns what a caller does alone; it is worked out once for the same step and the same locks, if it touches nothing else. */
  #lone(from: Step, words: readonly number[]): Lone {
    let key = `${from.id}`;
    for (const word of this.#waiting) key += ` ${words[word] ?? 0}`;
    const known = this.#alone.get(key);
    if (known !== undefined) return known;
    const lone = goAlone(from, words.slice());
    if (lone.accesses.every(({ word }) => this.#waits.has(word))) this.#alone.set(key, lone);
    return lone;
  }

  /**
   * Reports whether a caller's next step can be taken before anything else: nothing that the other may do before it conflicts with
   * it (a persistent set of one). That one call was answered before another was made can be seen too, so a step that ends
   * a call conflicts with one that begins a call.
   */
  #comesFirst({ words, callers }: State, caller: 0 | 1, moves: readonly Move[]): boolean {
    const other = caller === 0 ? 1 : 0;
    const { step } = callers[caller];
    const one = step?.access;
    if (step === undefined || one === undefined) return false;
    const rest = callers[other];
    if (rest.asleep) return true;
    const ends = step.after(learnt(one, words[one.word] ?? 0)).end !== undefined && one.kind !== 'sleep';
    if (ends && rest.left > 0) return false;
    if (this.#own[caller]?.has(one.word) === true) return true;
    const left = rest.step === undefined ? rest.left - 1 : rest.left;
    return alone(this.#world, other, rest, moves).every((from) => {
      const { accesses, answered } = this.#lone(from, words);
      return !(answered && left > 0) && !accesses.some((each) => conflict(one, each));
    });
  }

  /** Returns moves of which one may be taken first, so that taking the others first instead leads to nothing else. */
  chosen(state: State, moves: readonly Move[]): readonly Move[] {
    if (this.#world.callers !== 'two processors' || moves.length < 2) return moves;
    const first = moves.find(({ caller, command }) => command === undefined && this.#comesFirst(state, caller, moves));
    return first === undefined ? moves : [first];
  }
}

class Exploration {
  readonly #world: World;
  readonly #reduction: Reduction;
  readonly #countWords: readonly number[];
  /** By state: the number of interleavings from there on. */
  readonly #met = new Map<string, bigint>();
  readonly #quiet = new Map<string, number>();
  steps = 0;

  constructor(world: World) {
    this.#world = world;
    this.#reduction = new Reduction(world);
    this.#countWords = world.calls.site.parts
      .filter(({ name }) => name === 'counters')
      .map(({ shared }) => shared.first);
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
      const few = this.#reduction.chosen(state, moves);
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
    const count = this.#countWords.map((word) => state.words[word] ?? 0).join();
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

/** Returns what was gone through from several starts. */
export const sumOf = (tallies: readonly Tally[]): Tally =>
  tallies.reduce(
    (sum, one): Tally => ({
      branchings: sum.branchings + one.branchings,
      steps: sum.steps + one.steps,
      interleavings: sum.interleavings + one.interleavings,
      quiet: sum.quiet + one.quiet,
    }),
    { branchings: 0, steps: 0, interleavings: 0n, quiet: 0 },
  );
