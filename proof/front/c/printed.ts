/** What an expression of the form is in C: code with a type, or something that is known and leaves no code. */

import type { Method } from '../form.ts';

/** The types of C that code has. */
export type CType = 'int32_t' | 'int64_t' | 'bool' | 'buddy_misuse' | 'buddy_outcome';

/** How tightly the outermost operator of some code binds, in C; an operand that binds less is put in parentheses. */
export const LEVEL = {
  choice: 0,
  or: 1,
  and: 2,
  bits: 3,
  equal: 4,
  less: 5,
  sum: 6,
  product: 7,
  unary: 8,
  primary: 9,
} as const;
export type Level = (typeof LEVEL)[keyof typeof LEVEL];

export interface Code {
  readonly kind: 'code';
  readonly type: CType;
  readonly text: string;
  readonly level: Level;
  /** The code that holds if this does not; undefined if `!` says it. */
  readonly inverse?: Code;
  /** How it is written as an index: a product in the width of an address, which a compiler then makes part of the address. */
  readonly index?: string;
  /** Whether it calls a function that writes. */
  readonly writes?: boolean;
}

/** The objects of the source: all are pointers to the zone in C, but a field, which is a pointer to its words. */
export type ObjectClass = 'Allocator' | 'Zone' | 'OwnerTable' | 'Field';

/** An array of words or bytes. `length`: its elements, in C; undefined if only the caller knows. */
export interface Elements {
  readonly kind: 'elements';
  readonly type: 'int32_t' | 'int8_t';
  readonly text: string;
  readonly length: string | undefined;
}

export type Printed =
  | Code
  | Elements
  | { readonly kind: 'truth'; readonly holds: boolean }
  | { readonly kind: 'undefined' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'object'; readonly class: ObjectClass; readonly text: string; readonly length?: string }
  /** A list of runs of frames, and one of them. */
  | { readonly kind: 'runs' | 'run'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Printed[] }
  | { readonly kind: 'record'; readonly fields: ReadonlyMap<string, Printed> }
  | { readonly kind: 'method'; readonly method: Method; readonly self: Printed | undefined }
  | { readonly kind: 'builtin'; readonly name: string; readonly self: Printed | undefined }
  /** What C does not say: an array that this kernel has not, the length of one, a clause of an outcome. */
  | { readonly kind: 'unsaid' };

export const UNSAID: Printed = { kind: 'unsaid' };
export const code = (type: CType, text: string, level: Level = LEVEL.primary): Code => ({
  kind: 'code',
  type,
  text,
  level,
});
export const truth = (holds: boolean): Printed => ({ kind: 'truth', holds });

/** Returns the text of some code as an operand of an operator that binds as tightly as `least`. */
export const operand = ({ level, text }: Code, least: Level): string => (level < least ? `(${text})` : text);
