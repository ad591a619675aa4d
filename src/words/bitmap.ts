import { stray } from './bug.ts';

/** The bits of one word that lie from one bit on and before another: all of them where the word is within. */
function maskOf(word: number, from: number, end: number): number {
  const first = Math.max(from - 32 * word, 0);
  const behind = Math.min(end - 32 * word, 32);
  return (-1 << first) & (-1 >>> (32 - behind));
}

/** Bits in words of 32, as the kernel's maps on a 32-bit machine. */
export class Bitmap {
  readonly words: Int32Array;

  constructor(words: Int32Array) {
    this.words = words;
  }

  /** Sets the bits from one on and before another, word by word. */
  setBits(from: number, end: number): void {
    for (let word = from >>> 5; 32 * word < end; word++) {
      this.words[word] = this.wordAt(word) | maskOf(word, from, end);
    }
  }

  /** Clears the bits from one on and before another, word by word. */
  clearBits(from: number, end: number): void {
    for (let word = from >>> 5; 32 * word < end; word++) {
      this.words[word] = this.wordAt(word) & ~maskOf(word, from, end);
    }
  }

  /** The first bit from one on and before another that is 1, or `end`. Words of zeros are passed at once. */
  findNextBit(from: number, end: number): number {
    return this.#findUnlike(0, from, end);
  }

  /**
   * The first bit from one on and before another that is 0, or `end`. Words of ones are passed at once.
   * @linux include/asm-i386/bitops.h find_next_zero_bit (2.6.24)
   */
  findNextZeroBit(from: number, end: number): number {
    return this.#findUnlike(-1, from, end);
  }

  /** The first bit from one on and before another that is not as in `like`, a word of 0 or of ones; `end` if there is none. */
  #findUnlike(like: number, from: number, end: number): number {
    for (let word = from >>> 5; 32 * word < end; word++) {
      const unlike = (this.wordAt(word) ^ like) & maskOf(word, from, end);
      if (unlike !== 0) return 32 * word + 31 - Math.clz32(unlike & -unlike);
    }
    return end;
  }

  /** One word's 32 bits. */
  wordAt(word: number): number {
    const bits = this.words[word];
    if (bits === undefined) stray('map word', word);
    return bits;
  }
}
