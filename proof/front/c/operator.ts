/** Prints the operators of the form. */

import { LEVEL, UNSAID, code, operand, truth } from './printed.ts';
import { codeOf, converted, quiet } from './printer.ts';
import { constantName } from './name.ts';
import { printPlace } from '../form.ts';
import type { Arithmetic, Comparison, Place } from '../form.ts';
import type { Code, Printed } from './printed.ts';

/** The comparison that holds if another one does not. */
const INVERSE: Readonly<Record<Comparison, Comparison>> = {
  '<': '>=',
  '>': '<=',
  '<=': '>',
  '>=': '<',
  '===': '!==',
  '!==': '===',
};

const wide = (left: Code, right: Code): 'int32_t' | 'int64_t' =>
  left.type === 'int64_t' || right.type === 'int64_t' ? 'int64_t' : 'int32_t';

/** Returns a call of one of the shifts, which C leaves undefined in part. */
function shift(name: 'shl' | 'shr', left: Printed, right: Printed, at: Place): Code {
  const [n, by] = [converted(quiet(left, at), 'int32_t', at), converted(quiet(right, at), 'int32_t', at)];
  return code('int32_t', `buddy_${name}(${n.text}, ${by.text})`);
}

/** Prints an operator of two numbers. Those of bits take 32 of them, as in JavaScript. */
export function arithmetic(operator: Arithmetic, left: Printed, right: Printed, at: Place): Code {
  switch (operator) {
    case '+':
    case '-': {
      const [one, other] = [quiet(left, at), quiet(right, at)];
      if (operator === '-' && one.type === 'int64_t' && other.type === 'int64_t') {
        return code('int64_t', `buddy_minus(${one.text}, ${other.text})`);
      }
      const rest = `${operator} ${operand(other, LEVEL.product)}`;
      const sum = code(wide(one, other), `${operand(one, LEVEL.sum)} ${rest}`, LEVEL.sum);
      return one.index === undefined ? sum : { ...sum, index: `${one.index} ${rest}` };
    }
    case '*': {
      const [one, other] = [quiet(left, at), quiet(right, at)];
      const [first, second] = [operand(one, LEVEL.product), operand(other, LEVEL.unary)];
      const product = code(wide(one, other), `${first} * ${second}`, LEVEL.product);
      return { ...product, index: `${first} * (size_t)${second}` };
    }
    case '&':
    case '|':
    case '^': {
      const [one, other] = [converted(quiet(left, at), 'int32_t', at), converted(quiet(right, at), 'int32_t', at)];
      const text = `${operand(one, LEVEL.unary)} ${operator} ${operand(other, LEVEL.unary)}`;
      return code('int32_t', text, LEVEL.bits);
    }
    case '<<':
      return shift('shl', left, right, at);
    case '>>>':
      return shift('shr', left, right, at);
    case '**':
      if (codeOf(left, at).text !== '2') throw new Error(`${printPlace(at)}: write 2 ** n, of no other base`);
      return shift('shl', code('int32_t', '1'), right, at);
    case '>>':
      throw new Error(`${printPlace(at)}: >> is not printed yet; write >>> of a number that is not negative`);
  }
}

/** Prints `-n`, `~n` or `!n`. */
export function unary(kind: 'negate' | 'complement' | 'not', of: Printed, at: Place): Printed {
  if (kind === 'not') return negation(of, at);
  const value = kind === 'complement' ? converted(of, 'int32_t', at) : codeOf(of, at);
  return code(value.type, `${kind === 'negate' ? '-' : '~'}${operand(value, LEVEL.primary)}`, LEVEL.unary);
}

export function negation(of: Printed, at: Place): Printed {
  if (of.kind === 'truth') return truth(!of.holds);
  if (of.kind === 'unsaid') return UNSAID;
  if (of.kind === 'code' && of.inverse !== undefined) return of.inverse;
  return code('bool', `!${operand(codeOf(of, at), LEVEL.unary)}`, LEVEL.unary);
}

/** Compares with `undefined`: only a misuse can be that, because every index is within bounds. */
function withUndefined(operator: '===' | '!==', other: Printed, at: Place): Printed {
  if (other.kind === 'undefined') return truth(operator === '===');
  const value = codeOf(other, at);
  if (value.type !== 'buddy_misuse') return truth(operator === '!==');
  const sign = operator === '===' ? '==' : '!=';
  return code('bool', `${operand(value, LEVEL.equal)} ${sign} ${constantName('no-misuse')}`, LEVEL.equal);
}

/** Prints a comparison of two numbers, without its inverse. */
function compared(operator: Comparison, one: Code, other: Code): Code {
  const isEquality = operator === '===' || operator === '!==';
  const sign = isEquality ? `${operator.slice(0, 1)}=` : operator;
  const text = `${operand(one, LEVEL.sum)} ${sign} ${operand(other, LEVEL.sum)}`;
  return code('bool', text, isEquality ? LEVEL.equal : LEVEL.less);
}

export function comparison(operator: Comparison, left: Printed, right: Printed, at: Place): Printed {
  if (left.kind === 'unsaid' || right.kind === 'unsaid') return UNSAID;
  if (operator === '===' || operator === '!==') {
    if (right.kind === 'undefined') return withUndefined(operator, left, at);
    if (left.kind === 'undefined') return withUndefined(operator, right, at);
  }
  const [one, other] = [quiet(left, at), quiet(right, at)];
  return { ...compared(operator, one, other), inverse: compared(INVERSE[operator], one, other) };
}

function joined(kind: '&&' | '||', one: Code, other: Code): Code {
  const same = kind === '&&' ? LEVEL.and : LEVEL.or;
  const side = (value: Code): string =>
    value.level === same || value.level > LEVEL.and ? value.text : `(${value.text})`;
  return code('bool', `${side(one)} ${kind} ${side(other)}`, same);
}

/** Prints `&&` and `||`; a side that is known leaves no code, nor does one that C does not say. */
export function decided(kind: '&&' | '||', left: Printed, right: Printed, at: Place): Printed {
  if (left.kind === 'unsaid' || right.kind === 'unsaid') return UNSAID;
  const decides = kind === '||';
  if (left.kind === 'truth') return left.holds === decides ? left : right;
  if (right.kind === 'truth' && right.holds !== decides) return left;
  const [one, other] = [codeOf(left, at), codeOf(right, at)];
  const both = joined(kind, one, other);
  if (one.inverse === undefined || other.inverse === undefined) return both;
  return { ...both, inverse: joined(decides ? '&&' : '||', one.inverse, other.inverse) };
}
