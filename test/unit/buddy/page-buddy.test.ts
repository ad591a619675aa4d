/** Tests of how 2.6 finds a buddy, on one worked example. */

import { expect, test } from 'vitest';
import { findCombinedIndex, freeOnePage, pageFindBuddy, pageIsBuddy, zoneInUse } from './zones.ts';
import { frameIndex } from '../../../src/index.ts';
import type { Zone } from '../../../src/buddy/zone.ts';

/** Page 10 of 16 is freed, the last: order by order the page, its buddy, how far that is away, and what both make. */
const TABLE = [
  [0, 10, 11, 1, 10],
  [1, 10, 8, -2, 8],
  [2, 8, 12, 4, 8],
  [3, 8, 0, -8, 0],
] as const;

function allButTen(): Zone {
  const zone = zoneInUse('2.6', 16, 5);
  for (let page = 0; page < 16; page++) if (page !== 10) freeOnePage(zone, page, 0);
  return zone;
}

const pageFlags = (zone: Zone): readonly (number | undefined)[][] =>
  Array.from(zone.buddyFlag.words, (flag, page) => [flag, page, zone.privateOrder.get(frameIndex(page))])
    .filter(([flag]) => flag === 1)
    .map(([, page, order]) => [page, order]);

test.each(TABLE)('BLOCK-2 · order %i: the buddy of page %i is page %i', (order, page, buddy, away, combined) => {
  expect(pageFindBuddy(page, order)).toBe(buddy);
  expect(pageFindBuddy(page, order) - page).toBe(away);
  expect(findCombinedIndex(page, order)).toBe(combined);
  expect(findCombinedIndex(buddy, order)).toBe(combined);
  expect(pageFindBuddy(buddy, order)).toBe(page);
});

test.each(TABLE)(
  'MARK-1 · order %i: before page 10 is freed, what page %i has for its buddy, page %i, is one',
  (order, _, buddy) => {
    const zone = allButTen();
    expect(pageIsBuddy(zone, buddy, order)).toBe(true);
    for (let other = 0; other < 5; other++) expect(pageIsBuddy(zone, buddy, other)).toBe(other === order);
  },
);

test('MARK-1, PAIR-4 · page 10 joins all four of them', () => {
  const zone = allButTen();
  expect(pageFlags(zone)).toEqual([
    [0, 3],
    [8, 1],
    [11, 0],
    [12, 2],
  ]);
  expect(Array.from(zone.counters.words)).toEqual([15, 1, 1, 1, 1, 0]);
  freeOnePage(zone, 10, 0);
  expect(pageFlags(zone)).toEqual([[0, 4]]);
  expect(Array.from(zone.counters.words)).toEqual([16, 0, 0, 0, 0, 1]);
  expect(Array.from(zone.privateOrder.words)).toEqual([4, ...new Array<number>(15).fill(0)]);
});

test('MARK-1 · a page outside the zone, one in use, one inside a free block, and a smaller free block are no buddies', () => {
  const zone = zoneInUse('2.6', 4, 3);
  freeOnePage(zone, 2, 0);
  expect(pageIsBuddy(zone, -1, 0)).toBe(false);
  expect(pageIsBuddy(zone, 4, 0)).toBe(false);
  expect(pageIsBuddy(zone, 0, 0)).toBe(false);
  expect(pageIsBuddy(zone, 2, 1)).toBe(false);
  freeOnePage(zone, 3, 0);
  expect(pageIsBuddy(zone, 2, 1)).toBe(true);
  expect(pageIsBuddy(zone, 3, 0)).toBe(false);
});
