/** The operators on known numbers, as JavaScript has them. */

import { Stopped } from './access.ts';
import type { Arithmetic, Comparison, Place } from '../../front/form.ts';
import type { Value } from './value.ts';

/** Returns the number that a value is. */
export function numberOf(value: Value, at: Place): number {
  if (typeof value === 'number') return value;
  throw new Stopped('a value is used that is none', at);
}

/** Returns the truth value that a value is. */
export const holdsOf = (value: Value): boolean => value === true;

/** Evaluates an operator of two numbers. */
export function arithmetic(operator: Arithmetic, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '**':
      return left ** right;
    case '&':
      return left & right;
    case '|':
      return left | right;
    case '^':
      return left ^ right;
    case '<<':
      return left << right;
    case '>>':
      return left >> right;
    case '>>>':
      return left >>> right;
  }
}

/** Evaluates a comparison. */
export function comparison(operator: Comparison, left: Value, right: Value, at: Place): boolean {
  switch (operator) {
    case '===':
      return left === right;
    case '!==':
      return left !== right;
    case '<':
      return numberOf(left, at) < numberOf(right, at);
    case '>':
      return numberOf(left, at) > numberOf(right, at);
    case '<=':
      return numberOf(left, at) <= numberOf(right, at);
    case '>=':
      return numberOf(left, at) >= numberOf(right, at);
  }
}

/** Calls a function of the language that touches no shared word. */
export function callBuiltin(name: string, values: readonly Value[], at: Place): Value {
  const [one, other] = values;
  if (name === 'Number.isInteger') return Number.isInteger(one);
  if (name === 'Math.max') return Math.max(numberOf(one, at), numberOf(other, at));
  if (name === 'Math.min') return Math.min(numberOf(one, at), numberOf(other, at));
  throw new Stopped(`${name} is no function that can be carried out`, at);
}
