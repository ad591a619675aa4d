/** Prints expressions in Coq: a term, and what must be bound before it. */

import { CLASS_FILES } from '../files.ts';
import { printPlace } from '../form.ts';
import { term } from './value.ts';
import type { Arithmetic, Comparison, Expression, Method, Place } from '../form.ts';
import type { Program } from '../program.ts';
import type { FieldClass, Printed, Value } from './value.ts';

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
const NUMBERS = ['pages', 'orders', 'base'];
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

function memberOf(of: Value, name: string, context: Context, at: Place): Value {
  if (of.kind === 'field' && name === INNER[of.of]) return { kind: 'array', name: of.name };
  if (of.kind === 'zone') {
    if (ARRAYS.includes(name)) return { kind: 'array', name };
    const field = FIELDS.get(name);
    if (field !== undefined) return { kind: 'field', name, of: field };
    if (NUMBERS.includes(name)) return term('Z', `(${name} z)`);
  }
  const owner = of.kind === 'field' ? of.of : of.kind === 'zone' ? 'Zone' : '';
  const file = CLASS_FILES.get(owner);
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

/** Prints an element: a part of a run. Those of arrays are read with `??`, which says what else they are. */
function elementOf({ of, index, at }: Expression & { kind: 'element' }, context: Context): Value {
  const value = printTerm(of, context);
  if (value.kind !== 'run') throw new Error(`${printPlace(at)}: write ?? after an element of an array`);
  return partOf(value.text, index);
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

function call({ callee, values, at }: Expression & { kind: 'call' }, context: Context): Value {
  const target = printTerm(callee, context);
  if (target.kind !== 'method') throw new Error(`${printPlace(at)}: what is called is no function that can be printed`);
  const given = values.map((value) => printTerm(value, context));
  const [unit] = given;
  if (target.method.module === UNITS && unit !== undefined) return unit;
  const { name, type } = context.request(target.method, target.self);
  const terms = given
    .filter(({ kind }) => kind !== 'zone')
    .map((value) => ` ${value.kind === 'runs' ? value.text : textOf(value, at)}`);
  const result = context.fresh();
  context.before.push(`do (${result}, z) <- ${name} z${terms.join('')};`);
  return term(type, result);
}

/** Prints a side that is evaluated only if the other one does not decide: nothing may have to be bound for it. */
function side(expression: Expression, context: Context): string {
  const before: string[] = [];
  const text = textOf(printTerm(expression, { ...context, before }), expression.at);
  if (before.length > 0) throw new Error(`${printPlace(expression.at)}: write an if: this side reads or calls`);
  return text;
}

/** What an expression of one operand is. */
const UNARY = { negate: ['Z', '-'], complement: ['Z', 'js_not'], not: ['bool', 'negb'] } as const;

function unary(kind: keyof typeof UNARY, operand: string): Value {
  const [type, sign] = UNARY[kind];
  return term(type, `(${sign} ${operand})`);
}

/** Prints an expression. What reads or calls is bound before it, in the sequence in which it is evaluated. */
export function printTerm(expression: Expression, context: Context): Value {
  const { at } = expression;
  const text = (one: Expression): string => textOf(printTerm(one, context), at);
  switch (expression.kind) {
    case 'number':
      return term('Z', String(expression.value));
    case 'truth':
      return term('bool', String(expression.value));
    case 'this':
      return context.self ?? { kind: 'zone' };
    case 'local':
      return context.names.get(expression.name) ?? term('Z', expression.name);
    case 'global':
      return globalOf(expression.name, context);
    case 'member':
      return memberOf(printTerm(expression.of, context), expression.name, context, at);
    case 'negate':
    case 'complement':
    case 'not':
      return unary(expression.kind, text(expression.operand));
    case 'arithmetic':
      return term('Z', ARITHMETIC[expression.operator](text(expression.left), text(expression.right)));
    case 'comparison':
      return term('bool', COMPARISON[expression.operator](text(expression.left), text(expression.right)));
    case '&&':
    case '||':
      return term('bool', `(${text(expression.left)} ${expression.kind} ${side(expression.right, context)})%bool`);
    case '??':
      return orElse(expression, context);
    case 'call':
      return call(expression, context);
    case 'element':
      return elementOf(expression, context);
    case 'list':
      return { kind: 'list', items: expression.items.map((item) => printTerm(item, context)) };
    case 'text':
    case 'undefined':
    case 'choice':
    case 'record':
      throw new Error(`${printPlace(at)}: ${expression.kind} is not printed in Coq yet`);
  }
}
