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

const textOf = (one: Access): string => `${one.kind} ${one.word} ${'value' in one ? one.value : ''}`;

/** Reports whether two steps do the same to the same word. */
export const isSame = (one: Access, other: Access | undefined): boolean =>
  other !== undefined && textOf(one) === textOf(other);

const changes = ({ kind }: Deed): boolean => kind === 'write' || kind === 'add';

/**
 * Reports whether two steps of different processors give something else in the other order: one changes what the other finds at a
 * word, or wakes the other there. A wake neither reads nor changes the word.
 */
export const conflict = (one: Access, other: Access): boolean => {
  if (one.word !== other.word) return false;
  if (one.kind === 'wake') return other.kind === 'sleep';
  if (other.kind === 'wake') return one.kind === 'sleep';
  return changes(one) || changes(other);
};
