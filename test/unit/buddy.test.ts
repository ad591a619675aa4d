import { NONE, freePagesOk, rmqueue } from '../../src/buddy.ts';
import { bytesOfZone, zoneInUse } from './zones.ts';
import { describe, expect, test } from 'vitest';
import { freeOnePage, rmqueueSmallest } from '../../src/page-buddy.ts';
import type { Kernel } from '../../protocol/index.ts';

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

test('USE-2 · an order that there is not is a bug of ours', () => {
  const zone = zoneInUse('2.4', 8, 4);
  expect(zone.pairBitOf(7, 1)).toBe(33);
  expect(() => zone.pairBitOf(0, 4)).toThrow('bug in buddy-oracle: order 4');
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
