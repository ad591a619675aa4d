/** A state of the form while it is carried out: what was decided on the way, the variables, and the arrays. */

import { FALSE } from '../../formula/formula.ts';
import { merged } from './value.ts';
import type { Literal } from '../../formula/formula.ts';
import type { Value } from './value.ts';
import type { Word, Words } from '../../formula/word.ts';

/** The elements of each array, by the array's name. */
export type Heap = ReadonlyMap<string, readonly Word[]>;

export class State {
  /** Whether the code gets here. FALSE: it does not, and nothing here counts. */
  reached: Literal;
  variables: ReadonlyMap<string, Value>;
  heap: Heap;

  constructor(reached: Literal, variables: ReadonlyMap<string, Value>, heap: Heap) {
    this.reached = reached;
    this.variables = variables;
    this.heap = heap;
  }

  isDead(): boolean {
    return this.reached === FALSE;
  }

  /** Returns a copy that is reached if a condition holds too. */
  under(words: Words, condition: Literal): State {
    return new State(words.formulas.and(this.reached, condition), this.variables, this.heap);
  }

  assign(name: string, value: Value): void {
    this.variables = new Map(this.variables).set(name, value);
  }

  setArray(name: string, elements: readonly Word[]): void {
    this.heap = new Map(this.heap).set(name, elements);
  }

  become({ reached, variables, heap }: State): void {
    this.reached = reached;
    this.variables = variables;
    this.heap = heap;
  }
}

function mergedHeaps(words: Words, when: Literal, one: Heap, other: Heap): Heap {
  if (one === other) return one;
  const heap = new Map<string, readonly Word[]>();
  for (const [name, left] of one) {
    const right = other.get(name) ?? left;
    heap.set(name, left === right ? left : left.map((word, at) => words.choice(when, word, right[at] ?? word)));
  }
  return heap;
}

function mergedVariables(words: Words, when: Literal, one: State, other: State): ReadonlyMap<string, Value> {
  if (one.variables === other.variables) return one.variables;
  const variables = new Map<string, Value>();
  for (const [name, left] of one.variables) {
    const right = other.variables.get(name);
    if (right !== undefined) variables.set(name, merged(words, when, left, right));
  }
  return variables;
}

/** Returns the state that is one or the other of two, of which at most one is reached. Names that one alone has are gone. */
export function joined(words: Words, one: State, other: State): State {
  if (one.isDead()) return other;
  if (other.isDead()) return one;
  const when = one.reached;
  return new State(
    words.formulas.or(one.reached, other.reached),
    mergedVariables(words, when, one, other),
    mergedHeaps(words, when, one.heap, other.heap),
  );
}

/** Returns the state that is one of several, of which at most one is reached; a dead one if there is none. */
export const joinedAll = (words: Words, states: readonly State[]): State =>
  states.reduce((sum, state) => joined(words, state, sum), new State(FALSE, new Map(), new Map()));
