/** Prints expressions in Coq: a term, and what must be bound before it. */

import { CLASS_FILES, FACE } from '../files.ts';
import { isBuiltin } from '../walk.ts';
import { printPlace } from '../form.ts';
import { term } from './value.ts';
import type { Arithmetic, Comparison, Expression, Method, Place } from '../form.ts';
import type { Program } from '../program.ts';
import type { FieldClass, Printed, Type, Value } from './value.ts';

/** The function that is printed. `before`: lines that bind what the expression uses. */
export interface Context {
  readonly program: Program;
  readonly module: string;
  readonly self: Value | undefined;
  readonly names: ReadonlyMap<string, Value>;
  readonly before: string[];
  /** Returns a name that is not in use. */
  readonly fresh: () => string;
  /** Has a function printed; returns its name, and the type of what it returns. */
  readonly request: (method: Method, self: Value | undefined) => Printed;
}

const ARRAYS = ['links', 'map', 'firstBits'];
/** The objects over arrays of the zone: their classes, and what these call the array. */
const FIELDS: ReadonlyMap<string, FieldClass> = new Map([
  ['counters', 'Field'],
  ['buddyFlag', 'Field'],
  ['privateOrder', 'Field'],
  ['owners', 'OwnerTable'],
]);
const INNER: Readonly<Record<FieldClass, string>> = { Field: 'words', OwnerTable: 'bytes' };
const NUMBERS = ['pages', 'orders', 'base', 'offset'];
/** The classes of what has methods. */
const CLASSES: ReadonlyMap<string, string> = new Map([
  ['zone', 'Zone'],
  ['face', 'Allocator'],
]);
/** The operations of a core, and the types of what they answer: a record in Words.v. */
const OPERATIONS: ReadonlyMap<string, Type> = new Map([
  ['take', 'Z'],
  ['give', 'unit'],
]);
/** Its functions state a unit and give the number that they are given. */
const UNITS = 'src/words/unit.ts';

const ARITHMETIC: Readonly<Record<Arithmetic, (left: string, right: string) => string>> = {
  '+': (left, right) => `(${left} + ${right})`,
  '-': (left, right) => `(${left} - ${right})`,
  '*': (left, right) => `(${left} * ${right})`,
  '**': (left, right) => `(${left} ^ ${right})`,
  '&': (left, right) => `(js_and ${left} ${right})`,
  '|': (left, right) => `(js_or ${left} ${right})`,
  '^': (left, right) => `(js_xor ${left} ${right})`,
  '<<': (left, right) => `(js_shl ${left} ${right})`,
  '>>': (left, right) => `(js_shr ${left} ${right})`,
  '>>>': (left, right) => `(js_ushr ${left} ${right})`,
};

const COMPARISON: Readonly<Record<Comparison, (left: string, right: string) => string>> = {
  '<': (left, right) => `(${left} <? ${right})`,
  '>': (left, right) => `(${right} <? ${left})`,
  '<=': (left, right) => `(${left} <=? ${right})`,
  '>=': (left, right) => `(${right} <=? ${left})`,
  '===': (left, right) => `(${left} =? ${right})`,
  '!==': (left, right) => `(negb (${left} =? ${right}))`,
};

/** Returns the text of a term. Throws if a value is none. */
export function textOf(value: Value, at: Place): string {
  if (value.kind !== 'term') throw new Error(`${printPlace(at)}: ${value.kind} is no term of Coq`);
  return value.text;
}

/** Returns an operation of a core. */
function operationOf(name: string, at: Place): Value {
  const type = OPERATIONS.get(name);
  if (type === undefined) throw new Error(`${printPlace(at)}: a core has no ${name}`);
  return { kind: 'operation', name, type };
}

export const propertyOf = (record: Expression, name: string): Expression | undefined =>
  (record.kind === 'record' ? record.properties : []).find((one) => one.kind === 'named' && one.name === name)?.value;

function memberOf(of: Value, name: string, context: Context, at: Place): Value {
  if (of.kind === 'field' && name === INNER[of.of]) return { kind: 'array', name: of.name };
  if (of.kind === 'zone') {
    if (ARRAYS.includes(name)) return { kind: 'array', name };
    const field = FIELDS.get(name);
    if (field !== undefined) return { kind: 'field', name, of: field };
    if (NUMBERS.includes(name)) return term('Z', `(${context.names.has(name) ? 'Words.' : ''}${name} z)`);
  }
  if (of.kind === 'array' && name === 'length') return term('Z', `(length (${of.name} z))`);
  if (of.kind === 'face' && name === '#zone') return { kind: 'zone' };
  if (of.kind === 'face' && name === '#core') return { kind: 'core' };
  if (of.kind === 'core') return operationOf(name, at);
  const owner = of.kind === 'field' ? of.of : (CLASSES.get(of.kind) ?? '');
  const file = of.kind === 'face' ? FACE : CLASS_FILES.get(owner);
  const method = file === undefined ? undefined : context.program.method(context.program.class(file, owner), name);
  if (method === undefined) throw new Error(`${printPlace(at)}: ${of.kind} has no ${name} that can be printed`);
  return { kind: 'method', method, self: of };
}

