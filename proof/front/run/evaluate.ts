/** Evaluates expressions. */

import { FALSE, TRUE, not } from '../../formula/formula.ts';
import { State, joined } from './state.ts';
import { UNDEFINED, areEqual, casesOf, fromCases, merged, number, truth } from './value.ts';
import { arithmetic, callBuiltin, comparison, negated } from './operator.ts';
import { constant } from '../../formula/word.ts';
import { holdsOf, wordOf } from './coerce.ts';
import { printPlace } from '../form.ts';
import type { Deed, Expression, Place } from '../form.ts';
import type { Frame, Machine } from './machine.ts';
import type { Literal } from '../../formula/formula.ts';
import type { Value } from './value.ts';

/** The names of the language that the code may use. */
const BUILTINS: readonly string[] = ['Math', 'Number'];

/** Returns the value of a field, a method bound to its object, or undefined. */
function memberOf(machine: Machine, of: Value, name: string, state: State): Value {
  if (of.kind === 'cases') {
    return fromCases(
      machine.words,
      of.cases.flatMap(({ when, value }) =>
        casesOf(memberOf(machine, value, name, state)).map((one) => ({
          when: machine.words.formulas.and(when, one.when),
          value: one.value,
        })),
      ),
    );
  }
  if (of.kind === 'builtin') return { kind: 'builtin', name: `${of.name}.${name}`, self: undefined };
  if (of.kind === 'array' && name === 'length') return number(constant(state.heap.get(of.name)?.length ?? 0));
  if (of.kind === 'array') return { kind: 'builtin', name: `array.${name}`, self: of };
  if (of.kind !== 'object') return UNDEFINED;
  const field = of.fields.get(name);
  if (field !== undefined) return field;
  const method = of.form === undefined ? undefined : machine.program.method(of.form, name);
  return method === undefined ? UNDEFINED : { kind: 'method', method, self: of };
}

/** Returns an element of an array, undefined if the index is out of bounds. */
function elementOf(machine: Machine, of: Value, index: Value, state: State, at: Place): Value {
  const { words } = machine;
  if (of.kind === 'object') {
    const cases = casesOf(index).flatMap(({ when, value }) => {
      const field = value.kind === 'text' ? of.fields.get(value.text) : undefined;
      return casesOf(field ?? UNDEFINED).map((one) => ({ when: words.formulas.and(when, one.when), value: one.value }));
    });
    return fromCases(words, cases);
  }
  const place = wordOf(machine, index, state, at);
  if (of.kind === 'list') {
    const cases = of.items.flatMap((item, n) => {
      const here = words.equal(place, constant(n));
      return casesOf(item).map((one) => ({ when: words.formulas.and(here, one.when), value: one.value }));
    });
    return fromCases(words, cases);
  }
  if (of.kind !== 'array') throw new Error(`${printPlace(at)}: this is no array`);
  const elements = state.heap.get(of.name) ?? [];
  const within = words.isWithin(place, elements.length);
  if (within === FALSE) return UNDEFINED;
  return merged(words, within, number(words.select(elements, place)), UNDEFINED);
}

/** Evaluates one of two expressions, each where its side of a condition holds. */
function either(
  machine: Machine,
  condition: Literal,
  state: State,
  yes: (state: State) => Value,
  no: (state: State) => Value,
): Value {
  if (condition === TRUE) return yes(state);
  if (condition === FALSE) return no(state);
  const one = state.under(machine.words, condition);
  const other = state.under(machine.words, not(condition));
  const [value, otherwise] = [yes(one), no(other)];
  state.become(joined(machine.words, one, other));
  if (other.isDead()) return value;
  return one.isDead() ? otherwise : merged(machine.words, condition, value, otherwise);
}

/** Returns the condition that a value is not undefined, and the value if it is not. */
function presence(machine: Machine, value: Value): readonly [Literal, Value] {
  const some = casesOf(value).filter((one) => one.value.kind !== 'undefined');
  const is = machine.words.formulas.any(some.map(({ when }) => when));
  return [is, fromCases(machine.words, some)];
}

function globalOf(machine: Machine, name: string, frame: Frame): Value {
  const meaning = machine.program.meaning(frame.module, name);
  if (meaning === undefined) {
    if (BUILTINS.includes(name)) return { kind: 'builtin', name, self: undefined };
    throw new Error(`${frame.module} has no ${name} that can be read`);
  }
  if (meaning.kind === 'method') return { kind: 'method', method: meaning.method, self: undefined };
  if (meaning.kind === 'class') throw new Error(`${frame.module} uses the class ${name} as a value`);
  const nowhere = new State(TRUE, new Map(), new Map());
  return evaluate(machine, meaning.value, nowhere, { module: meaning.module, self: undefined });
}

