/** The values of the form while it is carried out on known words. */

import type { ClassForm, Method } from '../../front/form.ts';

/** An object of a class, or a record. Its fields never change: what changes lies in shared words. */
export interface Thing {
  readonly kind: 'thing';
  readonly form: ClassForm | undefined;
  readonly fields: ReadonlyMap<string, Value>;
}

/** A typed array in memory that is shared: `first` is the place of its first element among all shared words. */
export interface Shared {
  readonly kind: 'shared';
  readonly first: number;
  readonly length: number;
  readonly bytes: number;
}

export type Value =
  | number
  | boolean
  | string
  | undefined
  | Thing
  | Shared
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | { readonly kind: 'method'; readonly method: Method; readonly self: Value }
  /** A function of the language, by its name. */
  | { readonly kind: 'builtin'; readonly name: string };

/** Returns a record of these fields. */
export const thing = (fields: Readonly<Record<string, Value>>): Thing => ({
  kind: 'thing',
  form: undefined,
  fields: new Map(Object.entries(fields)),
});

/** Returns the class of an object by its name; undefined for a plain record. */
export type ClassOf = (name: string) => ClassForm | undefined;

/** Returns running objects as values. `placeOf`: where an array lies among the shared words; undefined if it is nobody else's. */
export function reflect(
  thing: unknown,
  classOf: ClassOf,
  placeOf: (array: Int32Array | Int8Array) => Shared | undefined,
): Value {
  const of = (one: unknown): Value => reflect(one, classOf, placeOf);
  if (typeof thing === 'number' || typeof thing === 'string' || typeof thing === 'boolean') return thing;
  if (thing instanceof Int32Array || thing instanceof Int8Array) {
    return placeOf(thing) ?? { kind: 'list', items: [...thing] };
  }
  if (Array.isArray(thing)) return { kind: 'list', items: thing.map(of) };
  if (typeof thing !== 'object' || thing === null) return undefined;
  const fields = Object.entries(thing).map(([name, field]) => [name, of(field)] as const);
  return { kind: 'thing', form: classOf(thing.constructor.name), fields: new Map(fields) };
}