function globalOf(name: string, context: Context): Value {
  const meaning = context.program.meaning(context.module, name);
  if (meaning?.kind === 'method') return { kind: 'method', method: meaning.method, self: undefined };
  if (meaning?.kind !== 'constant') throw new Error(`${context.module} has no ${name} that can be printed`);
  return printTerm(meaning.value, { ...context, module: meaning.module, self: undefined, names: new Map() });
}

/** Returns the element of an array as an option, in text. */
function readOf({ of, index, at }: Expression & { kind: 'element' }, context: Context): string {
  const array = printTerm(of, context);
  if (array.kind !== 'array') throw new Error(`${printPlace(at)}: this is no array`);
  return `(read (${array.name} z) ${textOf(printTerm(index, context), at)})`;
}

/** Returns the part of a run of pages that an index stands for. */
function partOf(run: string, index: Expression): Value {
  if (index.kind !== 'number' || index.value > 1) throw new Error(`${printPlace(index.at)}: a run has two parts`);
  return term('Z', `(${index.value === 0 ? 'fst' : 'snd'} ${run})`);
}

/** Prints an element: a part of a run, or what an array has there, if anything. */
function elementOf(element: Expression & { kind: 'element' }, context: Context): Value {
  const value = printTerm(element.of, context);
  return value.kind === 'run' ? partOf(value.text, element.index) : term('(option Z)', readOf(element, context));
}

/** A report of a bug: what it says, and its number. */
export function bugOf(expression: Expression, context: Context): string | undefined {
  if (expression.kind !== 'call' || expression.callee.kind !== 'global') return undefined;
  const [what, n] = expression.values;
  if (expression.callee.name !== 'outOfRange' || what?.kind !== 'text' || n === undefined) return undefined;
  return `"${what.value}"%string ${textOf(printTerm(n, context), n.at)}`;
}

function orElse({ left, right, at }: Expression & { kind: '&&' | '||' | '??' }, context: Context): Value {
  if (left.kind !== 'element') throw new Error(`${printPlace(at)}: ?? is printed after an element`);
  const read = readOf(left, context);
  const bug = bugOf(right, context);
  const otherwise = bug === undefined ? textOf(printTerm(right, context), at) : '';
  const name = context.fresh();
  const line =
    bug === undefined ? `let ${name} := or_else ${read} ${otherwise} in` : `do ${name} <- or_bug ${read} ${bug};`;
  context.before.push(line);
  return term('Z', name);
}

/** All numbers of Coq's `Z` are whole. */
/** Returns what is called: a function that is printed, or an operation of the core. */
function calledBy(target: Value, context: Context, at: Place): Printed {
  if (target.kind === 'operation') return { name: target.name, type: target.type, cored: true };
  if (target.kind === 'method') return context.request(target.method, target.self);
  throw new Error(`${printPlace(at)}: what is called is no function that can be printed`);
}

function call({ callee, values, at }: Expression & { kind: 'call' }, context: Context): Value {
  if (isBuiltin(callee, 'Number', 'isInteger')) return term('bool', 'true');
  const given = values.map((value) => printTerm(value, context));
  if (isBuiltin(callee, 'Math', 'clz32'))
    return term('Z', `(js_clz32${given.map((one) => ` ${textOf(one, at)}`).join('')})`);
  const target = printTerm(callee, context);
  const [unit] = given;
  if (target.kind === 'method' && target.method.module === UNITS && unit !== undefined) return unit;
  const { name, type, cored } = calledBy(target, context, at);
  const terms = given
    .filter(({ kind }) => kind !== 'zone')
    .map((value) => ` ${value.kind === 'runs' ? value.text : textOf(value, at)}`);
  const result = context.fresh();
  context.before.push(`do (${result}, z) <- ${name}${cored ? ' core' : ''} z${terms.join('')};`);
  return term(type, result);
}

/** Prints `&&` or `||`. Its right side is evaluated only if the left one does not decide, and so is what is bound for it. */
function decides(
  kind: '&&' | '||',
  { left, right, at }: Expression & { kind: '&&' | '||' | '??' },
  context: Context,
): Value {
  const first = textOf(printTerm(left, context), at);
  const before: string[] = [];
  const second = textOf(printTerm(right, { ...context, before }), at);
  if (first === (kind === '&&' ? 'true' : 'false')) {
    context.before.push(...before);
    return term('bool', second);
  }
  if (before.length === 0) return term('bool', `(${first} ${kind} ${second})%bool`);
  const name = context.fresh();
  const evaluated = `${before.join(' ')} Done (${second}, z)`;
  const [yes, no] = kind === '&&' ? [evaluated, 'Done (false, z)'] : ['Done (true, z)', evaluated];
  context.before.push(`do (${name}, z) <- (if ${first} then ${yes} else ${no});`);
  return term('bool', name);
}

