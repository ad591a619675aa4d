/** Evaluates expressions; stops at each access to a shared word until it is told what the word holds. */

import { Stopped } from './access.ts';
import { arithmetic, callBuiltin, comparison, holdsOf, numberOf } from './operator.ts';
import type { Access, Deed } from './access.ts';
import type { Expression, Method, Place } from '../../front/form.ts';
import type { Program } from '../../front/program.ts';
import type { Shared, Thing, Value } from './value.ts';

/** Code under way: it gives its next access, and is given what the word held. */
export type Going<T> = Generator<Access, T, number>;

/** The call that is carried out. */
export interface Frame {
  readonly method: Method;
  readonly self: Value;
  readonly variables: Map<string, Value>;
  /** The function that an access is told to be of: the innermost one that is not of `src/words`. */
  readonly within: string;
}

/** What evaluating needs of the machine that carries out the form. */
export interface Machine {
  readonly program: Program;
  readonly invoke: (method: Method, self: Value, values: readonly Value[], around: Frame | undefined) => Going<Value>;
}

/** The file whose functions stop the code. */
const BUG = 'src/words/bug.ts';

const BUILTINS: readonly string[] = ['Math', 'Number', 'Atomics'];

/** One access to an element of a shared array. An index out of bounds stops the code if it is written to. */
export function* touch(array: Shared, index: number, deed: Deed, frame: Frame, at: Place): Going<number> {
  if (!Number.isInteger(index) || index < 0 || index >= array.length) {
    throw new Stopped('an index is out of bounds', at);
  }
  return yield { ...deed, word: array.first + index, at, within: frame.within };
}

function memberOf(machine: Machine, of: Value, name: string): Value {
  if (typeof of !== 'object') return undefined;
  if (of.kind === 'builtin') return { kind: 'builtin', name: `${of.name}.${name}` };
  if (of.kind === 'shared') return name === 'length' ? of.length : undefined;
  if (of.kind !== 'thing') return undefined;
  const field = of.fields.get(name);
  if (field !== undefined || of.form === undefined) return field;
  const method = machine.program.method(of.form, name);
  return method === undefined ? undefined : { kind: 'method', method, self: of };
}

function* elementOf(of: Value, index: Value, frame: Frame, at: Place): Going<Value> {
  if (typeof of !== 'object') throw new Stopped('a value is used that is none', at);
  if (of.kind === 'thing' && typeof index === 'string') return of.fields.get(index);
  const place = numberOf(index, at);
  if (of.kind === 'list') return of.items[place];
  if (of.kind !== 'shared') throw new Stopped('this is no array', at);
  if (!Number.isInteger(place) || place < 0 || place >= of.length) return undefined;
  return yield* touch(of, place, { kind: 'read' }, frame, at);
}

/** Returns what a name of the module means; a constant is evaluated where it is declared. */
function* named(machine: Machine, name: string, frame: Frame): Going<Value> {
  const { module } = frame.method;
  const meaning = machine.program.meaning(module, name);
  if (meaning?.kind === 'method') return { kind: 'method', method: meaning.method, self: undefined };
  if (meaning?.kind === 'constant') {
    const there: Frame = { ...frame, method: { ...frame.method, module: meaning.module }, variables: new Map() };
    return yield* evaluate(machine, meaning.value, there);
  }
  if (meaning === undefined && BUILTINS.includes(name)) return { kind: 'builtin', name };
  throw new Error(`${module} has no ${name} that can be read`);
}

/** Carries out what `Atomics` has: each a step of its own. */
function* atomically(name: string, values: readonly Value[], frame: Frame, at: Place): Going<Value> {
  const [array, index, operand] = values;
  if (typeof array !== 'object' || array.kind !== 'shared') throw new Stopped('this is no shared array', at);
  const value = operand === undefined ? 0 : numberOf(operand, at);
  const deed = ((): Deed => {
    switch (name) {
      case 'Atomics.load':
        return { kind: 'read' };
      case 'Atomics.store':
        return { kind: 'write', value };
      case 'Atomics.add':
        return { kind: 'add', value };
      case 'Atomics.wait':
        return { kind: 'sleep', value };
      case 'Atomics.notify':
        return { kind: 'wake' };
      default:
        throw new Stopped(`${name} is no function that can be carried out`, at);
    }
  })();
  return yield* touch(array, numberOf(index, at), deed, frame, at);
}

