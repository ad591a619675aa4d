/** Tests that loops are stopped after the turns that they may take, and not before. */
import { burn, isEmpty, refuel, turnsLeft } from './fuel.js';
import { expect, test } from 'vitest';

const times = (count: number): void => {
  for (let n = 0; n < count; n++) burn();
};

test.each([0, 1, 1000])('%d turns may be taken, and no more; then each one throws', (turns) => {
  refuel(turns);
  times(turns);
  expect([turnsLeft(), isEmpty()]).toEqual([0, false]);
  for (let n = 0; n < 3; n++) expect(burn).toThrow('more turns');
  expect(isEmpty()).toBe(true);
  refuel(1);
  times(1);
  expect(isEmpty()).toBe(false);
});

test('more turns than a small number holds are counted down as others are', () => {
  refuel(2 ** 31 + 5);
  times(7);
  expect([turnsLeft(), isEmpty()]).toEqual([2 ** 31 - 2, false]);
});
