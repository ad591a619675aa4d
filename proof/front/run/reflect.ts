/** The objects of running code as values of the form, their arrays as a heap. */

import { TRUE, FALSE } from '../../formula/formula.ts';
import { UNDEFINED, truth } from './value.ts';
import { constant } from '../../formula/word.ts';
import { numberOf } from './run.ts';
import type { ClassForm } from '../form.ts';
import type { Value } from './value.ts';
import type { Word } from '../../formula/word.ts';

/** An object as a value, and its arrays. */
export interface Reflected {
  readonly root: Value;
  readonly arrays: ReadonlyMap<string, Int32Array | Int8Array>;
}

/** Returns the class of an object by its name; undefined for a plain record. */
export type ClassOf = (name: string) => ClassForm | undefined;

const isArray = (thing: unknown): thing is Int32Array | Int8Array =>
  thing instanceof Int32Array || thing instanceof Int8Array;

/** Returns an object as a value. An array's name is the path that leads to it. */
export function reflect(object: object, classOf: ClassOf): Reflected {
  const arrays = new Map<string, Int32Array | Int8Array>();
  const valueOf = (thing: unknown, path: string): Value => {
    if (typeof thing === 'number') return numberOf(thing);
    if (typeof thing === 'boolean') return truth(thing ? TRUE : FALSE);
    if (typeof thing === 'string') return { kind: 'text', text: thing };
    if (isArray(thing)) {
      arrays.set(path, thing);
      return { kind: 'array', name: path };
    }
    if (Array.isArray(thing)) return { kind: 'list', items: thing.map((item, n) => valueOf(item, `${path}.${n}`)) };
    if (typeof thing !== 'object' || thing === null) return UNDEFINED;
    const fields = Object.entries(thing).map(
      ([name, field]) => [name, valueOf(field, path === '' ? name : `${path}.${name}`)] as const,
    );
    return { kind: 'object', form: classOf(thing.constructor.name), fields: new Map(fields) };
  };
  return { root: valueOf(object, ''), arrays };
}

/** Returns the elements of arrays as known numbers. */
export const wordsIn = (arrays: Reflected['arrays']): ReadonlyMap<string, readonly Word[]> =>
  new Map([...arrays].map(([name, array]) => [name, Array.from(array, (n) => constant(n))] as const));
