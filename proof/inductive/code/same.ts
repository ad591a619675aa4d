/** Questions whether two programs do the same: evidence that a change of the code changes nothing. */

import { Formulas } from '../../formula/formula.ts';
import { Words } from '../../formula/word.ts';
import { all } from './shapes.ts';
import { anyCall, carriedOut, nameIn, nameOf } from './call.ts';
import { anyListCall, listsAfter, listsNamed, supposedOf } from './links.ts';
import { areSame } from './state.ts';
import { constant } from '../../formula/word.ts';
import { newZone } from './new-zone.ts';
import { sameAnswer } from './answer.ts';
import type { Goal, Question } from './question.ts';
import type { ListContracts } from './contract.ts';
import type { ListOperation } from './links.ts';
import type { Literal } from '../../formula/formula.ts';
import type { Operation } from './call.ts';
import type { Program } from '../../front/program.ts';
import type { State } from '../../front/run/state.ts';
import type { ZoneShape } from '../../../src/index.ts';

/** Two programs: the code as it is, and as it is changed. */
export type Both = readonly [one: Program, other: Program];

function question(words: Words, name: string, hypotheses: readonly Literal[], goals: readonly Goal[]): Question {
  const draw = (): string => 'two programs that do not do the same';
  return { name, formulas: words.formulas, hypotheses, goals, real: [], draw };
}

/** Returns the goals that two states are reached alike, and have the same words. */
const sameState = (words: Words, one: State, other: State): readonly Goal[] => [
  { name: 'both come to an end, or neither does', holds: words.formulas.iff(one.reached, other.reached) },
  { name: 'both leave the same words', holds: areSame(words, one.heap, other.heap) },
];

/** Returns that what comes after the first page of a list is the same where the lists are, and the page that is taken off. */
function sameNext(words: Words, one: ListContracts, other: ListContracts): readonly Literal[] {
  const { formulas } = words;
  return one.deletions.flatMap((left, at) => {
    const right = other.deletions[at];
    if (right === undefined) return [];
    const [those, these] = [left, right].map(({ node, on, first }) => [node, ...on, ...first]);
    const alike = those?.map((word, n) => words.equal(word, these?.[n] ?? constant(0))) ?? [];
    return [formulas.implies(formulas.all(alike), words.equal(left.next, right.next))];
  });
}

function sameStep([one, other]: Both, shape: ZoneShape, operation: Operation): Question {
  const asked = anyCall(one, shape, operation);
  const { words, before } = asked;
  const [left, right] = [carriedOut(asked, one), carriedOut(asked, other, 'otherNext')];
  const next = sameNext(words, left.lists, right.lists);
  const hypotheses = [...before.supposed, ...left.lists.supposed, ...right.lists.supposed, ...next];
  return question(words, nameIn(shape, nameOf(operation)), hypotheses, [
    ...sameState(words, left.state, right.state),
    { name: 'both answer the same', holds: sameAnswer(words, left.answer, right.answer) },
  ]);
}

function sameNewZone([one, other]: Both, shape: ZoneShape): Question {
  const words = new Words(new Formulas());
  const [left, right] = [newZone(one, words, shape), newZone(other, words, shape)];
  return question(words, nameIn(shape, 'a new zone'), [], sameState(words, left.state, right.state));
}

function sameOnLists([one, other]: Both, shape: ZoneShape, operation: ListOperation): Question {
  const asked = anyListCall(one, shape, operation);
  const { words, size } = asked;
  const [left, right] = [listsAfter(asked, one), listsAfter(asked, other)];
  return question(words, listsNamed(operation, size), supposedOf(asked, left), [
    ...sameState(words, left.state, right.state),
    { name: 'both return the same', holds: words.equal(left.result, right.result) },
  ]);
}

/** Returns the questions whether two programs do the same wherever `allQuestions` asks whether one is right. */
export const sameQuestions = (both: Both): Generator<Question> =>
  all({
    lists: (shape, operation) => sameOnLists(both, shape, operation),
    newZone: (shape) => sameNewZone(both, shape),
    step: (shape, operation) => sameStep(both, shape, operation),
  });
