/** The steps of code that others can see: one access to one shared word each. */

import type { Place } from '../../front/form.ts';

/** What is done to a word. All else that code does is seen by its processor alone. */
export type Deed =
  | { readonly kind: 'read' }
  | { readonly kind: 'write'; readonly value: number }
  /** `Atomics.add`: gives what was there before. */
  | { readonly kind: 'add'; readonly value: number }
  /** `Atomics.wait`: sleeps if the word has this value, until somebody wakes those who sleep at the word. */
  | { readonly kind: 'sleep'; readonly value: number }
  /** `Atomics.notify`. */
  | { readonly kind: 'wake' };

/** One step: what is done to which word, and by which line of which function. */
export type Access = Deed & { readonly word: number; readonly at: Place; readonly within: string };

/** Thrown where code stops: by a bug that it reports itself, or by what must never happen while it is carried out. */
export class Stopped extends Error {
  readonly at: Place;

  constructor(why: string, at: Place) {
    super(why);
    this.at = at;
  }
}

/** Reports whether a step changes what another processor may find at the word, or wakes it. */
export const changes = ({ kind }: Deed): boolean => kind !== 'read' && kind !== 'sleep';

/** Reports whether two steps of different processors give something else in the other order. */
export const conflict = (one: Access, other: Access): boolean =>
  one.word === other.word && (changes(one) || changes(other));
