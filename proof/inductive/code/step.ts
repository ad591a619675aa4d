/** Questions about the face of a zone: from any state that satisfies the invariant, each operation does what it must. */

import { BOOT, FREED, HOLE, NOBODY } from '../../../src/buddy/owner.ts';
import { CLAUSE_OF } from '../../../spec/buddy/misuse.ts';
import { OWNERS, areSame, countsAre, invariant, knownOf } from './state.ts';
import { FALSE, TRUE, not } from '../../formula/formula.ts';
import { FIRST } from './contract.ts';
import { OBSERVATION } from '../../front/subject.ts';
import { anyCall, carriedOut, nameIn, nameOf } from './call.ts';
import { constant } from '../../formula/word.ts';
import { count } from './blocks.ts';
import { drawStep } from './draw.ts';
import { hasField, isKind, isRejected } from './answer.ts';
import { areEqual, number } from '../../front/run/value.ts';
import { obligationsOf } from './question.ts';
import type { FreeMisuse, Misuse } from '../../../protocol/index.ts';
import type { Goal, Question } from './question.ts';
import type { Known, PartOfInvariant } from './state.ts';
import type { Literal } from '../../formula/formula.ts';
import type { Odd, Value } from '../../front/run/value.ts';
import type { Operation } from './call.ts';
import type { Program } from '../../front/program.ts';
import type { Size } from './blocks.ts';
import type { Word, Words } from '../../formula/word.ts';
import type { ZoneShape } from '../../../src/index.ts';

/** A step from any state: the words before and after, what was asked, and what was answered. */
interface Step {
  readonly words: Words;
  readonly size: Size;
  readonly kernel: ZoneShape['kernel'];
  readonly before: Known;
  readonly after: Known;
  readonly answer: Value;
  /** The frame that was named, as a page of the zone, and whether it is one; and the zone's first frame. */
  readonly page: Word;
  readonly isInside: Literal;
  readonly base: number;
}

/** Returns the owner of the page that was named. */
const ownerOf = ({ words, before, page }: Step): Word => words.select(before.heap.get(OWNERS) ?? [], page);

/** Reports whether a page is in the block of an order that another page is in. */
function isInBlock({ words, size }: Step, page: number, head: Word, order: number): Literal {
  const { word } = words.add(head, constant(size.offset));
  return words.equal(words.shiftRight(word, constant(order), FALSE), constant((page + size.offset) >> order));
}

/** Reports whether the owner of a page alone has changed, and to what. */
function onlyOwner({ words, before, after }: Step, page: Word, owner: number): Literal {
  const was = before.heap.get(OWNERS) ?? [];
  const must = words.store(was, page, constant(owner));
  return areSame(words, new Map([[OWNERS, must]]), after.heap);
}

/** Returns the first condition that holds among some, each of which counts only if none before it does. */
function firstOf<T>({ words }: Step, rows: readonly (readonly [T, Literal])[]): readonly (readonly [T, Literal])[] {
  let before: Literal = FALSE;
  return rows.map(([what, when]) => {
    const holds = words.formulas.and(when, not(before));
    before = words.formulas.or(before, when);
    return [what, holds] as const;
  });
}

/** Returns how freeing is misuse, and when; the last row: it is not. */
function freeMisuse(step: Step, order: number): readonly (readonly [FreeMisuse | 'none', Literal])[] {
  const { words, size, before, page, isInside } = step;
  const { formulas } = words;
  const owner = ownerOf(step);
  const isOrder = order >= 0 && order < size.orders;
  const legal = isOrder ? formulas.and(isInside, words.equal(owner, constant(order))) : FALSE;
  const fits = isOrder ? not(words.less(constant(size.pages - 2 ** order), page)) : FALSE;
  const { word: shifted } = words.add(page, constant(size.offset));
  const low = isOrder ? words.and(shifted, constant(2 ** order - 1)) : constant(0);
  const covered = words.select(
    before.owned.covered.map((literal) => [literal]),
    page,
  );
  return firstOf(step, [
    ['none', legal],
    ['out-of-range', not(formulas.and(isInside, fits))],
    ['wrong-order', not(words.isNegative(owner))],
    ['misaligned', not(words.equal(low, constant(0)))],
    ['inner-page', covered[0] ?? FALSE],
    ['double-free', words.equal(owner, constant(FREED))],
    ['never-allocated', TRUE],
  ]);
}

