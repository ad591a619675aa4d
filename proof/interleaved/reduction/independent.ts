/**
 * Which steps can be taken before all others, as nobody can see their order.
 *
 * Steps of two processors are independent unless they conflict: by the words that they access in this state, which is looked at anew
 * in each, and not derived from what a lock is for. A caller's next step comes first if it conflicts with nothing that the other may
 * do before it: until the other sleeps, stops, or has made its last call (a persistent set). So each interleaving differs from one
 * that is gone through by exchanges of neighbours that are independent. In both, each caller learns the same and is answered the
 * same, and both end in one state. Nothing is put off for ever: a step is a node of a tree, so no state comes again.
 *
 * Such an exchange may put the end of a call before the beginning of another, never after it, as a beginning does not come first:
 * the call that begins later may take effect in fewer orders, so the answers are held to more.
 */

import { access, learnt, leftAfter, processorOf, stepOf } from '../state.ts';
import { conflict } from '../run/access.ts';
import { countsOf, waitingWords, wordsIn } from '../site.ts';
import type { Access } from '../run/access.ts';
import type { Move, State, Taken, World } from '../state.ts';
import type { Step } from '../steps.ts';

/** What makes steps of different processors depend on each other; another than `RULES` is one that is broken on purpose. */
export interface Rules {
  readonly conflict: (one: Access, other: Access) => boolean;
}

export const RULES: Rules = { conflict };

/** What a caller does that goes on alone: its accesses until it sleeps, its call ends, or its code stops. */
interface Lone {
  readonly accesses: readonly Access[];
  readonly answered: boolean;
}

const NOTHING: Lone = { accesses: [], answered: false };

const both = (one: Lone, other: Lone): Lone => ({
  accesses: [...one.accesses, ...other.accesses],
  answered: one.answered || other.answered,
});

/** Carries out a caller's steps until they part. Returns all that it may do, whichever call it is. */
function goAlone(from: Step, words: number[]): Lone {
  const accesses: Access[] = [];
  let step = from;
  while (step.access !== undefined) {
    accesses.push(step.access);
    const found = access(words, step.access);
    if (step.access.kind === 'sleep' && found === step.access.value) return { accesses, answered: false };
    step = step.after(learnt(step.access, found));
  }
  const rest = step.choices.map((choice) => goAlone(choice.step, words.slice())).reduce(both, NOTHING);
  return both({ accesses, answered: step.end?.kind === 'answered' }, rest);
}

/** Finds steps that can be taken before anything else. */
export class Reduction {
  readonly #world: World;
  readonly #rules: Rules;
  /** By processor: the words that it alone reads and writes. */
  readonly #own: readonly ReadonlySet<number>[];
  readonly #waiting: readonly number[];
  readonly #waits: ReadonlySet<number>;
  readonly #counts: ReadonlySet<number>;
  readonly #alone = new Map<string, Lone>();

  constructor(world: World, rules: Rules) {
    const { site } = world.calls;
    this.#world = world;
    this.#rules = rules;
    this.#own = [0, 1].map((processor) => new Set(wordsIn(site, `processor ${processor}`)));
    this.#waiting = waitingWords(site);
    this.#waits = new Set(this.#waiting);
    this.#counts = new Set(countsOf(site));
  }

  /** Returns the steps of which a caller takes one next: that of its call, or those of all that it may choose. */
  #nextOf(state: State, caller: 0 | 1, moves: readonly Move[]): readonly Step[] {
    return moves.filter((one) => one.caller === caller).map((one) => stepOf(this.#world, state, one));
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

  /** Reports whether a caller's next step can be taken before anything else, whichever call it chooses. */
  #comesFirst(state: State, caller: 0 | 1, moves: readonly Move[]): boolean {
    const other = caller === 0 ? 1 : 0;
    const rest = state.callers[other];
    if (state.callers[caller].step === undefined) return false;
    if (rest.asleep) return true;
    const steps = this.#nextOf(state, caller, moves).flatMap((step) => step.access ?? []);
    if (steps.every((one) => this.#isOwn(caller, one))) return true;
    const left = leftAfter(rest);
    return this.#nextOf(state, other, moves).every((from) => {
      const { accesses, answered } = this.#lone(from, state.words);
      if (answered && (left > 0 || steps.some((one) => this.#isCounted(one)))) return false;
      return !steps.some((one) => accesses.some((each) => this.#rules.conflict(one, each)));
    });
  }

  /** Reports whether a step changes a count of free pages, which is held to the calls that were answered so far. */
  #isCounted({ kind, word }: Access): boolean {
    return kind !== 'read' && this.#counts.has(word);
  }

  #isOwn(caller: 0 | 1, { word }: Access): boolean {
    return this.#own[processorOf(this.#world, caller)]?.has(word) === true;
  }

  /** Throws if a step that was taken is at a word of another processor, as then such words are nobody's own. */
  hold({ caller, access: { word } }: Taken): void {
    const other = 1 - processorOf(this.#world, caller);
    if (this.#own[other]?.has(word) === true) throw new Error('a processor is at a word of another');
  }

  /** Returns moves of which one may be taken first, so that taking the others first instead leads to nothing else. */
  chosen(state: State, moves: readonly Move[]): readonly Move[] {
    if (this.#world.callers !== 'two processors' || moves.length < 2) return moves;
    for (const caller of [0, 1] as const) {
      const mine = moves.filter((one) => one.caller === caller);
      if (mine.length > 0 && mine.length < moves.length && this.#comesFirst(state, caller, moves)) return mine;
    }
    return moves;
  }
}
