// An array with one 32-bit number per page or per order, every access checked.
import { wordsOf } from './unit.ts';
import { outOfRange } from './bug.ts';
import type { Count, Words } from './unit.ts';

/** One 32-bit field of every page, or one counter of every order. @linux include/linux/mm.h struct page */
export class Field<Index extends number, Value extends number> {
  readonly words: Words<Value>;

  constructor(words: Int32Array) {
    this.words = wordsOf(words);
  }

  get(index: Index): Value {
    const value = this.words[index];
    if (value === undefined) outOfRange('page field', index);
    return value;
  }

  put(index: Index, value: Value): void {
    if (index >= this.words.length) outOfRange('page field', index);
    this.words[index] = value;
  }

  /** Adds to a count; a difference below 0 subtracts. */
  add(this: Field<Index, Count>, index: Index, difference: number): void {
    const { words } = this;
    words[index] = (words[index] ?? outOfRange('page field', index)) + difference;
  }
}
