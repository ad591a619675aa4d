/** Goes through every interleaving of two callers, up to steps whose order nobody can see. */

import { RULES, Reduction } from './reduction/independent.ts';
import { choosingLate } from './reduction/late.ts';
import { countsOf } from './site.ts';
import { isQuiet, keyOf, move, movesOf, wrongZone } from './state.ts';
import type { Move, Moved, State, World, Wrong } from './state.ts';
import type { Rules } from './reduction/independent.ts';

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

/** How it is gone through, and what is done with what is met. */
export interface Way {
  /** What makes steps depend on each other; undefined if none is left out, and callers choose at once what they ask. */
  readonly rules: Rules | undefined;
  /** Takes what is wrong: nothing is gone through after it. */
  readonly wrong: (wrong: Wrong) => void;
  /** Takes each step. */
  readonly taken: (before: State, next: Move, moved: Moved) => void;
}

const REDUCED: Way = {
  rules: RULES,
  wrong: (wrong) => {
    throw new Refuted(wrong);
  },
  taken: () => undefined,
};

class Exploration {
  readonly #world: World;
  readonly #way: Way;
  readonly #reduction: Reduction | undefined;
  readonly #countWords: readonly number[];
  /** By state: the number of interleavings from there on. */
  readonly #met = new Map<string, bigint>();
  readonly #quiet = new Set<string>();
  steps = 0;

  constructor(world: World, way: Way) {
    this.#way = way;
    this.#world = way.rules === undefined ? world : choosingLate(world);
    this.#reduction = way.rules && new Reduction(this.#world, way.rules);
    this.#countWords = countsOf(world.calls.site);
  }

  get branchings(): number {
    return this.#met.size;
  }

  get quiet(): number {
    return this.#quiet.size;
  }

  /** Goes on from a state; returns the number of interleavings. */
  from(start: State): bigint {
    let state: State | undefined = start;
    while (state !== undefined) {
      const moves = movesOf(this.#world, state);
      if (moves.length === 0) return this.#end(state);
      const few: readonly Move[] = this.#reduction?.chosen(state, moves) ?? moves;
      const [first] = few;
      if (first === undefined || few.length > 1) return this.#branch(state, few);
      state = this.#after(state, first);
    }
    return 0n;
  }

  #branch(state: State, moves: readonly Move[]): bigint {
    const key = keyOf(state);
    const known = this.#met.get(key);
    if (known !== undefined) return known;
    const sum = moves.reduce((all, one) => {
      const next = this.#after(state, one);
      return next === undefined ? all : all + this.from(next);
    }, 0n);
    this.#met.set(key, sum);
    return sum;
  }

  #end({ callers }: State): bigint {
    if (callers.every(({ step, left }) => step === undefined && left === 0)) return 1n;
    this.#way.wrong({ kind: 'deadlock', what: 'deadlock: nobody can go on' });
    return 0n;
  }

  /** Returns the state after a move; undefined if something is wrong there. */
  #after(state: State, next: Move): State | undefined {
    this.steps++;
    const moved = move(this.#world, state, next);
    this.#reduction?.hold(moved.taken);
    this.#way.taken(state, next, moved);
    const wrong = moved.kind === 'wrong' ? moved.wrong : this.#wrongIn(moved.state);
    if (wrong !== undefined) this.#way.wrong(wrong);
    return moved.kind === 'wrong' || wrong !== undefined ? undefined : moved.state;
  }

  /** Holds a state to the specification: the count of free pages at any time, all of the zone while no caller is in a call. */
  #wrongIn(state: State): Wrong | undefined {
    const count = this.#countWords.map((word) => state.words[word] ?? 0).join();
    if (!state.possible.counts.has(count)) {
      return { kind: 'zone', what: `SMP-5: the count of free pages is ${count}, as after no order of the calls` };
    }
    if (!isQuiet(state)) return undefined;
    const key = keyOf(state);
    if (this.#quiet.has(key)) return undefined;
    this.#quiet.add(key);
    return wrongZone(this.#world, state);
  }
}

/** Goes through all interleavings from a state. Throws `Refuted` at the first one that is wrong. @clause SMP-1 @clause SMP-5 */
export function explore({ world, state }: { readonly world: World; readonly state: State }, way: Way = REDUCED): Tally {
  const exploration = new Exploration(world, way);
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
