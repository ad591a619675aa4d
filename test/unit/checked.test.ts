import { add, get, ownerAt, put } from '../../src/mem-map.ts';
import { changeBit, testAndChangeBit } from '../../src/bitmap.ts';
import { expect, test } from 'vitest';

test('MAP-2 · a bit is changed and nothing else', () => {
  for (const bit of [0, 1, 30, 31, 32, 63]) {
    const map = new Int32Array([0x0f0f, 0x3333]);
    const before = Array.from(map);
    const set = ((before[bit >> 5] ?? 0) >>> (bit & 31)) % 2 === 1;
    expect(testAndChangeBit(map, bit)).toBe(set);
    const changed = Array.from(map, (word, at) => word ^ (before[at] ?? 0));
    expect(changed).toEqual([0, 1].map((at) => (at === bit >> 5 ? 1 << (bit & 31) : 0)));
    expect(testAndChangeBit(map, bit)).toBe(!set);
    changeBit(map, bit);
    expect(Array.from(map, (word, at) => word ^ (before[at] ?? 0))).toEqual(changed);
    changeBit(map, bit);
    expect(Array.from(map)).toEqual(before);
  }
});

test('USE-2 · a bit that there is not is a bug of ours', () => {
  const map = new Int32Array(2);
  expect(() => changeBit(map, 64)).toThrow('bug in buddy-oracle: map word 2');
  expect(() => testAndChangeBit(map, 64)).toThrow('bug in buddy-oracle: map word 2');
});

test('USE-2 · a page that there is not is a bug of ours', () => {
  const field = new Int32Array([5, 6]);
  expect(() => get(field, 2)).toThrow('bug in buddy-oracle: page field 2');
  expect(() => get(field, -1)).toThrow('bug in buddy-oracle: page field -1');
  expect(() => put(field, 2, 0)).toThrow('bug in buddy-oracle: page field 2');
  expect(() => add(field, 2, 1)).toThrow('bug in buddy-oracle: page field 2');
  expect(() => ownerAt(new Int8Array(2), 2)).toThrow('bug in buddy-oracle: owner 2');
  add(field, 1, -2);
  put(field, 0, 9);
  expect(Array.from(field)).toEqual([9, 4]);
});
