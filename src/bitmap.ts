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
