/** Questions about the list operations: the code does what `contract.ts` says, on any links that are lists. */

import { FALSE, Formulas, TRUE, not } from '../../formula/formula.ts';
import { LINKS, areSame } from './state.ts';
import { Run } from '../../front/run/run.ts';
import { State } from '../../front/run/state.ts';
import { Words, constant } from '../../formula/word.ts';
import { UNDEFINED, number } from '../../front/run/value.ts';
import { count } from './blocks.ts';
import { isFirst, onList } from './contract.ts';
import { numberIn } from './draw.ts';
import { printPlace } from '../../front/form.ts';
import { subjectOf } from '../../front/subject.ts';
import { wordOf } from '../../front/run/coerce.ts';
import { wordsIn } from '../../front/run/reflect.ts';
import type { Goal, Question } from './question.ts';
import type { Heap } from '../../front/run/state.ts';
import type { Literal } from '../../formula/formula.ts';
import type { Program } from '../../front/program.ts';
import type { Size } from './blocks.ts';
import type { Subject } from '../../front/subject.ts';
import type { Value } from '../../front/run/value.ts';
import type { Word } from '../../formula/word.ts';
import type { ZoneShape } from '../../../src/index.ts';

export type ListOperation = 'nextOf' | 'prevOf' | 'listAdd' | 'listDel';
export const LIST_OPERATIONS: readonly ListOperation[] = ['nextOf', 'prevOf', 'listAdd', 'listDel'];

/** Links, and what says that they are lists: by page the list that it is on, or -1, and a rank that grows along the list. */
interface Lists {
  readonly links: readonly Word[];
  readonly on: readonly Word[];
  readonly rank: readonly Word[];
}

/** More than any rank, and less than any. */
const BEYOND = 2 ** 20;

