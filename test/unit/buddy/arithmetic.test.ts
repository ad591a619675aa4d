/** Tests of the rounding of requests to orders. */

import { expect, test } from 'vitest';
import { getOrder } from '../../../src/index.ts';

test.each([
  [1, 0],
  [2, 1],
  [3, 2],
  [4, 2],
  [5, 3],
  [8, 3],
  [9, 4],
  [512, 9],
  [513, 10],
  [2 ** 28 - 1, 28],
  [2 ** 28, 28],
])('BLOCK-3 · %i pages are a block of order %i', (pages, order) => {
  expect(getOrder(pages)).toBe(order);
});