/** The kinds of outcomes, and what each says of itself. Its clause is left out: the misuse says it. */
const OUTCOMES: ReadonlyMap<string, readonly string[]> = new Map([
  ['granted', ['head']],
  ['exhausted', []],
  ['done', []],
  ['rejected', ['misuse']],
]);

/** Prints a record: an outcome. */
function outcome(record: Expression & { kind: 'record' }, context: Context): Value {
  const kind = propertyOf(record, 'kind');
  const parts = kind?.kind === 'text' ? OUTCOMES.get(kind.value) : undefined;
  if (kind?.kind !== 'text' || parts === undefined) throw new Error(`${printPlace(record.at)}: this is no outcome`);
  const values = parts.flatMap((name) => propertyOf(record, name) ?? []);
  const texts = values.map((value) => ` ${textOf(printTerm(value, context), record.at)}`);
  return term('outcome', `(Outcome_${kind.value}${texts.join('')})`);
}

/** Prints a choice between two values. What is bound for a side is bound only if it is the one. */
function choice({ condition, yes, no, at }: Expression & { kind: 'choice' }, context: Context): Value {
  const holds = textOf(printTerm(condition, context), at);
  const [one, other] = [yes, no].map((side) => {
    const before: string[] = [];
    return { before, value: printTerm(side, { ...context, before }) };
  });
  if (one?.value.kind !== 'term' || other?.value.kind !== 'term')
    throw new Error(`${printPlace(at)}: this is no value`);
  const { type } = one.value;
  if (one.before.length + other.before.length === 0)
    return term(type, `(if ${holds} then ${one.value.text} else ${other.value.text})`);
  const [first, second] = [one, other].map(({ before, value }) =>
    [...before, `Done (${textOf(value, at)}, z)`].join(' '),
  );
  const name = context.fresh();
  context.before.push(`do (${name}, z) <- (if ${holds} then ${first ?? ''} else ${second ?? ''});`);
  return term(type, name);
}

/** What an expression of one operand is. */
const UNARY = { negate: ['Z', '-'], complement: ['Z', 'js_not'], not: ['bool', 'negb'] } as const;

function unary(kind: keyof typeof UNARY, operand: string): Value {
  if (kind === 'not' && operand === 'true') return term('bool', 'false');
  const [type, sign] = UNARY[kind];
  return term(type, `(${sign} ${operand})`);
}

function binary(expression: Expression & { kind: 'arithmetic' | 'comparison' }, context: Context): Value {
  const [left, right] = [expression.left, expression.right].map((one) => printTerm(one, context));
  if (left?.kind !== 'term' || right?.kind !== 'term')
    throw new Error(`${printPlace(expression.at)}: this is no number`);
  return expression.kind === 'arithmetic'
    ? term('Z', ARITHMETIC[expression.operator](left.text, right.text))
    : term('bool', COMPARISON[expression.operator](left.text, right.text));
}

function literal(expression: Expression & { kind: 'number' | 'truth' | 'text' }): Value {
  if (expression.kind === 'text') return term('string', `"${expression.value}"%string`);
  return term(expression.kind === 'number' ? 'Z' : 'bool', String(expression.value));
}

/** Prints an expression. What reads or calls is bound before it, in the sequence in which it is evaluated. */
export function printTerm(expression: Expression, context: Context): Value {
  switch (expression.kind) {
    case 'number':
    case 'truth':
    case 'text':
      return literal(expression);
    case 'this':
      return context.self ?? { kind: 'zone' };
    case 'local':
      return context.names.get(expression.name) ?? term('Z', expression.name);
    case 'global':
      return globalOf(expression.name, context);
    case 'member':
      return memberOf(printTerm(expression.of, context), expression.name, context, expression.at);
    case 'negate':
    case 'complement':
    case 'not':
      return unary(expression.kind, textOf(printTerm(expression.operand, context), expression.at));
    case 'arithmetic':
    case 'comparison':
      return binary(expression, context);
    case '&&':
    case '||':
      return decides(expression.kind, expression, context);
    case '??':
      return orElse(expression, context);
    case 'call':
      return call(expression, context);
    case 'element':
      return elementOf(expression, context);
    case 'list':
      return { kind: 'list', items: expression.items.map((item) => printTerm(item, context)) };
    case 'record':
      return outcome(expression, context);
    case 'choice':
      return choice(expression, context);
    case 'undefined':
      throw new Error(`${printPlace(expression.at)}: ${expression.kind} is not printed in Coq yet`);
  }
}