const widthOf = (most: number): number => Math.ceil(Math.log2(most + 1));

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
function areLists(words: Words, size: Size, lists: Lists): readonly Goal[] {
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

/** Returns any links, and what is supposed of the unknown numbers in them. */
function anyLists(words: Words, { pages, orders }: Size): Lists & { readonly supposed: readonly Literal[] } {
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

/** What an operation on lists is given, and the lists before and after it. */
interface Called {
  readonly words: Words;
  readonly size: Size;
  readonly before: Lists;
  readonly links: readonly Word[];
  readonly node: Word;
  readonly order: Word;
  readonly result: Word;
}

const firstOf = ({ pages }: Size, links: readonly Word[], order: number): Word =>
  links[2 * (pages + order)] ?? constant(-1);

/** Returns, by page, whether it is on the list and no page on it has a smaller rank; for `prevOf`, a greater one. */
function ends({ words, before: { on, rank }, order }: Called, operation: ListOperation): readonly Literal[] {
  const { formulas } = words;
  const here = on.map((list) => words.equal(list, order));
  return rank.map((its, page) => {
    const beyond = rank.map((other, at) =>
      formulas.and(here[at] ?? FALSE, operation === 'nextOf' ? words.less(other, its) : words.less(its, other)),
    );
    return formulas.and(here[page] ?? FALSE, not(formulas.any(beyond)));
  });
}

/** Returns that a list with a page has one of least, and one of greatest rank: it has finitely many. This is supposed, not shown. */
const hasEnd = (called: Called, operation: ListOperation): Literal =>
  called.words.formulas.implies(
    called.words.formulas.any(called.before.on.map((list) => called.words.equal(list, called.order))),
    called.words.formulas.any(ends(called, operation)),
  );

/**
 * Returns the goals of `nextOf` and `prevOf`: of a head they give a page on its list, or the head if the list is empty. First
 * comes, for each page, that the head is not given if this page is at the end; the rest may suppose it.
 */
function endGoals(called: Called, operation: ListOperation): readonly Goal[] {
  const { words, size, before, result, order } = called;
  const { formulas } = words;
  const head = words.add(order, constant(size.pages)).word;
  const isHead = words.equal(result, head);
  const shown = ends(called, operation).map((end, page): Goal => ({
    name: `the list is not empty if page ${page} is at its end`,
    holds: not(formulas.and(end, isHead)),
  }));
  const supposed = formulas.all(shown.map(({ holds }) => holds));
  const right = count(size.orders).map((list): Goal => {
    const is = isFirst(words, size, list, result, onList(words, before.on, list));
    const given = formulas.and(supposed, words.equal(order, constant(list)));
    return { name: `the end of list ${list}`, holds: formulas.implies(given, is) };
  });
  const at = words.add(words.multiply(head, constant(2)).word, constant(operation === 'nextOf' ? 0 : 1)).word;
  const link = words.equal(result, words.select(before.links, at));
  return [...shown, ...right, { name: 'it is the link of the head', holds: link }];
}

/** Returns the goals of `listAdd`: the page is first, and all else is as before, in the same order. @clause LIST-1 */
function addGoals({ words, size, before, links, node, order }: Called): readonly Goal[] {
  const after: Lists = {
    links,
    on: words.store(before.on, node, order),
    rank: words.store(before.rank, node, constant(-1)),
  };
  const firsts = count(size.orders).map((list): Goal => {
    const was = firstOf(size, before.links, list);
    const must = words.choice(words.equal(order, constant(list)), node, was);
    return { name: `the first of list ${list}`, holds: words.equal(firstOf(size, links, list), must) };
  });
  return [...areLists(words, size, after), ...firsts];
}

/** Returns the goals of `listDel`: the page is on no list, and all else is as before, in the same order. @clause LIST-1 */
function deleteGoals({ words, size, before, links, node }: Called): readonly Goal[] {
  const after: Lists = { links, on: words.store(before.on, node, constant(-1)), rank: before.rank };
  const firsts = count(size.orders).map((list): Goal => {
    const was = firstOf(size, before.links, list);
    const kept = words.formulas.or(words.equal(was, node), words.equal(firstOf(size, links, list), was));
    return { name: `the first of list ${list}, unless it was taken off`, holds: kept };
  });
  return [...areLists(words, size, after), ...firsts];
}

/** Draws links: a row for each node. */
function drawLinks(
  { size, before, links, node, order }: Called,
  operation: ListOperation,
  valueOf: (l: Literal) => boolean,
): string {
  const n = (word: Word): string => String(numberIn(word, valueOf)).padStart(5);
  const name = (at: number): string => (at < size.pages ? `page ${at}` : `list ${at - size.pages}`).padEnd(9);
  const rows = count(size.pages + size.orders).map((at) => {
    const [was, is] = [before.links, links].map((all) => `${n(all[2 * at] ?? [])}${n(all[2 * at + 1] ?? [])}`);
    return `  ${name(at)} before ${was ?? ''}   after ${is ?? ''}`;
  });
  return [`${operation}, page${n(node)}, list${n(order)}`, '  links: next, previous', ...rows].join('\n');
}

function argumentsOf(operation: ListOperation, node: Word, head: Word): readonly Value[] {
  if (operation === 'listAdd') return [number(node), number(head)];
  return [number(operation === 'listDel' ? node : head)];
}

function goalsOf(operation: ListOperation, called: Called): readonly Goal[] {
  if (operation === 'listAdd') return addGoals(called);
  return operation === 'listDel' ? deleteGoals(called) : endGoals(called, operation);
}

/** Returns what is supposed of the arguments: a page that is on a list, or on none; the head of a list. */
function precondition(operation: ListOperation, called: Called): readonly Literal[] {
  const { words, size, before, node, order } = called;
  const isOff = words.isNegative(words.select(before.on, node));
  const both = [words.isWithin(node, size.pages), words.isWithin(order, size.orders)];
  if (operation === 'listAdd') return [...both, isOff];
  if (operation === 'listDel') return [...both, not(isOff)];
  return [...both, hasEnd(called, operation)];
}

/** Returns what must hold of an operation on any lists of a zone. */
export function listQuestion(program: Program, shape: ZoneShape, operation: ListOperation): Question {
  const formulas = new Formulas();
  const words = new Words(formulas);
  const subject = subjectOf(program, words, shape);
  const size: Size = { pages: shape.pages, orders: shape.orders, offset: subject.zone.offset };
  const before = anyLists(words, size);
  const node = words.variable('node', widthOf(size.pages - 1), false);
  const order = words.variable('list', widthOf(size.orders), false);
  const head = words.add(order, constant(size.pages)).word;
  const heap: Heap = new Map([...wordsIn(subject.arrays), [LINKS, before.links]]);
  const run = new Run({ program, words, widths: subject.widths, rounds: 0 });
  const state = new State(TRUE, new Map(), heap);
  const answer = callZone(run, subject, state, operation, argumentsOf(operation, node, head));
  const result =
    answer.kind === 'number' ? answer.word : answer === UNDEFINED ? constant(0) : wordOf(run, answer, state, NOWHERE);
  const called: Called = { words, size, before, links: state.heap.get(LINKS) ?? [], node, order, result };
  const others = new Map([...heap].filter(([name]) => name !== LINKS));
  return {
    name: `${operation} of ${size.pages} pages and ${size.orders} lists`,
    formulas,
    hypotheses: [
      ...before.supposed,
      ...areLists(words, size, before).map(({ holds }) => holds),
      ...precondition(operation, called),
    ],
    goals: [
      ...run.obligations.map(({ duty, at, fails }) => ({ name: `${duty}: ${printPlace(at)}`, holds: not(fails) })),
      { name: 'the code comes to an end', holds: state.reached },
      { name: 'nothing but links changes', holds: areSame(words, others, state.heap) },
      ...goalsOf(operation, called),
    ],
    real: [],
    apart: true,
    draw: (valueOf) => drawLinks(called, operation, valueOf),
  };
}

const NOWHERE = { file: 'a caller', line: 0, text: '' };

function callZone(run: Run, { root }: Subject, state: State, name: string, values: readonly Value[]): Value {
  const method = root.kind === 'object' && root.form !== undefined ? run.program.method(root.form, name) : undefined;
  if (method === undefined) throw new Error(`the zone has no ${name} that can be read`);
  return run.invoke({ method, self: root, values, at: NOWHERE }, state);
}
