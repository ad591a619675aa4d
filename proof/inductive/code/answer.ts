/** What an answer of the face says, as conditions. */

import { UNDEFINED, areEqual, casesOf, holdOf } from '../../front/run/value.ts';
import type { Literal } from '../../formula/formula.ts';
import type { Value } from '../../front/run/value.ts';
import type { Words } from '../../formula/word.ts';

const fieldOf = (value: Value, name: string): Value =>
  (value.kind === 'object' ? value.fields.get(name) : undefined) ?? UNDEFINED;

/** Reports whether an answer is a record whose field has a value. */
export function hasField(words: Words, answer: Value, name: string, value: Value): Literal {
  const { formulas } = words;
  return formulas.any(
    casesOf(answer).map((one) => formulas.and(one.when, areEqual(words, fieldOf(one.value, name), value))),
  );
}

/** Reports whether an answer is of a kind. */
export const isKind = (words: Words, answer: Value, kind: string): Literal =>
  hasField(words, answer, 'kind', { kind: 'text', text: kind });

/** Reports whether an answer rejects a command, with this misuse and this clause. */
export function isRejected(words: Words, answer: Value, misuse: string, clause: string): Literal {
  const { formulas } = words;
  return formulas.all([
    isKind(words, answer, 'rejected'),
    hasField(words, answer, 'misuse', { kind: 'text', text: misuse }),
    hasField(words, answer, 'clause', { kind: 'text', text: clause }),
  ]);
}

/** Reports whether two answers are the same, field by field. */
export const sameAnswer = (words: Words, one: Value, other: Value): Literal =>
  holdOf(words, one, other, (left, right) => sameCase(words, left, right));

function sameCase(words: Words, one: Value, other: Value): Literal {
  if (one.kind !== 'object' || other.kind !== 'object') return areEqual(words, one, other);
  const names = new Set([...one.fields.keys(), ...other.fields.keys()]);
  return words.formulas.all([...names].map((name) => sameAnswer(words, fieldOf(one, name), fieldOf(other, name))));
}
