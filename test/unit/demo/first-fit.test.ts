/** Tests of the demonstration that compares first fit with the buddy system. */

import { bitsTested, scans } from '../../../conformance/demo/first-fit.ts';
import { demoFirstFit } from '../../../conformance/index.ts';
import { expect, test } from 'vitest';
import { pfn } from '../../../src/index.ts';

const map = (bits: string): Parameters<typeof bitsTested>[0] => ({
  start: pfn(0),
  end: pfn(bits.length),
  map: pfn(0),
  bits: [Array.from(bits).reduce((word, bit, at) => (bit === '1' ? word | (1 << at) : word), -1 << bits.length)],
  lastPos: 0,
  lastOffset: 0,
  retired: false,
});

test.each([
  ['00', 2, 2],
  ['1100', 2, 4],
  ['101000', 2, 1 + 2 + 1 + 2],
  ['1010', 2, 1 + 2 + 1 + 1],
  ['0010', 3, 3 + 2 + 1 + 1],
])('FIT-1 · first fit tests of %s, for %s pages, %s bits', (bits, count, tested) => {
  expect(bitsTested(map(bits), count)).toBe(tested);
});

test('FIT-1, PLACE-1 · the search of first fit grows with the blocks before it, that of the buddy system with the orders', () => {
  const found = scans(4096, [0, 1, 10, 100, 1000]);
  // One for each block, two for each free page between two blocks, and two for the run, which begins after the last block.
  const right = [1, 10, 100, 1000].map((blocks) => blocks + 2 * (blocks - 1) + 2);
  expect(found.map(({ bits }) => bits)).toEqual([2, ...right]);
  expect(found.every(({ lists }) => lists >= 1 && lists <= 4)).toBe(true);
});

test('the picture shows the small blocks, and the numbers beside those of the buddy system', () => {
  const drawn = demoFirstFit();
  expect(drawn).toContain(`      0 ${'#.'.repeat(32)}\n     64 ${'#.'.repeat(8)}${'.'.repeat(47)}m\n`);
  expect(drawn).toMatch(/^ {6}1000 {19}3000 {16}4$/mu);
});
