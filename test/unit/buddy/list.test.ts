/** Tests of lists as values: short and long ones are copied in different ways, and come to the same. */
import { expect, test } from 'vitest';
import { pfn } from '../../../spec/unit.ts';
import { isLong, withFirst, without } from '../../../spec/buddy/list.ts';

const LENGTHS = [1, 2, 39, 40, 41, 70];

/** Returns so many heads, descending from an even frame, as a list has them that was filled in ascending order. */
const listOf = (length: number): ReturnType<typeof withFirst> =>
  Array.from({ length }, (_, n) => pfn(2 * (length - n)));

test.each([0, ...LENGTHS])('PLACE-4 · a block comes first, before %d others', (length) => {
  const list = listOf(length);
  const longer = withFirst(list, pfn(1));
  expect(longer).toHaveLength(length + 1);
  expect(longer[0]).toBe(1);
  expect(longer.slice(1)).toEqual(list);
});

test.each(LENGTHS)('PAIR-4 · of %d blocks one is taken off, wherever it is, and the others stay', (length) => {
  const list = listOf(length);
  for (let at = 0; at < length; at++) {
    const head = list[at] ?? expect.fail('no such block');
    const shorter = without(list, head);
    expect(shorter).toHaveLength(length - 1);
    expect([...shorter.slice(0, at), head, ...shorter.slice(at)]).toEqual(list);
  }
});

test('from 40 blocks on a list is copied at once', () => {
  expect([39, 40].map((length) => isLong(listOf(length)))).toEqual([false, true]);
});
