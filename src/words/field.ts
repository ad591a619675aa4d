import { stray } from './bug.ts';
import { owner as ownerFrom } from './unit.ts';
import type { Owner } from '../../protocol/index.ts';

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

/**
 * Whose every page is, in a byte.
 * @clause STATE-1 @departure OWNER the kernel keeps no such thing, and detects hardly any misuse
 */
export class OwnerTable {
  readonly bytes: Int8Array;

  constructor(bytes: Int8Array) {
    this.bytes = bytes;
  }

  get(index: number): Owner {
    const owner = this.bytes[index];
    if (owner === undefined) stray('owner', index);
    return ownerFrom(owner);
  }

  put(index: number, owner: Owner): void {
    this.bytes[index] = owner;
  }
}
