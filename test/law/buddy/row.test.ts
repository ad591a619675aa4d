/** Tests of rows: copies with other values are as those of a plain array, and share what did not change. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { campaign } from '../../arbitrary/campaign.ts';
import { entryOf, filled, rowOf, valuesOf } from '../../../spec/buddy/row.ts';
import type { Row } from '../../../spec/buddy/row.ts';

/** Entries of a piece. */
const SIZE = 64;

/** Lengths on both sides of the ends of pieces, and any other. */
const lengths = fc.oneof(fc.constantFrom(0, 1, 63, 64, 65, 127, 128, 129), fc.nat(400));

const fills = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.integer({ min: -4, max: 10 })), { maxLength: 8 });

/** Returns the pieces of a row that has several. */
const piecesOf = (row: Row<number>): readonly unknown[] => ('pieces' in row ? row.pieces : []);

test('a row is read and filled as a plain array is, and stays as it was', () => {
  fc.assert(
    fc.property(lengths, fills, (length, numbers) => {
      let plain = Array.from({ length }, (_, n) => n);
      let row = rowOf(plain);
      for (const [n, m, value] of numbers) {
        const from = n % (length + 1);
        const count = m % (length - from + 1);
        const before = plain;
        const copy = filled(row, from, count, value);
        plain = plain.slice().fill(value, from, from + count);
        expect(valuesOf(row)).toEqual(before);
        expect(valuesOf(copy)).toEqual(plain);
        row = copy;
      }
      expect(row).toHaveLength(length);
      for (let n = -2; n < length + 2; n++) expect(entryOf(row, n)).toBe(plain[n]);
    }),
    campaign(200),
  );
});

test('a copy shares every piece in which nothing was filled, and no other', () => {
  fc.assert(
    fc.property(fc.integer({ min: SIZE + 1, max: 400 }), fc.nat(), fc.nat(), (length, n, m) => {
      const from = n % length;
      const count = 1 + (m % (length - from));
      const row = rowOf(new Array<number>(length).fill(0));
      const shared = piecesOf(filled(row, from, count, 1)).map((piece, at) => piece === piecesOf(row)[at]);
      const untouched = Array.from(shared, (_, at) => (at + 1) * SIZE <= from || at * SIZE >= from + count);
      expect(shared).toHaveLength(Math.ceil(length / SIZE));
      expect(shared).toEqual(untouched);
    }),
    campaign(200),
  );
});

test('what is filled up to the end of a piece leaves the next one shared', () => {
  const row = rowOf(new Array<number>(3 * SIZE).fill(0));
  const shared = piecesOf(filled(row, SIZE, SIZE, 1)).map((piece, at) => piece === piecesOf(row)[at]);
  expect(shared).toEqual([true, false, true]);
  expect(piecesOf(filled(row, 2 * SIZE, SIZE, 1))).toHaveLength(3);
});

test('an index far outside finds nothing, nor does one that is not whole', () => {
  const row = rowOf(new Array<number>(200).fill(7));
  for (const index of [2 ** 32, 2 ** 32 + 3, -(2 ** 32) + 3, 0.5, 64.5, NaN, Infinity])
    expect(entryOf(row, index)).toBeUndefined();
});