function record(machine: Machine, expression: Expression & { kind: 'record' }, state: State, frame: Frame): Value {
  const fields = new Map<string, Value>();
  for (const property of expression.properties) {
    const value = evaluate(machine, property.value, state, frame);
    if (property.kind === 'named') fields.set(property.name, value);
    else if (value.kind === 'object') for (const [name, one] of value.fields) fields.set(name, one);
    else throw new Error(`${printPlace(expression.at)}: only a record is spread`);
  }
  return { kind: 'object', form: undefined, fields };
}

function call(
  machine: Machine,
  { callee, values, at }: Expression & { kind: 'call' },
  state: State,
  frame: Frame,
): Value {
  const target = evaluate(machine, callee, state, frame);
  const given = values.map((value) => evaluate(machine, value, state, frame));
  if (target.kind === 'method') {
    return machine.invoke({ method: target.method, self: target.self, values: given, at }, state);
  }
  if (target.kind === 'builtin') return callBuiltin(machine, target, given, state, at);
  throw new Error(`${printPlace(at)}: what is called is no function that can be read`);
}

/** Evaluates an expression whose right side may be left out. */
function decided(
  machine: Machine,
  { kind, left, right, at }: Expression & { kind: '&&' | '||' | '??' },
  state: State,
  frame: Frame,
): Value {
  const first = evaluate(machine, left, state, frame);
  const second = (side: State): Value => evaluate(machine, right, side, frame);
  if (kind === '??') {
    const [is, value] = presence(machine, first);
    return either(machine, is, state, () => value, second);
  }
  const holds = holdsOf(first, at);
  if (kind === '&&') return either(machine, holds, state, second, () => truth(FALSE));
  return either(machine, holds, state, () => truth(TRUE), second);
}

function literal(expression: Deed & { kind: 'number' | 'text' | 'truth' | 'undefined' }): Value {
  switch (expression.kind) {
    case 'number':
      return number(constant(expression.value));
    case 'text':
      return { kind: 'text', text: expression.value };
    case 'truth':
      return truth(expression.value ? TRUE : FALSE);
    case 'undefined':
      return UNDEFINED;
  }
}

function named(
  machine: Machine,
  expression: Deed & { kind: 'this' | 'local' | 'global' },
  state: State,
  frame: Frame,
): Value {
  if (expression.kind === 'this') return frame.self ?? UNDEFINED;
  if (expression.kind === 'global') return globalOf(machine, expression.name, frame);
  return state.variables.get(expression.name) ?? UNDEFINED;
}

function unary(
  machine: Machine,
  { kind, at }: Expression & { kind: 'negate' | 'complement' | 'not' },
  value: Value,
  state: State,
): Value {
  if (kind === 'not') return truth(not(holdsOf(value, at)));
  if (kind === 'negate') return negated(machine, value, state, at);
  return number(machine.words.complement(wordOf(machine, value, state, at)));
}

function compared(
  machine: Machine,
  { operator, at }: Expression & { kind: 'comparison' },
  [left, right]: readonly [Value, Value],
  state: State,
): Value {
  if (operator === '===') return truth(areEqual(machine.words, left, right));
  if (operator === '!==') return truth(not(areEqual(machine.words, left, right)));
  return comparison(machine, operator, [left, right], state, at);
}

function choice(
  machine: Machine,
  { condition, yes, no, at }: Expression & { kind: 'choice' },
  state: State,
  frame: Frame,
): Value {
  const side = (one: Expression) => (there: State) => evaluate(machine, one, there, frame);
  const holds = holdsOf(evaluate(machine, condition, state, frame), at);
  return either(machine, holds, state, side(yes), side(no));
}

/** Evaluates an expression in a state, which becomes the one after it. */
export function evaluate(machine: Machine, expression: Expression, state: State, frame: Frame): Value {
  const { at } = expression;
  const of = (one: Expression): Value => evaluate(machine, one, state, frame);
  switch (expression.kind) {
    case 'number':
    case 'text':
    case 'truth':
    case 'undefined':
      return literal(expression);
    case 'this':
    case 'local':
    case 'global':
      return named(machine, expression, state, frame);
    case 'member':
      return memberOf(machine, of(expression.of), expression.name, state);
    case 'element':
      return elementOf(machine, of(expression.of), of(expression.index), state, at);
    case 'negate':
    case 'complement':
    case 'not':
      return unary(machine, expression, of(expression.operand), state);
    case 'arithmetic':
      return arithmetic(machine, expression, [of(expression.left), of(expression.right)], state);
    case 'comparison':
      return compared(machine, expression, [of(expression.left), of(expression.right)], state);
    case '&&':
    case '||':
    case '??':
      return decided(machine, expression, state, frame);
    case 'choice':
      return choice(machine, expression, state, frame);
    case 'call':
      return call(machine, expression, state, frame);
    case 'record':
      return record(machine, expression, state, frame);
    case 'list':
      return { kind: 'list', items: expression.items.map(of) };
  }
}
