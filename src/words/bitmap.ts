// A map of bits in 32-bit words, searched a word at a time.
import { outOfRange } from './bug.ts';
import type { BitIndex } from './unit.ts';

/** Returns the bits of a word that are in [from, end), as a mask of that word. */
function maskOf(word: number, from: BitIndex, end: BitIndex): number {
  const first = Math.max(from - 32 * word, 0);
  const last = Math.min(end - 32 * word, 32);
  return (-1 << first) & (-1 >>> (32 - last));
}

/** Bits in words of 32, as the kernel's maps on a 32-bit machine. All ranges are [from, end). */
export class Bitmap {
  readonly words: Int32Array;

  constructor(words: Int32Array) {
    this.words = words;
  }

  /** Sets the bits in [from, end), word by word. */
  setBits(from: BitIndex, end: BitIndex): void {
    for (let word = from >>> 5; 32 * word < end; word++) {
      this.words[word] = this.wordAt(word) | maskOf(word, from, end);
    }
  }

  /** Clears the bits in [from, end), word by word. */
  clearBits(from: BitIndex, end: BitIndex): void {
    for (let word = from >>> 5; 32 * word < end; word++) {
      this.words[word] = this.wordAt(word) & ~maskOf(word, from, end);
    }
  }

  /** Returns the first bit in [from, end) that is 1, or `end` if there is none. Skips words of zeros at once. */
  findNextBit(from: BitIndex, end: BitIndex): BitIndex {
    return this.#findUnlike(0, from, end);
  }

  /**
   * Returns the first bit in [from, end) that is 0, or `end` if there is none. Skips words of ones at once.
   * @linux include/asm-i386/bitops.h find_next_zero_bit (2.6.24)
   */
  findNextZeroBit(from: BitIndex, end: BitIndex): BitIndex {
    return this.#findUnlike(-1, from, end);
  }

  /** Returns the first bit in [from, end) that differs from `like`, a word of zeros or of ones; `end` if there is none. */
  #findUnlike(like: 0 | -1, from: BitIndex, end: BitIndex): BitIndex {
    for (let word = from >>> 5; 32 * word < end; word++) {
      const unlike = (this.wordAt(word) ^ like) & maskOf(word, from, end);
      if (unlike !== 0) return 32 * word + 31 - Math.clz32(unlike & -unlike);
    }
    return end;
  }

  /** Returns the 32 bits of one word. */
  wordAt(word: number): number {
    const bits = this.words[word];
    if (bits === undefined) outOfRange('map word', word);
    return bits;
  }
}
