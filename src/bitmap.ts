import { stray } from './bug.ts';

/** Bits in words of 32, as the kernel's maps on a 32-bit machine. */
export type Bitmap = Int32Array;

function read(map: Bitmap, word: number): number {
  const bits = map[word];
  if (bits === undefined) stray('map word', word);
  return bits;
}

/** @linux include/asm-i386/bitops.h __change_bit */
export function changeBit(map: Bitmap, bit: number): void {
  map[bit >>> 5] = read(map, bit >>> 5) ^ (1 << (bit & 31));
}

/** Complements the bit and gives what it was. @linux include/asm-i386/bitops.h __test_and_change_bit */
export function testAndChangeBit(map: Bitmap, bit: number): boolean {
  const word = bit >>> 5;
  const old = read(map, word);
  const mask = 1 << (bit & 31);
  map[word] = old ^ mask;
  return (old & mask) !== 0;
}

/** The bits of one word that lie from one bit on and before another: all of them where the word is within. */
function maskOf(word: number, from: number, end: number): number {
  const first = Math.max(from - 32 * word, 0);
  const behind = Math.min(end - 32 * word, 32);
  return (-1 << first) & (-1 >>> (32 - behind));
}

/** Sets the bits from one on and before another, word by word. */
export function setBits(map: Bitmap, from: number, end: number): void {
  for (let word = from >>> 5; 32 * word < end; word++) map[word] = read(map, word) | maskOf(word, from, end);
}

/** Clears the bits from one on and before another, word by word. */
export function clearBits(map: Bitmap, from: number, end: number): void {
  for (let word = from >>> 5; 32 * word < end; word++) map[word] = read(map, word) & ~maskOf(word, from, end);
}

/** The first bit from one on and before another that is not as in `like`, a word of 0 or of ones; `end` if there is none. */
function findUnlike(map: Bitmap, like: number, from: number, end: number): number {
  for (let word = from >>> 5; 32 * word < end; word++) {
    const unlike = (read(map, word) ^ like) & maskOf(word, from, end);
    if (unlike !== 0) return 32 * word + 31 - Math.clz32(unlike & -unlike);
  }
  return end;
}

/** The first bit from one on and before another that is 1, or `end`. Words of zeros are passed at once. */
export function findNextBit(map: Bitmap, from: number, end: number): number {
  return findUnlike(map, 0, from, end);
}

/**
 * The first bit from one on and before another that is 0, or `end`. Words of ones are passed at once.
 * @linux include/asm-i386/bitops.h find_next_zero_bit (2.6.24)
 */
export function findNextZeroBit(map: Bitmap, from: number, end: number): number {
  return findUnlike(map, -1, from, end);
}
