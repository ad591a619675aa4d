import { Field, OwnerTable } from '../../src/mem-map.ts';
import { Bitmap } from '../../src/bitmap.ts';
import { expect, test } from 'vitest';

test('MAP-2 · a bit is changed and nothing else', () => {
  for (const bit of [0, 1, 30, 31, 32, 63]) {
    const words = new Int32Array([0x0f0f, 0x3333]);
    const map = new Bitmap(words);
    const before = Array.from(words);
    const set = ((before[bit >> 5] ?? 0) >>> (bit & 31)) % 2 === 1;
    expect(map.testAndChangeBit(bit)).toBe(set);
    const changed = Array.from(words, (word, at) => word ^ (before[at] ?? 0));
    expect(changed).toEqual([0, 1].map((at) => (at === bit >> 5 ? 1 << (bit & 31) : 0)));
    expect(map.testAndChangeBit(bit)).toBe(!set);
    map.changeBit(bit);
    expect(Array.from(words, (word, at) => word ^ (before[at] ?? 0))).toEqual(changed);
    map.changeBit(bit);
    expect(Array.from(words)).toEqual(before);
  }
});

test('USE-2 · a bit that there is not is a bug of ours', () => {
  const map = new Bitmap(new Int32Array(2));
  expect(() => map.changeBit(64)).toThrow('bug in buddy-oracle: map word 2');
  expect(() => map.testAndChangeBit(64)).toThrow('bug in buddy-oracle: map word 2');
});

test('USE-2 · a page that there is not is a bug of ours', () => {
  const words = new Int32Array([5, 6]);
  const field = new Field(words);
  expect(() => field.get(2)).toThrow('bug in buddy-oracle: page field 2');
  expect(() => field.get(-1)).toThrow('bug in buddy-oracle: page field -1');
  expect(() => field.put(2, 0)).toThrow('bug in buddy-oracle: page field 2');
  expect(() => field.add(2, 1)).toThrow('bug in buddy-oracle: page field 2');
  expect(() => new OwnerTable(new Int8Array(2)).get(2)).toThrow('bug in buddy-oracle: owner 2');
  field.add(1, -2);
  field.put(0, 9);
  expect(Array.from(words)).toEqual([9, 4]);
});
