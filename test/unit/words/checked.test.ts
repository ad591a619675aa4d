/** Tests that a word or page that does not exist is a bug of ours. */
import { Bitmap } from '../../../src/words/bitmap.ts';
import { Field } from '../../../src/words/field.ts';
import { OwnerTable } from '../../../src/buddy/owner.ts';
import { expect, test } from 'vitest';
import type { Count } from '../../../src/words/unit.ts';

test('USE-2 · a word that there is not is a bug of ours', () => {
  const map = new Bitmap(new Int32Array(2));
  expect(() => map.setBits(64, 65)).toThrow(/^bug in buddy-oracle: map word 2$/u);
  expect(() => map.findNextBit(0, 65)).toThrow(/^bug in buddy-oracle: map word 2$/u);
});

test('USE-2 · a page that there is not is a bug of ours', () => {
  const words = new Int32Array([5, 6]);
  const field = new Field<number, Count>(words);
  expect(() => field.get(2)).toThrow('bug in buddy-oracle: page field 2');
  expect(() => field.get(-1)).toThrow('bug in buddy-oracle: page field -1');
  expect(() => field.put(2, 0)).toThrow('bug in buddy-oracle: page field 2');
  expect(() => field.add(2, 1)).toThrow('bug in buddy-oracle: page field 2');
  expect(() => new OwnerTable(new Int8Array(2)).get(2)).toThrow('bug in buddy-oracle: owner 2');
  field.add(1, -2);
  field.put(0, 9);
  expect(Array.from(words)).toEqual([9, 4]);
});
