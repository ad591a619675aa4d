/** What printing an expression or a statement needs. */

import { LEVEL, code } from './printed.ts';
import { constantName } from './name.ts';
import { printPlace } from '../form.ts';
import type { CType, Code, Printed } from './printed.ts';
import type { Kernel } from '../../../protocol/index.ts';
import type { Method, Place } from '../form.ts';
import type { Program } from '../program.ts';

/** The function that is printed: its module, its `this`, the names that are visible, and whether it has written so far. */
export interface Frame {
  readonly module: string;
  readonly self: Printed | undefined;
  readonly names: Map<string, Printed>;
  readonly effects: { writes: boolean };
}

export interface Call {
  readonly method: Method;
  readonly self: Printed | undefined;
  readonly values: readonly Printed[];
  readonly at: Place;
}

/** A function in C that was asked for. */
export interface Printer {
  readonly program: Program;
  readonly kernel: Kernel;
  /** Returns a call, and has the function printed before. */
  readonly call: (call: Call, frame: Frame) => Printed;
  /** Returns a constant of a module by its name in C, and has it declared before. */
  readonly constant: (name: string, value: Code) => Code;
}

/** The kinds of an outcome, as the face's records name them. */
const OUTCOMES: readonly string[] = ['granted', 'exhausted', 'done', 'rejected'];

/** Returns a record with a `kind` as an outcome of the face; a clause in it is left out. */
function outcomeOf(fields: ReadonlyMap<string, Printed>, at: Place): Code {
  const kind = fields.get('kind');
  if (kind?.kind !== 'text' || !OUTCOMES.includes(kind.text)) throw new Error(`${printPlace(at)}: this is no outcome`);
  const [misuse, head] = [fields.get('misuse'), fields.get('head')];
  const why = misuse === undefined ? constantName('no-misuse') : codeOf(misuse, at).text;
  const where = head === undefined ? '-1' : codeOf(head, at).text;
  return code('buddy_outcome', `buddy_outcome_of(${constantName(kind.text)}, ${why}, ${where})`);
}

/** Returns a value as code. Throws if it is none. */
export function codeOf(printed: Printed, at: Place): Code {
  if (printed.kind === 'code') return printed;
  if (printed.kind === 'truth') return code('bool', String(printed.holds));
  if (printed.kind === 'text') return code('buddy_misuse', constantName(printed.text));
  if (printed.kind === 'undefined') return code('buddy_misuse', constantName('no-misuse'));
  if (printed.kind === 'record') return outcomeOf(printed.fields, at);
  throw new Error(`${printPlace(at)}: ${printed.kind} has no counterpart in C`);
}

/**
 * Returns a value as code that stands beside other code. Throws if it calls a function that writes: C does not say which of
 * two operands is evaluated first.
 */
export function quiet(printed: Printed, at: Place): Code {
  const given = codeOf(printed, at);
  if (given.writes === true) throw new Error(`${printPlace(at)}: give what this returns a name first: ${given.text}`);
  return given;
}

/** Returns code of a type of numbers: what was checked to fit into 32 bits is cast to them. */
export function converted(printed: Printed, type: CType, at: Place): Code {
  const given = codeOf(printed, at);
  if (given.type === type) return given;
  if (given.type === 'int32_t' && type === 'int64_t') return { ...given, type };
  if (given.type !== 'int64_t' || type !== 'int32_t') throw new Error(`${printPlace(at)}: ${given.type}, not ${type}`);
  const text = given.level < LEVEL.unary ? `(${given.text})` : given.text;
  return code('int32_t', `(int32_t)${text}`, LEVEL.unary);
}

/** Returns the text of the index of an array. */
export function indexOf(printed: Printed, at: Place): string {
  const { index, text } = converted(printed, 'int32_t', at);
  return index ?? text;
}
