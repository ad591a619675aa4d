/** Prints statements, as lines. */

import { LEVEL, code, operand } from './printed.ts';
import { codeOf, converted, indexOf } from './printer.ts';
import { countOf } from './parameter.ts';
import { mentions } from '../walk.ts';
import { negation } from './operator.ts';
import { printExpression } from './expression.ts';
import { printPlace } from '../form.ts';
import { snake } from './name.ts';
import type { Block, Expression, Place, Statement } from '../form.ts';
import type { Code, Elements, Printed } from './printed.ts';
import type { Frame, Printer } from './printer.ts';

type Of<Kind extends Statement['kind']> = Statement & { readonly kind: Kind };
type Lines = readonly string[];

/** What a function's statements need beside the frame: the names that change, and whether it returns a value. */
export interface Body extends Frame {
  readonly changing: ReadonlySet<string>;
  readonly returns: Code[];
  readonly givesValue: boolean;
  /** Whether an array that gets a name has it in C too. */
  readonly givesNames: boolean;
}

const INDENT = '    ';
const MOST_COLUMNS = 120;

/** Returns lines as what an `if` or a loop carries out. */
function embraced(head: string, body: Lines): Lines {
  const [only = ''] = body;
  const isSimple = body.length === 1 && !/^(?:if|for|while) /u.test(only);
  if (isSimple && head.length + only.length < MOST_COLUMNS - INDENT.length) return [`${head} ${only}`];
  return [`${head} {`, ...body.map((line) => INDENT + line), '}'];
}

/** Returns a block with names of its own. */
const within = (body: Body): Body => ({ ...body, names: new Map(body.names) });

/** Prints an assignment; `n = n + x` as `n += x`. */
function assignment(name: string, value: Code): string {
  const after = value.text.startsWith(`${name} `) ? value.text.slice(name.length) : '';
  const [, operator = '', rest = ''] = /^ ([-+&|^]) (.+)$/u.exec(after) ?? [];
  if (rest === '1' && operator !== '') return `${name}${operator}${operator}`;
  return operator === '' || /[-+]/u.test(rest) ? `${name} = ${value.text}` : `${name} ${operator}= ${rest}`;
}

/** Prints a declaration. A value that is no code is known by its name from then on, and leaves none. */
function declaration(name: string, value: Printed, body: Body): Lines {
  const local = snake(name);
  const isConstant = !body.changing.has(name);
  if (value.kind === 'code') {
    body.names.set(name, code(value.type, local));
    return [`${isConstant ? 'const ' : ''}${value.type} ${local} = ${value.text};`];
  }
  if (value.kind === 'elements' && /\W/u.test(value.text) && body.givesNames) {
    body.names.set(name, { ...value, text: local });
    return [`${value.type} *const ${local} = ${value.text};`];
  }
  body.names.set(name, value);
  return [];
}

function assign(printer: Printer, { name, value, at }: Of<'assign'>, body: Body): Lines {
  const given = printExpression(printer, value, body);
  const visible = body.names.get(name);
  if (visible?.kind !== 'code') return declaration(name, given, body);
  return [`${assignment(visible.text, converted(given, visible.type, at))};`];
}

function write(printer: Printer, { array, index, value, at }: Of<'write'>, body: Body): Lines {
  const target = printExpression(printer, array, body);
  if (target.kind !== 'elements') throw new Error(`${printPlace(at)}: this is no array`);
  body.effects.writes = true;
  const place = indexOf(printExpression(printer, index, body), at);
  const given = converted(printExpression(printer, value, body), 'int32_t', at);
  return [`${assignment(`${target.text}[${place}]`, { ...given, text: fitted(given, target.type) })};`];
}

/** Returns a number as an element: a byte is cast, unless it is a constant. */
function fitted(given: Code, type: Elements['type']): string {
  return type === 'int32_t' || /^[A-Z0-9_]+$/u.test(given.text) ? given.text : `(int8_t)${operand(given, LEVEL.unary)}`;
}

function fill(self: Elements, values: readonly Code[], body: Body, at: Place): Lines {
  const [value, from, end] = values;
  const last = end?.text ?? self.length;
  if (value === undefined || last === undefined) throw new Error(`${printPlace(at)}: nobody says how much is filled`);
  body.effects.writes = true;
  const [name, given] = self.type === 'int8_t' ? ['bytes', fitted(value, 'int8_t')] : ['words', value.text];
  return [`buddy_fill_${name}(${self.text}, ${from?.text ?? '0'}, ${last}, ${given});`];
}

/** Returns the function of arrays that is called, and its array; nothing for an array that the kernel has not. */
function arrayCall(
  printer: Printer,
  { callee, values, at }: Expression & { kind: 'call' },
  body: Body,
): Lines | undefined {
  if (callee.kind !== 'member' || callee.name !== 'fill') return undefined;
  const self = printExpression(printer, callee.of, body);
  if (self.kind === 'unsaid') return [];
  if (self.kind !== 'elements') return undefined;
  const given = values.map((value) => codeOf(printExpression(printer, value, body), at));
  return fill(self, given, body, at);
}

