/** What the list operations do, in place of their code: `links.ts` shows that the code does it. */

import { LISTS } from '../../front/files.ts';
import { FALSE, not } from '../../formula/formula.ts';
import { UNDEFINED, number } from '../../front/run/value.ts';
import { constant } from '../../formula/word.ts';
import { count } from './blocks.ts';
import { wordOf } from '../../front/run/coerce.ts';
import type { Call, Contract, Machine } from '../../front/run/machine.ts';
import type { Literal } from '../../formula/formula.ts';
import type { Size } from './blocks.ts';
import type { State } from '../../front/run/state.ts';
import type { Value } from '../../front/run/value.ts';
import type { Word, Words } from '../../formula/word.ts';

/** The arrays that stand in for the links: by page the list that it is on, or -1; by list its first page, or its head. */
export const ON = 'on';
export const FIRST = 'first';

/** Reports whether a word is what the first of a list must be: a page on it, or its head if no page is. */
export function isFirst(words: Words, { pages }: Size, order: number, word: Word, listed: readonly Literal[]): Literal {
  const { formulas } = words;
  const isEmpty = formulas.and(words.equal(word, constant(pages + order)), not(formulas.any(listed)));
  const chosen = words.select(
    listed.map((literal) => [literal]),
    word,
  );
  return formulas.or(isEmpty, formulas.and(words.isWithin(word, pages), chosen[0] ?? FALSE));
}

/** A page that was taken off its list, the lists before, and the page that is the first of that list if this one was. */
interface Deletion {
  readonly node: Word;
  readonly on: readonly Word[];
  readonly first: readonly Word[];
  readonly next: Word;
}

/** The contracts of the list operations, over the lists of one zone. */
export class ListContracts {
  /** What is supposed of the pages that become the first of a list. */
  readonly supposed: Literal[] = [];
  readonly deletions: Deletion[] = [];
  readonly #size: Size;
  readonly #name: string;

  /** `name`: what is unknown of the lists is called so. */
  constructor(size: Size, name = 'next') {
    this.#size = size;
    this.#name = name;
  }

  /** Carries out an operation on a list by its contract; any other call is left to its code. */
  readonly contract: Contract = (machine, call, state) => {
    if (call.method.module !== LISTS) return undefined;
    if (call.method.name === 'nextOf') return this.#nextOf(machine, call, state);
    if (call.method.name === 'listAdd') return this.#listAdd(machine, call, state);
    return call.method.name === 'listDel' ? this.#listDel(machine, call, state) : undefined;
  };

  #must(machine: Machine, { at }: Call, state: State, holds: Literal): void {
    machine.oblige('a contract is not met', at, state, not(holds));
  }

  /** Returns the order of the list that a node is the head of; that it is one is an obligation. */
  #orderOf(machine: Machine, call: Call, state: State, head: Word): Word {
    const order = machine.words.subtract(head, constant(this.#size.pages)).word;
    this.#must(machine, call, state, machine.words.isWithin(order, this.#size.orders));
    return order;
  }

  #given(machine: Machine, { values, at }: Call, state: State, n: number): Word {
    return wordOf(machine, values[n] ?? UNDEFINED, state, at);
  }

  #array(state: State, name: string): readonly Word[] {
    return state.heap.get(name) ?? [];
  }

  #nextOf(machine: Machine, call: Call, state: State): Value {
    const order = this.#orderOf(machine, call, state, this.#given(machine, call, state, 0));
    return number(machine.words.select(this.#array(state, FIRST), order));
  }

  #listAdd(machine: Machine, call: Call, state: State): Value {
    const { words } = machine;
    const node = this.#given(machine, call, state, 0);
    const order = this.#orderOf(machine, call, state, this.#given(machine, call, state, 1));
    this.#must(machine, call, state, words.isWithin(node, this.#size.pages));
    const on = this.#array(state, ON);
    this.#must(machine, call, state, words.equal(words.select(on, node), constant(-1)));
    state.setArray(ON, words.store(on, node, order));
    state.setArray(FIRST, words.store(this.#array(state, FIRST), order, node));
    return UNDEFINED;
  }

  /** If the first of a list is taken off, some other page on it is the first, or its head if there is none. */
  #listDel(machine: Machine, call: Call, state: State): Value {
    const { words } = machine;
    const { formulas } = words;
    const node = this.#given(machine, call, state, 0);
    this.#must(machine, call, state, words.isWithin(node, this.#size.pages));
    const was = words.select(this.#array(state, ON), node);
    this.#must(machine, call, state, not(words.isNegative(was)));
    const [listed, first] = [this.#array(state, ON), this.#array(state, FIRST)];
    const on = words.store(listed, node, constant(-1));
    state.setArray(ON, on);
    const width = Math.ceil(Math.log2(this.#size.pages + this.#size.orders));
    const next = words.variable(`${this.#name}${this.deletions.length}`, width, false);
    this.deletions.push({ node, on: listed, first, next });
    const firsts = first.map((its, order) => {
      const isTaken = formulas.and(words.equal(was, constant(order)), words.equal(its, node));
      const left = onList(words, on, order);
      const supposed = formulas.implies(isTaken, isFirst(words, this.#size, order, next, left));
      this.supposed.push(formulas.implies(state.reached, supposed));
      return words.choice(isTaken, next, its);
    });
    state.setArray(FIRST, firsts);
    return UNDEFINED;
  }
}

/** Returns the lists in which a word is the order, as literals by page. */
export const onList = (words: Words, on: readonly Word[], order: number): readonly Literal[] =>
  count(on.length).map((page) => words.equal(on[page] ?? constant(-1), constant(order)));
