/** Prints expressions. */

import { LEVEL, UNSAID, code, operand, truth } from './printed.ts';
import { arithmetic, comparison, decided, unary } from './operator.ts';
import { codeOf, converted, indexOf, quiet } from './printer.ts';
import { fieldOf } from './zone.ts';
import { printPlace } from '../form.ts';
import type { Deed, Expression, Place } from '../form.ts';
import type { Frame, Printer } from './printer.ts';
import type { Printed } from './printed.ts';

const BUILTINS: readonly string[] = ['Math', 'Number'];

/** The classes of objects, and the files that have them. */
const FILES = {
  Allocator: 'src/buddy/allocator.ts',
  Zone: 'src/buddy/zone.ts',
  OwnerTable: 'src/buddy/owner.ts',
  Field: 'src/words/field.ts',
} as const;

/** Returns the two operations of the kernel, as the code that makes a face finds them. */
function coreOf(printer: Printer): Printed {
  const cores = printGlobal(printer, 'CORES', FILES.Allocator);
  const core = cores.kind === 'record' ? cores.fields.get(printer.kernel) : undefined;
  if (core === undefined) throw new Error(`${FILES.Allocator} has no core for ${printer.kernel}`);
  return core;
}

function memberOf(printer: Printer, of: Printed, name: string, at: Place): Printed {
  if (of.kind === 'unsaid') return UNSAID;
  if (of.kind === 'builtin') return { kind: 'builtin', name: `${of.name}.${name}`, self: undefined };
  if (of.kind === 'elements') {
    if (name === 'length') return of.length === undefined ? UNSAID : code('int32_t', of.length, LEVEL.or);
    return { kind: 'builtin', name: `array.${name}`, self: of };
  }
  if (of.kind === 'record') return of.fields.get(name) ?? { kind: 'undefined' };
  if (of.kind !== 'object') throw new Error(`${printPlace(at)}: ${of.kind} has no members`);
  if (of.class === 'Allocator' && name === '#core') return coreOf(printer);
  const field = fieldOf(of, name, printer.kernel);
  if (field !== undefined) return field;
  const method = printer.program.method(printer.program.class(FILES[of.class], of.class), name);
  if (method === undefined) throw new Error(`${printPlace(at)}: ${of.class} has no ${name} that can be printed`);
  return { kind: 'method', method, self: of };
}

function elementOf(of: Printed, index: Printed, at: Place): Printed {
  if (of.kind === 'record') return UNSAID;
  if (of.kind === 'run') {
    const position = codeOf(index, at).text;
    return position === '0' ? code('int64_t', `${of.text}.first`) : code('int64_t', `${of.text}.count`);
  }
  if (of.kind !== 'elements') throw new Error(`${printPlace(at)}: this is no array`);
  return code('int32_t', `${of.text}[${indexOf(quiet(index, at), at)}]`);
}

/** Returns what a name of a module stands for: numbers and outcomes by their names, all else by itself. */
export function printGlobal(printer: Printer, name: string, module: string): Printed {
  const meaning = printer.program.meaning(module, name);
  if (meaning === undefined) {
    if (BUILTINS.includes(name)) return { kind: 'builtin', name, self: undefined };
    throw new Error(`${module} has no ${name} that can be printed`);
  }
  if (meaning.kind === 'method') return { kind: 'method', method: meaning.method, self: undefined };
  if (meaning.kind === 'class') throw new Error(`${module} uses the class ${name} as a value`);
  const frame: Frame = { module: meaning.module, self: undefined, names: new Map(), effects: { writes: false } };
  const value = printExpression(printer, meaning.value, frame);
  const isOutcome = value.kind === 'record' && value.fields.get('kind')?.kind === 'text';
  return value.kind === 'code' || isOutcome ? printer.constant(name, codeOf(value, meaning.value.at)) : value;
}

function recordOf(printer: Printer, { properties, at }: Expression & { kind: 'record' }, frame: Frame): Printed {
  const fields = new Map<string, Printed>();
  for (const property of properties) {
    const value = printExpression(printer, property.value, frame);
    if (property.kind === 'named') fields.set(property.name, value);
    else if (value.kind === 'record') for (const [name, one] of value.fields) fields.set(name, one);
    else throw new Error(`${printPlace(at)}: only a record is spread`);
  }
  return { kind: 'record', fields };
}

