/** The values of the form while it is carried out: numbers and truth values as formulas, and values that are one of several. */

import { FALSE, TRUE, not } from '../../formula/formula.ts';
import type { ClassForm, Method } from '../form.ts';
import type { Literal } from '../../formula/formula.ts';
import type { Word, Words } from '../../formula/word.ts';

/**
 * A number that no word of 32 bits is: one that is not whole, of which nothing else is known; or a whole one, so far above or below
 * all words that it stays there if a word is added.
 */
export type Odd = 'not whole' | 'above all words' | 'below all words';

/** An object of a class, a record, or an array by its name. Arrays change; all else does not. */
export type Value =
  | { readonly kind: 'number'; readonly word: Word }
  | { readonly kind: 'odd'; readonly how: Odd }
  | { readonly kind: 'truth'; readonly holds: Literal }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'undefined' }
  | { readonly kind: 'object'; readonly form: ClassForm | undefined; readonly fields: ReadonlyMap<string, Value> }
  | { readonly kind: 'array'; readonly name: string }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | { readonly kind: 'method'; readonly method: Method; readonly self: Value | undefined }
  /** A function of the language, by its name. */
  | { readonly kind: 'builtin'; readonly name: string; readonly self: Value | undefined }
  /** One of several values: each with the condition under which it is the one. */
  | { readonly kind: 'cases'; readonly cases: readonly Case[] };

export interface Case {
  readonly when: Literal;
  readonly value: Exclude<Value, { kind: 'cases' }>;
}

export const UNDEFINED: Value = { kind: 'undefined' };
export const number = (word: Word): Value => ({ kind: 'number', word });
export const truth = (holds: Literal): Value => ({ kind: 'truth', holds });

/** Returns the values that a value can be. */
export const casesOf = (value: Value): readonly Case[] =>
  value.kind === 'cases' ? value.cases : [{ when: TRUE, value }];

const fieldOf = (value: Value, name: string): Value | undefined =>
  value.kind === 'object' ? value.fields.get(name) : undefined;

/** Reports whether two records are of one kind: they have the same fields, and the same text in `kind`. */
function areAlike(one: Value, other: Value): boolean {
  if (one.kind !== 'object' || other.kind !== 'object' || one.form !== undefined || other.form !== undefined)
    return false;
  const [kind, kindToo] = [fieldOf(one, 'kind'), fieldOf(other, 'kind')];
  if (kind?.kind !== 'text' || kindToo?.kind !== 'text' || kind.text !== kindToo.text) return false;
  return [...one.fields.keys()].join(' ') === [...other.fields.keys()].join(' ');
}

/** Returns one value for two that can be told apart by a condition alone; undefined if they stay two cases. */
function united(words: Words, when: Literal, one: Value, other: Value): Exclude<Value, { kind: 'cases' }> | undefined {
  if (one.kind === 'number' && other.kind === 'number') {
    return { kind: 'number', word: words.choice(when, one.word, other.word) };
  }
  if (one.kind === 'truth' && other.kind === 'truth') {
    return { kind: 'truth', holds: words.formulas.choice(when, one.holds, other.holds) };
  }
  if (one.kind === 'text' && other.kind === 'text' && one.text === other.text) return one;
  if (one.kind === 'undefined' && other.kind === 'undefined') return one;
  if (one.kind === 'array' && other.kind === 'array' && one.name === other.name) return one;
  if (one.kind !== 'object' || other.kind !== 'object' || !areAlike(one, other)) return undefined;
  const fields = new Map<string, Value>();
  for (const [name, value] of one.fields) fields.set(name, merged(words, when, value, other.fields.get(name) ?? value));
  return { kind: 'object', form: undefined, fields };
}

/** Adds a case to some, into one of the same kind if there is one. */
function addCase(words: Words, cases: readonly Case[], { when, value }: Case): readonly Case[] {
  if (when === FALSE) return cases;
  for (const [at, one] of cases.entries()) {
    const both = one.value === value ? value : united(words, when, value, one.value);
    if (both === undefined) continue;
    return cases.with(at, { when: words.formulas.or(one.when, when), value: both });
  }
  return [...cases, { when, value }];
}

/** Returns the value that is one of some, of which at most one condition holds. */
export function fromCases(words: Words, cases: readonly Case[]): Value {
  const few = cases.reduce<readonly Case[]>((sum, one) => addCase(words, sum, one), []);
  const [first] = few;
  if (first === undefined) return UNDEFINED;
  return few.length === 1 ? first.value : { kind: 'cases', cases: few };
}

/** Returns one value if a condition holds, another if it does not. */
export function merged(words: Words, when: Literal, one: Value, other: Value): Value {
  if (one === other || when === TRUE) return one;
  if (when === FALSE) return other;
  const { formulas } = words;
  const under = (guard: Literal, value: Value): readonly Case[] =>
    casesOf(value).map((each) => ({ when: formulas.and(guard, each.when), value: each.value }));
  return fromCases(words, [...under(when, one), ...under(not(when), other)]);
}

/** Reports whether something holds of two values, in whichever of their cases they are. */
export const holdOf = (
  { formulas }: Words,
  one: Value,
  other: Value,
  holds: (left: Case['value'], right: Case['value']) => Literal,
): Literal =>
  formulas.any(
    casesOf(one).flatMap((left) =>
      casesOf(other).map((right) => formulas.all([left.when, right.when, holds(left.value, right.value)])),
    ),
  );

/** Reports whether two values are equal, as `===` says. */
export const areEqual = (words: Words, one: Value, other: Value): Literal =>
  holdOf(words, one, other, (left, right) => same(words, left, right));

function same(words: Words, one: Value, other: Value): Literal {
  if (one.kind === 'number' && other.kind === 'number') return words.equal(one.word, other.word);
  if (one.kind === 'truth' && other.kind === 'truth') return words.formulas.iff(one.holds, other.holds);
  if (one.kind === 'text' && other.kind === 'text') return one.text === other.text ? TRUE : FALSE;
  if (one.kind === 'undefined' && other.kind === 'undefined') return TRUE;
  return one === other ? TRUE : FALSE;
}