function* call(machine: Machine, expression: Expression & { kind: 'call' }, frame: Frame): Going<Value> {
  const { at } = expression;
  const target = yield* evaluate(machine, expression.callee, frame);
  const values: Value[] = [];
  for (const value of expression.values) values.push(yield* evaluate(machine, value, frame));
  if (typeof target === 'object' && target.kind === 'method') {
    if (target.method.module === BUG)
      throw new Stopped(values.map((one) => (typeof one === 'object' ? one.kind : String(one))).join(' '), at);
    return yield* machine.invoke(target.method, target.self, values, frame);
  }
  if (typeof target !== 'object' || target.kind !== 'builtin') {
    throw new Error(`${at.file}:${at.line}: what is called is no function that can be read`);
  }
  if (target.name.startsWith('Atomics.')) return yield* atomically(target.name, values, frame, at);
  return callBuiltin(target.name, values, at);
}

function* record(machine: Machine, expression: Expression & { kind: 'record' }, frame: Frame): Going<Thing> {
  const fields = new Map<string, Value>();
  for (const property of expression.properties) {
    const value = yield* evaluate(machine, property.value, frame);
    if (property.kind === 'named') fields.set(property.name, value);
    else if (typeof value === 'object' && value.kind === 'thing') {
      for (const [name, one] of value.fields) fields.set(name, one);
    }
  }
  return { kind: 'thing', form: undefined, fields };
}

/** Evaluates an expression whose right side may be left out. */
function* decided(
  machine: Machine,
  { kind, left, right }: Expression & { kind: '&&' | '||' | '??' },
  frame: Frame,
): Going<Value> {
  const first = yield* evaluate(machine, left, frame);
  const suffices = kind === '??' ? first !== undefined : holdsOf(first) === (kind === '||');
  return suffices ? first : yield* evaluate(machine, right, frame);
}

function unary({ kind, at }: Expression & { kind: 'negate' | 'complement' | 'not' }, operand: Value): Value {
  if (kind === 'not') return !holdsOf(operand);
  return kind === 'negate' ? -numberOf(operand, at) : ~numberOf(operand, at);
}

function binary(expression: Expression & { kind: 'arithmetic' | 'comparison' }, left: Value, right: Value): Value {
  const { at } = expression;
  if (expression.kind === 'comparison') return comparison(expression.operator, left, right, at);
  return arithmetic(expression.operator, numberOf(left, at), numberOf(right, at));
}

function* list(machine: Machine, { items }: Expression & { kind: 'list' }, frame: Frame): Going<Value> {
  const values: Value[] = [];
  for (const item of items) values.push(yield* evaluate(machine, item, frame));
  return { kind: 'list', items: values };
}

function* indexed(machine: Machine, expression: Expression & { kind: 'element' }, frame: Frame): Going<Value> {
  const of = yield* evaluate(machine, expression.of, frame);
  return yield* elementOf(of, yield* evaluate(machine, expression.index, frame), frame, expression.at);
}

function* choice(
  machine: Machine,
  { condition, yes, no }: Expression & { kind: 'choice' },
  frame: Frame,
): Going<Value> {
  const holds = holdsOf(yield* evaluate(machine, condition, frame));
  return yield* evaluate(machine, holds ? yes : no, frame);
}

/** Evaluates an expression. */
export function* evaluate(machine: Machine, expression: Expression, frame: Frame): Going<Value> {
  switch (expression.kind) {
    case 'number':
    case 'text':
    case 'truth':
    case 'undefined':
      return expression.kind === 'undefined' ? undefined : expression.value;
    case 'this':
      return frame.self;
    case 'local':
      return frame.variables.get(expression.name);
    case 'global':
      return yield* named(machine, expression.name, frame);
    case 'member':
      return memberOf(machine, yield* evaluate(machine, expression.of, frame), expression.name);
    case 'element':
      return yield* indexed(machine, expression, frame);
    case 'negate':
    case 'complement':
    case 'not':
      return unary(expression, yield* evaluate(machine, expression.operand, frame));
    case 'arithmetic':
    case 'comparison': {
      const left = yield* evaluate(machine, expression.left, frame);
      return binary(expression, left, yield* evaluate(machine, expression.right, frame));
    }
    case '&&':
    case '||':
    case '??':
      return yield* decided(machine, expression, frame);
    case 'choice':
      return yield* choice(machine, expression, frame);
    case 'call':
      return yield* call(machine, expression, frame);
    case 'record':
      return yield* record(machine, expression, frame);
    case 'list':
      return yield* list(machine, expression, frame);
  }
}
