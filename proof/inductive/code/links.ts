/** Questions about the list operations: the code does what `contract.ts` says, on any links that are lists. */

import { FALSE, Formulas, TRUE, not } from '../../formula/formula.ts';
import { LINKS, areSame } from './state.ts';
import { Run } from '../../front/run/run.ts';
import { State } from '../../front/run/state.ts';
import { Words, constant } from '../../formula/word.ts';
import { UNDEFINED, number } from '../../front/run/value.ts';
import { count } from './blocks.ts';
import { anyLists, areLists, widthOf } from './lists.ts';
import { isFirst, onList } from './contract.ts';
import { numberIn } from './draw.ts';
import { obligationsOf } from './question.ts';
import { subjectOf } from '../../front/subject.ts';
import { wordOf } from '../../front/run/coerce.ts';
import { wordsIn } from '../../front/run/reflect.ts';
import type { AnyLists, Lists } from './lists.ts';
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

/** An operation that is asked of any lists of a zone. */
export interface ListsAsked {
  readonly words: Words;
  readonly shape: ZoneShape;
  readonly subject: Subject;
  readonly size: Size;
  readonly operation: ListOperation;
  readonly node: Word;
  readonly order: Word;
  readonly before: AnyLists;
  readonly heap: Heap;
}

/** Returns an operation on any page and any list, of any lists. */
export function anyListCall(program: Program, shape: ZoneShape, operation: ListOperation): ListsAsked {
  const words = new Words(new Formulas());
  const subject = subjectOf(program, words, shape);
  const size: Size = { pages: shape.pages, orders: shape.orders, offset: subject.zone.offset };
  const before = anyLists(words, size);
  const node = words.variable('node', widthOf(size.pages - 1), false);
  const order = words.variable('list', widthOf(size.orders), false);
  const heap: Heap = new Map([...wordsIn(subject.arrays), [LINKS, before.links]]);
  return { words, shape, subject, size, operation, node, order, before, heap };
}

/** What an operation on lists comes to. */
interface ListsAfter extends Called {
  readonly run: Run;
  readonly state: State;
}

/** Carries out an operation on lists as a program has it. */
export function listsAfter(asked: ListsAsked, program: Program): ListsAfter {
  const { words, size, operation, node, order, before, heap } = asked;
  const head = words.add(order, constant(size.pages)).word;
  const { root, widths } = asked.subject.program === program ? asked.subject : subjectOf(program, words, asked.shape);
  const run = new Run({ program, words, widths, rounds: 0 });
  const state = new State(TRUE, new Map(), heap);
  const answer = callZone(run, root, state, operation, argumentsOf(operation, node, head));
  const result =
    answer.kind === 'number' ? answer.word : answer === UNDEFINED ? constant(0) : wordOf(run, answer, state, NOWHERE);
  return { words, size, before, links: state.heap.get(LINKS) ?? [], node, order, result, run, state };
}

/** Returns what is supposed of lists and arguments. */
export const supposedOf = ({ words, size, operation, before }: ListsAsked, called: Called): readonly Literal[] => [
  ...before.supposed,
  ...areLists(words, size, before).map(({ holds }) => holds),
  ...precondition(operation, called),
];

export const listsNamed = (operation: ListOperation, { pages, orders }: Size): string =>
  `${operation} of ${pages} pages and ${orders} lists`;

/** Returns what must hold of an operation on any lists of a zone. */
export function listQuestion(program: Program, shape: ZoneShape, operation: ListOperation): Question {
  const asked = anyListCall(program, shape, operation);
  const { words, size, heap } = asked;
  const called = listsAfter(asked, program);
  const { run, state } = called;
  const others = new Map([...heap].filter(([name]) => name !== LINKS));
  return {
    name: listsNamed(operation, size),
    formulas: words.formulas,
    hypotheses: supposedOf(asked, called),
    goals: [
      ...obligationsOf(run.obligations),
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

function callZone(run: Run, root: Value, state: State, name: string, values: readonly Value[]): Value {
  const method = root.kind === 'object' && root.form !== undefined ? run.program.method(root.form, name) : undefined;
  if (method === undefined) throw new Error(`the zone has no ${name} that can be read`);
  return run.invoke({ method, self: root, values, at: NOWHERE }, state);
}
