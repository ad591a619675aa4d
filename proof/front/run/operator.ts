/** The operators on numbers, and the functions of the language. */

import { FALSE, TRUE, not } from '../../formula/formula.ts';
import { UNDEFINED, casesOf, number, truth } from './value.ts';
import { constant, known } from '../../formula/word.ts';
import { printPlace } from '../form.ts';
import { wordOf } from './coerce.ts';
import type { Comparison, Expression, Place } from '../form.ts';
import type { Literal } from '../../formula/formula.ts';
import type { Machine } from './machine.ts';
import type { Result, Word } from '../../formula/word.ts';
import type { State } from './state.ts';
import type { Case, Value } from './value.ts';

function checked(machine: Machine, { word, leaves }: Result, state: State, at: Place): Value {
  machine.oblige('a number leaves 32 bits', at, state, leaves);
  return number(word);
}

export function negated(machine: Machine, value: Value, state: State, at: Place): Value {
  return checked(machine, machine.words.negate(wordOf(machine, value, state, at)), state, at);
}

/** Returns 2 to a power; no other base is in the subset. */
function power(machine: Machine, base: Word, exponent: Word, state: State, at: Place): Value {
  if (known(base) !== 2) throw new Error(`${printPlace(at)}: write 2 ** n, of no other base`);
  const leaves = not(machine.words.isWithin(exponent, 31));
  return checked(machine, { word: machine.words.shiftLeft(constant(1), exponent), leaves }, state, at);
}

/** Reports `>>>` of a negative number: it gives 32 bits without a sign, which no number here has. */
function shiftedRight(machine: Machine, left: Word, right: Word, state: State, at: Place): Value {
  const { words } = machine;
  machine.oblige('a negative number is shifted', at, state, words.isNegative(left));
  return number(words.shiftRight(left, right, FALSE));
}

/**
 * Evaluates an operator of two numbers. What is odd stays so if a word is added to it; where a sum that is not whole is rounded to
 * one that is, it is a whole number like others.
 */
export function arithmetic(
  machine: Machine,
  { operator, at }: Expression & { kind: 'arithmetic' },
  [one, other]: readonly [Value, Value],
  state: State,
): Value {
  const { words } = machine;
  const isSum = operator === '+' || operator === '-';
  if (isSum && one.kind === 'odd' && other.kind === 'number') return one;
  const left = wordOf(machine, one, state, at);
  const right = wordOf(machine, other, state, at);
  switch (operator) {
    case '+':
      return checked(machine, words.add(left, right), state, at);
    case '-':
      return checked(machine, words.subtract(left, right), state, at);
    case '*':
      return checked(machine, words.multiply(left, right), state, at);
    case '**':
      return power(machine, left, right, state, at);
    case '&':
      return number(words.and(left, right));
    case '|':
      return number(words.or(left, right));
    case '^':
      return number(words.xor(left, right));
    case '<<':
      return number(words.shiftLeft(left, right));
    case '>>':
      return number(words.shiftRight(left, right, words.isNegative(left)));
    case '>>>':
      return shiftedRight(machine, left, right, state, at);
  }
}

/** Reports which of two numbers is less, if one of them is above or below all words and the other is a word. */
function apart(one: Value, other: Value): 'less' | 'greater' | undefined {
  if (other.kind === 'odd') {
    const turned = one.kind === 'number' ? apart(other, one) : undefined;
    return turned === undefined ? undefined : turned === 'less' ? 'greater' : 'less';
  }
  if (one.kind !== 'odd' || other.kind !== 'number' || one.how === 'not whole') return undefined;
  return one.how === 'below all words' ? 'less' : 'greater';
}

/** Evaluates a comparison of two numbers. */
export function comparison(
  machine: Machine,
  operator: Exclude<Comparison, '===' | '!=='>,
  [one, other]: readonly [Value, Value],
  state: State,
  at: Place,
): Value {
  const { words } = machine;
  const order = apart(one, other);
  if (order !== undefined) return truth((order === 'less') === operator.startsWith('<') ? TRUE : FALSE);
  const left = wordOf(machine, one, state, at);
  const right = wordOf(machine, other, state, at);
  switch (operator) {
    case '<':
      return truth(words.less(left, right));
    case '>':
      return truth(words.less(right, left));
    case '<=':
      return truth(not(words.less(right, left)));
    case '>=':
      return truth(not(words.less(left, right)));
  }
}

/** Fills an array, or the part of it from one index up to another, with one number. Both indices are known. */
function fill(machine: Machine, self: Value | undefined, values: readonly Word[], state: State, at: Place): Value {
  if (self?.kind !== 'array') throw new Error(`${printPlace(at)}: only an array is filled`);
  const [value, first, last] = values;
  const elements = state.heap.get(self.name) ?? [];
  const from = first === undefined ? 0 : known(first);
  const end = last === undefined ? elements.length : known(last);
  if (value === undefined || from === undefined || end === undefined) {
    throw new Error(`${printPlace(at)}: fill with known indices`);
  }
  if (from < 0 || end < from || end > elements.length) machine.oblige('an index is out of bounds', at, state, TRUE);
  state.setArray(
    self.name,
    elements.map((word, n) => (n >= from && n < end ? value : word)),
  );
  return UNDEFINED;
}

const isWhole = ({ value }: Case): boolean =>
  value.kind === 'number' || (value.kind === 'odd' && value.how !== 'not whole');

/** Reports whether a value is a whole number. */
const isInteger = ({ words }: Machine, value: Value): Literal =>
  words.formulas.any(casesOf(value).map((one) => (isWhole(one) ? one.when : FALSE)));

/** Calls a function of the language. */
export function callBuiltin(
  machine: Machine,
  { name, self }: Value & { kind: 'builtin' },
  values: readonly Value[],
  state: State,
  at: Place,
): Value {
  const { words } = machine;
  if (name === 'Number.isInteger') return truth(isInteger(machine, values[0] ?? UNDEFINED));
  const given = values.map((value) => wordOf(machine, value, state, at));
  const [one, other] = given;
  if (name === 'array.fill') return fill(machine, self, given, state, at);
  if (one === undefined) throw new Error(`${printPlace(at)}: ${name} of nothing`);
  if (name === 'Math.clz32') return number(words.leadingZeros(one));
  if (other === undefined) throw new Error(`${printPlace(at)}: ${name} is no function of the subset`);
  if (name === 'Math.max') return number(words.choice(words.less(one, other), other, one));
  if (name === 'Math.min') return number(words.choice(words.less(one, other), one, other));
  throw new Error(`${printPlace(at)}: ${name} is no function of the subset`);
}
