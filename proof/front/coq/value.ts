/** What an expression of the form is in Coq. The zone is always `z`: each step gives it its name anew. */

import type { Method } from '../form.ts';

export type Type = 'Z' | 'bool' | 'unit';

export type Value =
  | { readonly kind: 'term'; readonly type: Type; readonly text: string }
  /** An array of the zone, by its name. */
  | { readonly kind: 'array'; readonly name: string }
  /** The zone, or a field of it: an object over one of its arrays. */
  | { readonly kind: 'zone' }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'method'; readonly method: Method; readonly self: Value | undefined };

export const term = (type: Type, text: string): Value => ({ kind: 'term', type, text });

/** A function that is printed, and the type of what it returns. */
export interface Printed {
  readonly name: string;
  readonly type: Type;
}