/** Reports whether a statement is a report of a bug. */
const isBug = (statement: Statement): boolean =>
  statement.kind === 'evaluate' &&
  statement.value.kind === 'call' &&
  statement.value.callee.kind === 'global' &&
  ['bug', 'outOfRange'].includes(statement.value.callee.name);

function evaluate(printer: Printer, { value, at }: Of<'evaluate'>, body: Body): Lines {
  const filled = value.kind === 'call' ? arrayCall(printer, value, body) : undefined;
  return filled ?? [`${codeOf(printExpression(printer, value, body), at).text};`];
}

function conditional(printer: Printer, { condition, yes, no, at }: Of<'if'>, body: Body): Lines {
  const holds = printExpression(printer, condition, body);
  if (holds.kind === 'truth') return printBlock(printer, holds.holds ? yes : no, within(body));
  const [first] = yes;
  if (yes.length === 1 && first !== undefined && isBug(first)) {
    return holds.kind === 'unsaid' ? [] : [`BUDDY_ASSERT(${codeOf(negation(holds, at), at).text});`];
  }
  const then = embraced(`if (${codeOf(holds, at).text})`, printBlock(printer, yes, within(body)));
  return no.length === 0 ? then : [...then, ...embraced('else', printBlock(printer, no, within(body)))];
}

/** Prints a loop. `first`: the assignment before it, if its name is the loop's alone. */
function loop(printer: Printer, { condition, body: round, next, at }: Of<'while'>, body: Body, first: Lines): Lines {
  const holds = codeOf(printExpression(printer, condition, body), at).text;
  const step = printBlock(printer, next, body).join(', ').replaceAll(';', '');
  const before = first.join('').replace(/;$/u, '');
  const head = next.length === 0 ? `while (${holds})` : `for (${before}; ${holds}; ${step})`;
  return embraced(head, printBlock(printer, round, within(body)));
}

function each(printer: Printer, { name, of, body: round, at }: Of<'each'>, body: Body): Lines {
  const list = printExpression(printer, of, body);
  const one = (item: Printed): Lines => {
    const inner = { ...within(body), givesNames: false };
    inner.names.set(name, item);
    return printBlock(printer, round, inner);
  };
  if (list.kind === 'list') return list.items.flatMap((item) => (item.kind === 'unsaid' ? [] : one(item)));
  if (list.kind !== 'runs') throw new Error(`${printPlace(at)}: go through a list of known length`);
  return embraced(`for (int32_t n = 0; n < ${countOf(list.text)}; n++)`, one({ kind: 'run', text: `${list.text}[n]` }));
}

function returned(printer: Printer, { value, at }: Of<'return'>, body: Body): Lines {
  if (!body.givesValue) return ['return;'];
  const given = codeOf(printExpression(printer, value, body), at);
  body.returns.push(given);
  return [`return ${given.text};`];
}

function printStatement(printer: Printer, statement: Statement, body: Body): Lines {
  switch (statement.kind) {
    case 'assign':
      return assign(printer, statement, body);
    case 'write':
      return write(printer, statement, body);
    case 'evaluate':
      return evaluate(printer, statement, body);
    case 'if':
      return conditional(printer, statement, body);
    case 'while':
      return loop(printer, statement, body, []);
    case 'each':
      return each(printer, statement, body);
    case 'break':
    case 'continue':
      return [`${statement.kind};`];
    case 'return':
      return returned(printer, statement, body);
    case 'throw':
      throw new Error(`${printPlace(statement.at)}: an error has no counterpart in C`);
  }
}

/** Reports whether a statement declares the variable that only the loop after it uses. */
function belongsTo(statement: Statement, following: Statement | undefined, rest: Block, body: Body): boolean {
  if (statement.kind !== 'assign' || following?.kind !== 'while') return false;
  const [step] = following.next;
  const { name } = statement;
  return step?.kind === 'assign' && step.name === name && !body.names.has(name) && !mentions(rest, name);
}

/** Prints a block, whose names are the body's. */
export function printBlock(printer: Printer, block: Block, body: Body): Lines {
  const lines: string[] = [];
  for (let n = 0; n < block.length; n++) {
    const statement = block[n];
    const following = block[n + 1];
    if (statement === undefined) break;
    if (following?.kind === 'while' && belongsTo(statement, following, block.slice(n + 2), body)) {
      const inner = within(body);
      const first = printStatement(printer, statement, inner);
      lines.push(...loop(printer, following, inner, first));
      n++;
      continue;
    }
    lines.push(...printStatement(printer, statement, body));
  }
  return lines;
}
