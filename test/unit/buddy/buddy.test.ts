/** Tests of the core of 2.4 and 2.6, without the public face. */
import { NONE } from '../../../src/buddy/buddy.ts';
import { describe, expect, test } from 'vitest';
import { bytesOfZone, freeOnePage, freePagesOk, markUsed, rmqueue, rmqueueSmallest, zoneInUse } from './zones.ts';
import type { Kernel } from '../../../protocol/index.ts';

const CORES: readonly [Kernel, typeof rmqueue, typeof freePagesOk][] = [
  ['2.4', rmqueue, freePagesOk],
  ['2.6', rmqueueSmallest, freeOnePage],
];

describe.each(CORES)('the core of %s', (kernel, take, give) => {
  test('BLOCK-1 · stops at a page that is no block of the order, before anything is changed', () => {
    const zone = zoneInUse(kernel, 8, 4);
    const before = bytesOfZone(zone);
    expect(() => {
      give(zone, 1, 1);
    }).toThrow('bug in buddy-oracle: misaligned page 1');
    expect(() => {
      give(zone, 6, 2);
    }).toThrow('bug in buddy-oracle: misaligned page 6');
    expect(bytesOfZone(zone)).toEqual(before);
  });

  test('TAKE-5 · gives nothing for an order that it lacks', () => {
    const zone = zoneInUse(kernel, 8, 4);
    give(zone, 0, 3);
    expect(take(zone, 4)).toBe(NONE);
    expect(take(zone, 3)).toBe(0);
    expect(take(zone, 3)).toBe(NONE);
    expect(NONE).toBe(-1);
  });

  test('COUNT-1 · the zone counts the pages that are granted', () => {
    const zone = zoneInUse(kernel, 4, 3);
    give(zone, 0, 2);
    expect(zone.counters.get(0)).toBe(4);
    take(zone, 1);
    expect(zone.counters.get(0)).toBe(2);
  });
});

test('PAIR-3 · what is freed twice behind the public face stops 2.4 at the buddy, which is on no list', () => {
  const zone = zoneInUse('2.4', 8, 4);
  freePagesOk(zone, 0, 0);
  expect(() => {
    freePagesOk(zone, 0, 0);
  }).toThrow('bug in buddy-oracle: unlinked node 1');
});

test('MAP-2 · a bit is changed and nothing else: that of the pair, in the map of its order', () => {
  const zone = zoneInUse('2.4', 256, 3);
  const pairs = Array.from({ length: 2 }, (_, order) =>
    Array.from({ length: 256 >> (order + 1) }, (_pair, n) => [order, n] as const),
  );
  for (const [order, pair] of pairs.flat()) {
    const maps = [new Uint8Array(128), new Uint8Array(64)];
    (maps[order] ?? [])[pair] = 1;
    const expected = maps.flatMap((map) => Array.from(map));
    expect(markUsed(zone, (2 * pair + 1) << order, order)).toBe(false);
    expect(Array.from(expected, (_bit, n) => ((zone.map[n >> 5] ?? 0) >>> (n & 31)) % 2)).toEqual(expected);
    expect(markUsed(zone, (2 * pair) << order, order)).toBe(true);
    expect(zone.map.every((word) => word === 0)).toBe(true);
  }
});

test('USE-2 · an order that there is not, and a page that there is not, are bugs of ours', () => {
  const zone = zoneInUse('2.4', 8, 4);
  expect(() => markUsed(zone, 0, 4)).toThrow('bug in buddy-oracle: order 4');
  expect(() => markUsed(zone, 96 * 2, 0)).toThrow(/^bug in buddy-oracle: map word 3$/u);
});

test('BLOCK-1 · 2.6 counts from page frame 0: page 1 of a zone at frame 3 is a block of order 2, page 0 is none of order 1', () => {
  const zone = zoneInUse('2.6', 16, 5, 3);
  expect(zone.offset).toBe(3);
  freeOnePage(zone, 1, 2);
  expect(zone.counters.get(0)).toBe(4);
  expect(() => {
    freeOnePage(zone, 0, 1);
  }).toThrow('bug in buddy-oracle: misaligned page 0');
});

test('BLOCK-1 · 2.4 counts from its first page, whatever its base', () => {
  const zone = zoneInUse('2.4', 16, 5, 3);
  expect(zone.offset).toBe(0);
  freePagesOk(zone, 4, 2);
  expect(() => {
    freePagesOk(zone, 1, 2);
  }).toThrow('bug in buddy-oracle: misaligned page 1');
});