/** Returns the goals of a command that is rejected: the right name, the right clause, and nothing changed. @clause MISUSE-7 */
function rejections(step: Step, rows: readonly (readonly [Misuse | 'none', Literal])[]): readonly Goal[] {
  const { words, before, after, answer } = step;
  const { formulas } = words;
  return rows.flatMap(([misuse, when]) => {
    if (misuse === 'none') return [];
    const rejected = isRejected(words, answer, misuse, CLAUSE_OF[misuse]);
    return [
      { name: `${misuse} is rejected, by its name`, holds: formulas.implies(when, rejected) },
      { name: `${misuse} changes nothing`, holds: formulas.implies(when, areSame(words, before.heap, after.heap)) },
    ];
  });
}

function freeGoals(step: Step, order: number): readonly Goal[] {
  const { words, answer, page } = step;
  const rows = freeMisuse(step, order);
  const legal = rows[0]?.[1] ?? FALSE;
  return [
    {
      name: 'it is done exactly if the block is outstanding',
      holds: words.formulas.iff(isKind(words, answer, 'done'), legal),
    },
    { name: 'its owner changes alone', holds: words.formulas.implies(legal, onlyOwner(step, page, FREED)) },
    ...rejections(step, rows),
  ];
}

function handOverGoals(step: Step): readonly Goal[] {
  const { words, answer, page, isInside } = step;
  const { formulas } = words;
  const owner = ownerOf(step);
  const legal = formulas.and(isInside, words.equal(owner, constant(BOOT)));
  const hole = formulas.or(not(isInside), words.equal(owner, constant(HOLE)));
  const rows = firstOf<Misuse | 'none'>(step, [
    ['none', legal],
    ['no-such-frame', hole],
    ['handed-over-twice', TRUE],
  ]);
  return [
    {
      name: 'it is done exactly if boot memory held the page',
      holds: formulas.iff(isKind(words, answer, 'done'), legal),
    },
    { name: 'its owner changes alone', holds: formulas.implies(legal, onlyOwner(step, page, NOBODY)) },
    ...rejections(step, rows),
  ];
}

/** Returns the page that must be granted: out of the first block of the smallest list that has one, its last part in 2.4, its first in 2.6. */
function mustGrant({ words, size, kernel, before }: Step, order: number): Word {
  let page = constant(-1);
  for (const from of count(size.orders).slice(order).toReversed()) {
    const first = before.heap.get(FIRST)?.[from] ?? constant(-1);
    const part = kernel === '2.4' ? words.add(first, constant(2 ** from - 2 ** order)).word : first;
    page = words.choice(words.formulas.any(before.blocks.listed[from] ?? []), part, page);
  }
  return page;
}

