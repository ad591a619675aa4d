import { stray } from './bug.ts';

/** One 32-bit field of every page, or one counter of every order. @linux include/linux/mm.h struct page */
export class Field {
  readonly words: Int32Array;

  constructor(words: Int32Array) {
    this.words = words;
  }

  get(index: number): number {
    const value = this.words[index];
    if (value === undefined) stray('page field', index);
    return value;
  }

  put(index: number, value: number): void {
    if (index >= this.words.length) stray('page field', index);
    this.words[index] = value;
  }

  add(index: number, difference: number): void {
    const { words } = this;
    words[index] = (words[index] ?? stray('page field', index)) + difference;
  }
}
