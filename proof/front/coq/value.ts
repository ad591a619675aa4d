/** What an expression of the form is in Coq. The zone is always `z`: each step gives it its name anew. */

import type { Method } from '../form.ts';

export type Type = 'Z' | 'bool' | 'unit' | 'outcome' | 'string' | '(option Z)' | '(option string)';

/** The classes of the objects over a zone's arrays. */
export type FieldClass = 'Field' | 'OwnerTable';

export type Value =
  | { readonly kind: 'term'; readonly type: Type; readonly text: string }
  /** An array of the zone, by its name. */
  | { readonly kind: 'array'; readonly name: string }
  /** The public face, the core below it, which is given, and an operation of that. */
  | { readonly kind: 'face' | 'core' }
  | { readonly kind: 'operation'; readonly name: string; readonly type: Type }
  /** The zone, or a field of it: an object of a class over one of its arrays. */
  | { readonly kind: 'zone' }
  | { readonly kind: 'field'; readonly name: string; readonly of: FieldClass }
  /** A list that is written out, and one that is given: a parameter. */
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | { readonly kind: 'runs'; readonly text: string }
  /** A run of pages: how many, from which on. */
  | { readonly kind: 'run'; readonly text: string }
  | { readonly kind: 'method'; readonly method: Method; readonly self: Value | undefined };

export const term = (type: Type, text: string): Value => ({ kind: 'term', type, text });

/** A function that is printed, the type of what it returns, and whether it is given a core. */
export interface Printed {
  readonly name: string;
  readonly type: Type;
  readonly cored: boolean;
}