/** @clause TAKE-1 @clause TAKE-4 @clause TAKE-5 @clause TAKE-6 @clause PLACE-1 @clause PLACE-2 @clause PLACE-3 */
function allocateGoals(step: Step, order: number): readonly Goal[] {
  const { words, size, before, after, answer, base } = step;
  const { formulas } = words;
  const unchanged = areSame(words, before.heap, after.heap);
  if (order < 0) return rejections(step, [['no-such-order', TRUE]]);
  const isPossible = order < size.orders ? formulas.any(before.blocks.whole[order] ?? []) : FALSE;
  const exhausted = isKind(words, answer, 'exhausted');
  const refusal: readonly Goal[] = [
    { name: 'it is refused exactly if no block is free', holds: formulas.iff(exhausted, not(isPossible)) },
    { name: 'a refusal changes nothing', holds: formulas.or(isPossible, unchanged) },
  ];
  if (order >= size.orders) return refusal;
  const page = mustGrant(step, order);
  const head = number(words.add(page, constant(base)).word);
  const granted = formulas.and(isKind(words, answer, 'granted'), hasField(words, answer, 'head', head));
  const wasFree = before.owned.free.map((free, at) => formulas.implies(isInBlock(step, at, page, order), free));
  return [
    ...refusal,
    { name: 'the right block is granted', holds: formulas.implies(isPossible, granted) },
    { name: 'its pages were free', holds: formulas.implies(isPossible, formulas.all(wasFree)) },
    { name: 'its owner changes alone', holds: formulas.implies(isPossible, onlyOwner(step, page, order)) },
  ];
}

/** Returns the goals of asking for a block of an order, or of as many pages as an order has; or of an order that there cannot be. */
function anyAllocateGoals(step: Step, order: number | Odd): readonly Goal[] {
  if (typeof order === 'number') return allocateGoals(step, order);
  return allocateGoals(step, order === 'above all words' ? step.size.orders : -1);
}

function pagesGoals(step: Step, pages: number | Odd): readonly Goal[] {
  if (typeof pages !== 'number') return anyAllocateGoals(step, pages);
  if (pages < 1) return allocateGoals(step, -1);
  return allocateGoals(step, pages > step.size.pages ? step.size.orders : Math.ceil(Math.log2(pages)));
}

/** Returns the goals of handing out what shows the zone. */
const observeGoals = ({ words, before, after, answer }: Step): readonly Goal[] => [
  { name: 'it is what shows the zone', holds: areEqual(words, answer, OBSERVATION) },
  { name: 'it changes nothing', holds: areSame(words, before.heap, after.heap) },
];

function goalsOf(step: Step, operation: Operation): readonly Goal[] {
  switch (operation.name) {
    case 'free': {
      const { frame, order } = operation;
      if (frame === undefined && typeof order === 'number') return freeGoals(step, order);
      return rejections(step, [['out-of-range', TRUE]]);
    }
    case 'allocate':
      return anyAllocateGoals(step, operation.order);
    case 'handOver':
      return operation.frame === undefined ? handOverGoals(step) : rejections(step, [['no-such-frame', TRUE]]);
    case 'allocatePages':
      return pagesGoals(step, operation.pages);
    case 'observe':
      return observeGoals(step);
  }
}

/**
 * Returns what must hold of an operation of the face, from any state of a zone that satisfies the invariant; or from any that satisfies
 * it but for one part.
 */
export function stepQuestion(
  program: Program,
  shape: ZoneShape,
  operation: Operation,
  without?: PartOfInvariant,
): Question {
  const asked = anyCall(program, shape, operation, without);
  const { words, subject, size, before, frame } = asked;
  const { run, lists, state, answer } = carriedOut(asked, program);
  const after = knownOf(words, size, state.heap);
  const page = words.subtract(frame, constant(shape.base)).word;
  const isInside = words.isWithin(page, size.pages);
  const { kernel, base } = shape;
  const step: Step = { words, size, kernel, before, after, answer, page, isInside, base };
  return {
    name: nameIn(shape, nameOf(operation)),
    formulas: words.formulas,
    hypotheses: [...before.supposed, ...lists.supposed],
    goals: [
      ...obligationsOf(run.obligations),
      { name: 'the code comes to an end', holds: state.reached },
      ...goalsOf(step, operation),
      ...invariant(words, subject, size, before, after),
    ],
    real: without === undefined ? countsAre(words, before) : [],
    draw: (valueOf) => drawStep({ words, size, kernel, before, after, valueOf, done: nameOf(operation), frame }),
  };
}
