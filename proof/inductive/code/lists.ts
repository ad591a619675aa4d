/** Links in one array that are lists. */

import { constant } from '../../formula/word.ts';
import { count } from './blocks.ts';
import { not } from '../../formula/formula.ts';
import type { Goal } from './question.ts';
import type { Literal } from '../../formula/formula.ts';
import type { Size } from './blocks.ts';
import type { Word, Words } from '../../formula/word.ts';

/** Links, and what says that they are lists: by page the list that it is on, or -1, and a rank that grows along the list. */
export interface Lists {
  readonly links: readonly Word[];
  readonly on: readonly Word[];
  readonly rank: readonly Word[];
}

/** More than any rank, and less than any. */
const BEYOND = 2 ** 20;

export const widthOf = (most: number): number => Math.ceil(Math.log2(most + 1));

/** Where links lead, and what is there. */
class Neighbours {
  readonly #words: Words;
  readonly #size: Size;
  readonly #links: readonly Word[];
  readonly #list: readonly Word[];
  readonly #rank: readonly Word[];

  constructor(words: Words, size: Size, { links, on, rank }: Lists) {
    this.#words = words;
    this.#size = size;
    this.#links = links;
    this.#list = [...on, ...count(size.orders).map((order) => constant(order))];
    this.#rank = rank;
  }

  /** Returns the link of a node: 0 for the next node, 1 for the previous. */
  link(node: Word, which: 0 | 1): Word {
    const at = this.#words.add(this.#words.multiply(node, constant(2)).word, constant(which)).word;
    return this.#words.select(this.#links, at);
  }

  /** Reports whether a node is one, and on the list of an order. */
  isOn(node: Word, order: Word): Literal {
    const is = this.#words.isWithin(node, this.#size.pages + this.#size.orders);
    return this.#words.formulas.and(is, this.#words.equal(this.#words.select(this.#list, node), order));
  }

  /** Returns the rank of a node; that of a head is given. */
  rank(node: Word, head: number): Word {
    return this.#words.select([...this.#rank, ...count(this.#size.orders).map(() => constant(head))], node);
  }
}

/** Returns what makes links lists: neighbours are on one list, each is the other's neighbour, and ranks grow. @clause LIST-2 */
export function areLists(words: Words, size: Size, lists: Lists): readonly Goal[] {
  const { formulas } = words;
  const beside = new Neighbours(words, size, lists);
  const ofPages = count(size.pages).flatMap((page): readonly Goal[] => {
    const [here, order, at] = [constant(page), lists.on[page] ?? constant(-1), lists.rank[page] ?? constant(0)];
    const [after, before] = [beside.link(here, 0), beside.link(here, 1)];
    const isOff = words.equal(order, constant(-1));
    const cleared = formulas.and(words.equal(after, constant(-1)), words.equal(before, constant(-1)));
    const [above, below] = [words.less(at, beside.rank(after, BEYOND)), words.less(beside.rank(before, -BEYOND), at)];
    const forward = [beside.isOn(after, order), words.equal(beside.link(after, 1), here), above];
    const back = [beside.isOn(before, order), words.equal(beside.link(before, 0), here), below];
    return [
      { name: `page ${page} on no list has no links`, holds: formulas.implies(isOff, cleared) },
      { name: `the page after page ${page}`, holds: formulas.or(isOff, formulas.all(forward)) },
      { name: `the page before page ${page}`, holds: formulas.or(isOff, formulas.all(back)) },
    ];
  });
  const ofHeads = count(size.orders).map((order): Goal => {
    const head = constant(size.pages + order);
    const [after, before] = [beside.link(head, 0), beside.link(head, 1)];
    const on = [beside.isOn(after, constant(order)), beside.isOn(before, constant(order))];
    const answered = [words.equal(beside.link(after, 1), head), words.equal(beside.link(before, 0), head)];
    return { name: `the head of list ${order}`, holds: formulas.all([...on, ...answered]) };
  });
  return [...ofPages, ...ofHeads];
}

/** Links with unknown numbers, and what is supposed of them. */
export interface AnyLists extends Lists {
  readonly supposed: readonly Literal[];
}

/** Returns any links, and what is supposed of the unknown numbers in them. */
export function anyLists(words: Words, { pages, orders }: Size): AnyLists {
  const on = count(pages).map((page) => words.variable(`on${page}`, widthOf(orders) + 1, true));
  const rank = count(pages).map((page) => words.variable(`rank${page}`, widthOf(pages - 1), false));
  const width = widthOf(pages + orders - 1);
  const links = count(2 * (pages + orders)).map((at) => {
    const link = words.variable(`link${at}`, width, false);
    return at < 2 * pages ? words.choice(words.isNegative(on[at >> 1] ?? constant(-1)), constant(-1), link) : link;
  });
  const supposed = on.map((list) =>
    words.formulas.and(not(words.less(list, constant(-1))), words.less(list, constant(orders))),
  );
  return { links, on, rank, supposed };
}
