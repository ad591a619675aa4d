/** Tests of a map of bits against a row of booleans, for every range of three words. */
import { expect, test } from 'vitest';
import { Bitmap } from '../../../src/words/bitmap.ts';

const BITS = 96;

const everyBit = Array.from({ length: BITS }, (_, n) => n);
const everyEnd = [...everyBit, BITS];
const everyRange = everyEnd.flatMap((end) => everyEnd.filter((from) => from <= end).map((from) => ({ from, end })));

/** A map of zeros or of ones. */
const filledWith = (word: 0 | -1): Bitmap => new Bitmap(new Int32Array(BITS / 32).fill(word));

/** The bits of a map as text, the lowest first. */
const textOf = ({ words }: Bitmap): string =>
  everyBit.map((bit) => ((words[bit >>> 5] ?? 0) >>> (bit & 31)) & 1).join('');

/** The text of a map with 1 inside a range, and 0 outside; or the other way round. */
const text = (from: number, end: number, inside: '0' | '1'): string => {
  const outside = inside === '1' ? '0' : '1';
  return outside.repeat(from) + inside.repeat(end - from) + outside.repeat(BITS - end);
};

test('the bits of a range are set, and cleared, and no others', () => {
  for (const { from, end } of everyRange) {
    const [zeros, ones] = [filledWith(0), filledWith(-1)];
    zeros.setBits(from, end);
    expect(textOf(zeros)).toBe(text(from, end, '1'));
    ones.clearBits(from, end);
    expect(textOf(ones)).toBe(text(from, end, '0'));
  }
});

test('the first bit of a range that differs is found, and its end if none does', () => {
  for (const bit of everyBit) {
    const [zeros, ones] = [filledWith(0), filledWith(-1)];
    zeros.setBits(bit, bit + 1);
    ones.clearBits(bit, bit + 1);
    for (const { from, end } of everyRange) {
      const right = from <= bit && bit < end ? bit : end;
      if (zeros.findNextBit(from, end) !== right) expect.fail(`set bit ${bit} in ${from} to ${end}`);
      if (ones.findNextZeroBit(from, end) !== right) expect.fail(`clear bit ${bit} in ${from} to ${end}`);
    }
  }
});