/** Prints a call of the language's functions. Every number here is whole. */
function builtin(name: string, values: readonly Printed[], at: Place): Printed {
  const [one] = values;
  if (name === 'Number.isInteger') return truth(true);
  if (name === 'Math.clz32' && one !== undefined) {
    return code('int32_t', `buddy_clz32(${converted(one, 'int32_t', at).text})`);
  }
  throw new Error(`${printPlace(at)}: ${name} is not printed yet`);
}

function call(printer: Printer, { callee, values, at }: Expression & { kind: 'call' }, frame: Frame): Printed {
  const target = printExpression(printer, callee, frame);
  const given = values.map((value) => printExpression(printer, value, frame));
  if (target.kind === 'method') return printer.call({ ...target, values: given, at }, frame);
  if (target.kind === 'builtin') return builtin(target.name, given, at);
  throw new Error(`${printPlace(at)}: what is called is no function that can be printed`);
}

function literal(deed: Deed & { kind: 'number' | 'text' | 'truth' | 'undefined' }): Printed {
  switch (deed.kind) {
    case 'number':
      return code('int32_t', String(deed.value));
    case 'text':
      return { kind: 'text', text: deed.value };
    case 'truth':
      return truth(deed.value);
    case 'undefined':
      return { kind: 'undefined' };
  }
}

/** Returns an element, which another value would stand in for if its index were out of bounds. */
function present({ at, kind }: Expression, value: Printed): Printed {
  if (kind !== 'element') throw new Error(`${printPlace(at)}: ?? is printed after an element`);
  return value;
}

function named(
  printer: Printer,
  expression: Expression & { kind: 'this' | 'local' | 'global' },
  frame: Frame,
): Printed {
  const { at, kind } = expression;
  if (kind === 'this') return frame.self ?? UNSAID;
  const { name } = expression;
  if (kind === 'global') return printGlobal(printer, name, frame.module);
  const value = frame.names.get(name);
  if (value === undefined) throw new Error(`${printPlace(at)}: ${name} has no value here`);
  return value;
}

function choice(printer: Printer, expression: Expression & { kind: 'choice' }, frame: Frame): Printed {
  const { at } = expression;
  const condition = codeOf(printExpression(printer, expression.condition, frame), at);
  const yes = codeOf(printExpression(printer, expression.yes, frame), at);
  const no = codeOf(printExpression(printer, expression.no, frame), at);
  const text = `${operand(condition, LEVEL.or)} ? ${operand(yes, LEVEL.or)} : ${operand(no, LEVEL.or)}`;
  return { ...code(yes.type, text, LEVEL.choice), writes: [condition, yes, no].some(({ writes }) => writes) };
}

/** Prints an expression. `a[i] ?? otherwise` is `a[i]`: that every index is within bounds is an obligation of the proof. */
export function printExpression(printer: Printer, expression: Expression, frame: Frame): Printed {
  const { at } = expression;
  const of = (one: Expression): Printed => printExpression(printer, one, frame);
  switch (expression.kind) {
    case 'number':
    case 'text':
    case 'truth':
    case 'undefined':
      return literal(expression);
    case 'this':
    case 'local':
    case 'global':
      return named(printer, expression, frame);
    case 'member':
      return memberOf(printer, of(expression.of), expression.name, at);
    case 'element':
      return elementOf(of(expression.of), of(expression.index), at);
    case 'negate':
    case 'complement':
    case 'not':
      return unary(expression.kind, of(expression.operand), at);
    case 'arithmetic':
      return arithmetic(expression.operator, of(expression.left), of(expression.right), at);
    case 'comparison':
      return comparison(expression.operator, of(expression.left), of(expression.right), at);
    case '&&':
    case '||':
      return decided(expression.kind, of(expression.left), of(expression.right), at);
    case '??':
      return present(expression.left, of(expression.left));
    case 'choice':
      return choice(printer, expression, frame);
    case 'call':
      return call(printer, expression, frame);
    case 'record':
      return recordOf(printer, expression, frame);
    case 'list':
      return { kind: 'list', items: expression.items.map(of) };
  }
}
