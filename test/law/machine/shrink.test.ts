/** Tests of which pages a reclaim moves and frees, by the specification: small caches, worked by hand. */

import { expect, test } from 'vitest';
import { gfp } from '../../../spec/unit.ts';
import { page } from './cached.ts';
import { pageCache } from '../../../spec/index.ts';
import type { CacheRequest } from '../../../spec/machine/page-cache.ts';

/** A reclaim that may write, for a class that no page serves. */
const VAIN: CacheRequest = {
  gfp: gfp(0x1d0),
  isWanted: () => false,
  isHighmem: () => false,
  isPrompt: () => true,
};

/** The two lists after a reclaim in vain: of pages 1, 2, ... used lately, some of them again, and of that many others. */
function lists(active: number, again: readonly number[], inactive = 0): readonly (readonly number[])[] {
  const others = Array.from({ length: inactive }, (_, n) => page(101 + n));
  const lately = Array.from({ length: active }, (_, n) => page(1 + n, { referenced: again.includes(1 + n) }));
  const { cache } = pageCache.reclaimCache({ active: lately, inactive: others }, VAIN);
  return [cache.active, cache.inactive].map((pages) => pages.map(({ head }) => head));
}

test('RECLAIM-4 · a walk that passed over a page before the last one comes to it again, after all others', () => {
  // Six pages are looked at 1 + 1 + 1 + 2 + 3 + 6 times, each time the oldest: it comes first.
  expect(lists(6, [6])).toEqual([[], [4, 5, 6, 1, 2, 3]]);
  expect(lists(6, [2])).toEqual([[], [5, 6, 2, 1, 3, 4]]);
});

test('RECLAIM-4 · a walk that passed over the last page alone ends there: the next walk moves it', () => {
  // When a sixth is looked at there are five: 0 + 1 + 1 + 2 + 3 + 6 times.
  expect(lists(6, [1])).toEqual([[], [6, 1, 2, 3, 4, 5]]);
});

test('RECLAIM-4 · a walk ends as soon as it has moved as many as it may, also where it came to pages again', () => {
  // 32 * 3 / (2 * 18) are two: 1, and then 3, which was passed over before 2.
  expect(lists(3, [2, 3], 17)[0]).toEqual([2]);
});

test('RECLAIM-4 · the page that was passed over last comes first, and before those that the walk did not come to', () => {
  // 32 * 4 / (2 * 33) is one, page 2: then 3, 4 and 1 are left. 32 * 3 / (2 * 34) is one, the oldest.
  expect(lists(4, [3, 4], 32)[0]).toEqual([3, 4]);
});

test('RECLAIM-6, RECLAIM-7 · a page that is being written stays so if the reclaim may not wait for it', () => {
  const cache = { active: [], inactive: [page(1, { contents: 'writing' })] };
  const request = { ...VAIN, gfp: gfp(0x0d0), isWanted: (): boolean => true };
  expect(pageCache.reclaimCache(cache, request)).toEqual({ cache, actions: [], wanted: 32 });
});
