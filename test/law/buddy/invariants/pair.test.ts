/** Tests of the invariants of pairs and maps, each seen refuted. */

import { expect, test } from 'vitest';
import { bootZone, handOverAll } from './zone.ts';
import { clausesOf, doctored, flip, refutationOf, relist, sixteen } from './known-zones.ts';
import { pfn } from '../../../../src/index.ts';
import type { Kernel, Observation } from '../../../../protocol/index.ts';

test('MAP-1 · the bits beyond the last pair are 0', () => {
  const zone = sixteen('2.4');
  const { seen } = zone;
  flip(zone, 1, 5);
  flip(zone, 1, 6);
  expect(clausesOf(seen)).toEqual(['MAP-1']);
  expect(refutationOf('MAP-1', seen)).toBe('MAP-1 refuted at order 1 pair 5: map bit is 1, but the order has 4 pairs');
});

test('MAP-1 · a word that is full of pairs has none beyond', () => {
  const zone = bootZone({ kernel: '2.4', base: pfn(0), pages: 64, orders: 2, holes: [] });
  for (let frame = 0; frame < 64; frame += 2) zone.allocator.handOver(pfn(frame));
  expect(zone.arrays.map[0]).toBe(-1);
  expect(clausesOf(zone.seen)).toEqual([]);
});

test.each<[Kernel, string, (maps: Observation['maps']) => Observation['maps'], string]>([
  ['2.4', 'the top order has none', (maps) => [...maps, [0]], 'arena: there are 5 maps, but 4 orders have one'],
  ['2.6', 'there are none at all', () => [[0]], 'arena: there are 1 maps, but 0 orders have one'],
  [
    '2.4',
    'as many words as the pairs take',
    (maps) => maps.map((map) => [...Array.from(map), 0]),
    'order 0: the map has 2 words, but 8 pairs take 1',
  ],
])('MAP-1 · %s: %s', (kernel, _, change, told) => {
  const { seen } = sixteen(kernel);
  const other = doctored(seen, { maps: change(seen.maps) });
  expect(clausesOf(other)).toEqual(['MAP-1']);
  expect(refutationOf('MAP-1', other)).toBe(`MAP-1 refuted at ${told}`);
});

test('MAP-2 · MAP-3 · a bit that was complemented tells of halves that are not so', () => {
  const zone = sixteen('2.4');
  const { seen } = zone;
  flip(zone, 1, 3);
  expect(clausesOf(seen)).toEqual(['MAP-3', 'MAP-2']);
  expect(refutationOf('MAP-2', seen)).toBe(
    'MAP-2 refuted at order 1 pair 3: map bit is 1, but lower buddy in use, upper buddy in use',
  );
  expect(refutationOf('MAP-3', seen)).toBe(
    'MAP-3 refuted at order 1 pair 3: map bit is 1, but lower buddy not listed, upper buddy not listed',
  );
});

test('MAP-2 · a lost block deceives the lists, not the owners', () => {
  const zone = sixteen('2.4');
  relist(zone, 0, []);
  zone.arrays.map[0] = 0;
  zone.arrays.counters[0] = 12;
  expect(clausesOf(zone.seen)).toEqual(['STATE-1', 'LIST-4', 'MAP-2']);
  expect(refutationOf('MAP-2', zone.seen)).toBe(
    'MAP-2 refuted at order 0 pair 7: map bit is 0, but lower buddy free, upper buddy in use',
  );
});

test('MAP-2 · MAP-3 · MAP-4 · pairs count from the first of the arena, also where that begins before it', () => {
  const zone = bootZone({ kernel: '2.6', base: pfn(1), pages: 3, orders: 3, holes: [] });
  handOverAll(zone);
  const bits = (low: number, high: number): Observation =>
    doctored(zone.seen, { kernel: '2.4', maps: [[low], [high]] });
  expect(clausesOf(bits(0b01, 1))).toEqual([]);
  expect(clausesOf(bits(0b11, 1))).toEqual(['MAP-3', 'MAP-2', 'MAP-4']);
  expect(refutationOf('MAP-2', bits(0, 1))).toBe(
    'MAP-2 refuted at order 0 pair 0: map bit is 0, but lower buddy in use, upper buddy free',
  );
  expect(refutationOf('MAP-3', bits(0b01, 0))).toBe(
    'MAP-3 refuted at order 1 pair 0: map bit is 0, but lower buddy not listed, upper buddy listed',
  );
  expect(refutationOf('MAP-4', bits(0b11, 1))).toBe(
    'MAP-4 refuted at order 0 pair 1: map bit is 1, but it lies inside the free order 1 block at frame 2',
  );
  expect(refutationOf('MAP-1', bits(0b101, 1))).toBe(
    'MAP-1 refuted at order 0 pair 2: map bit is 1, but the order has 2 pairs',
  );
});

test('MAP-3 · a block that was split and not granted deceives the owners, not the lists', () => {
  const zone = sixteen('2.4');
  relist(zone, 2, []);
  relist(zone, 1, [10, 8]);
  expect(clausesOf(zone.seen)).toEqual(['PAIR-4', 'MAP-3']);
  expect(refutationOf('MAP-3', zone.seen)).toBe(
    'MAP-3 refuted at order 2 pair 1: map bit is 1, but lower buddy not listed, upper buddy not listed',
  );
});

test.each<[string, number, string]>([
  ['a free', 1, 'free order 3 block at frame 0'],
  ['an outstanding', 6, 'outstanding order 1 block at frame 12'],
])('MAP-4 · bits under %s block are 0', (_, pair, block) => {
  const zone = sixteen('2.4');
  const { seen } = zone;
  flip(zone, 0, pair);
  expect(clausesOf(seen)).toEqual(['MAP-3', 'MAP-2', 'MAP-4']);
  expect(refutationOf('MAP-4', seen)).toBe(
    `MAP-4 refuted at order 0 pair ${pair}: map bit is 1, but it lies inside the ${block}`,
  );
});

test('MAP-4 · bits under a block are 0 also after a bit that is rightly 1', () => {
  const zone = bootZone({ kernel: '2.4', base: pfn(0), pages: 8, orders: 4, holes: [] });
  for (const frame of [0, 4, 5, 6, 7]) zone.allocator.handOver(pfn(frame));
  expect(clausesOf(zone.seen)).toEqual([]);
  flip(zone, 0, 3);
  expect(refutationOf('MAP-4', zone.seen)).toBe(
    'MAP-4 refuted at order 0 pair 3: map bit is 1, but it lies inside the free order 2 block at frame 4',
  );
});
