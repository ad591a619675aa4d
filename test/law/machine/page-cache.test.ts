/** Tests of the invariants of a page cache, each seen refuted. */

import { expect, test } from 'vitest';
import { GFP_HIGHUSER, PF_MEMALLOC, order, pfn } from '../../../src/index.ts';
import { cacheInvariants, cachedPagesAreInUse, refuteCache, snapshotMachine, tell } from '../../../invariants/index.ts';
import { change, machine } from './moments.ts';
import { gfp } from '../../../spec/unit.ts';
import { page } from './cached.ts';
import type { CacheAction, CachedPage, MachineObservation, Owner } from '../../../protocol/index.ts';
import type { CacheReclaim } from '../../../invariants/index.ts';

const KERNEL = 0x1f0;
const FREED: Owner = -1;

const act = (kind: CacheAction['kind'], head: number): CacheAction => ({ kind, head: pfn(head) });
const frees = (...heads: readonly number[]): readonly CacheAction[] => heads.map((head) => act('free', head));

/** Two nodes whose frames are all granted, one by one: HighMem of node 0 has the frames 128 to 191. */
function memory(): MachineObservation {
  const full = machine();
  for (let n = 0; n < 384; n++) full.allocPages(GFP_HIGHUSER, order(0), undefined, PF_MEMALLOC);
  return snapshotMachine(full.observe());
}

/** A cache with 191 to 180 that was not used lately, the oldest 191, and 130 that was; a reclaim for HighMem of node 0. */
const sound = (wrong: Partial<CacheReclaim> = {}): CacheReclaim => ({
  cache: {
    active: [page(130)],
    inactive: Array.from({ length: 12 }, (_, n) => page(180 + n)),
  },
  memory: memory(),
  gfp: gfp(KERNEL),
  memclass: (head) => head < 192,
  actions: frees(191, 190),
  ...wrong,
});

const told = (wrong: Partial<CacheReclaim>): readonly string[] => refuteCache(sound(wrong)).map(tell);

/** The cache of `sound` with frame 191 otherwise. */
const oldest = (more: Partial<CachedPage>): CacheReclaim['cache'] => ({
  active: [],
  inactive: [page(190), page(191, more)],
});

test('RECLAIM-4, RECLAIM-5, RECLAIM-6, RECLAIM-7, RECLAIM-8, RECLAIM-9 · of a reclaim that is right nothing is refuted', () => {
  expect(told({})).toEqual([]);
  expect(cacheInvariants.map(({ clause }) => clause)).toEqual([4, 6, 7, 8, 9].map((n) => `RECLAIM-${n}`));
  const actions = [act('write', 191), act('flush', 190), ...frees(190, 191)];
  const inactive = [page(190, { buffers: 'dirty' }), page(191, { contents: 'dirty' })];
  expect(told({ cache: { active: [], inactive }, actions })).toEqual([]);
});

test('RECLAIM-4 · an older page that is passed over, more pages than 32, and one of another class are found', () => {
  expect(told({ actions: frees(190) })).toEqual([
    'RECLAIM-4 refuted at frame 190: it was freed, but frame 191 is older, and was not freed before it',
  ]);
  expect(told({ actions: frees(190, 191) })[0]).toMatch(/^RECLAIM-4 refuted at frame 190/u);
  expect(told({ memclass: (head) => head < 191, actions: frees(190, 191) })).toEqual([
    'RECLAIM-4 refuted at frame 191: it was freed, but it does not serve the class',
  ]);
  const inactive = Array.from({ length: 33 }, (_, n) => page(158 + n));
  const all = frees(...inactive.map(({ head }) => head).toReversed());
  expect(told({ cache: { active: [], inactive }, actions: all })).toEqual([
    'RECLAIM-4 refuted at page cache: 33 pages were freed, but a reclaim frees 32 at most',
  ]);
  expect(told({ cache: { active: [], inactive }, actions: all.slice(0, 32) })).toEqual([]);
});

test('RECLAIM-5 · a page that is in the cache twice, or is not in use as a single page, is found', () => {
  const cache = { active: [page(130)], inactive: [page(130)] };
  const moment = { cache, memory: memory() };
  expect(cachedPagesAreInUse.refute(moment)?.place).toBe('frame 130');
  expect(told({ cache, actions: [] })).toEqual([
    'RECLAIM-5 refuted at frame 130: it is in the page cache, but it is there twice',
  ]);
  const owned = (owner: Owner): MachineObservation =>
    change(memory(), 2, ({ buddy }) => ({
      buddy: { ...buddy, owners: Array.from(buddy.owners).with(2, owner) },
    }));
  expect(told({ memory: owned(order(1)), actions: [] })).toEqual([
    'RECLAIM-5 refuted at frame 130: it is in the page cache, but its owner is order 1',
  ]);
  expect(told({ memory: owned(FREED), actions: [] })[0]).toMatch(/^RECLAIM-5 refuted at frame 130/u);
  expect(told({ cache: { active: [page(999)], inactive: [] }, actions: [] })).toEqual([
    'RECLAIM-5 refuted at frame 999: it is in the page cache, but it lies in no zone',
  ]);
});

test('RECLAIM-6 · a page that is freed though it is used, dirty, being written or has dirty buffers, is found', () => {
  const shared = change(memory(), 2, ({ counts }) => ({ counts: Array.from(counts).with(63, 2) }));
  const lost = (wrong: Partial<CacheReclaim>): readonly string[] => told({ actions: frees(191), ...wrong });
  expect(lost({ memory: shared })).toEqual(['RECLAIM-6 refuted at frame 191: it was freed, but it had 2 users']);
  expect(lost({ cache: oldest({ contents: 'dirty' }) })).toEqual([
    'RECLAIM-6 refuted at frame 191: it was freed, but it was dirty',
  ]);
  expect(lost({ cache: oldest({ contents: 'writing' }) })).toEqual([
    'RECLAIM-6 refuted at frame 191: it was freed, but it was writing',
  ]);
  expect(lost({ cache: oldest({ buffers: 'dirty' }) })).toEqual([
    'RECLAIM-6 refuted at frame 191: it was freed, but its buffers were dirty',
  ]);
  expect(lost({ cache: oldest({ buffers: 'clean' }) })).toEqual([]);
  expect(lost({ actions: frees(140) })).toEqual([
    'RECLAIM-6 refuted at frame 140: it was freed, but it was not in the page cache',
  ]);
  const late = [...frees(191), act('write', 191)];
  expect(lost({ cache: oldest({ contents: 'dirty' }), actions: late })).toHaveLength(1);
});

test('RECLAIM-7, RECLAIM-8, RECLAIM-9 · what the mask does not permit is found', () => {
  const did = (kind: CacheAction['kind'], head: number, mask: number): readonly string[] =>
    told({ gfp: gfp(mask), actions: [act(kind, head)] });
  const refuted = (n: number, what: string, mask: string, bit: string): readonly string[] => [
    `RECLAIM-${n} refuted at frame 191: ${what}, but the mask ${mask} has no ${bit}`,
  ];
  expect(did('write', 191, 0xf0)).toEqual(refuted(7, 'it was written', '0xf0', 'FS'));
  expect(did('wait', 191, 0xf0)).toEqual(refuted(7, 'it was waited for', '0xf0', 'FS'));
  expect(did('flush', 191, 0x1b0)).toEqual(refuted(8, 'its buffers were written', '0x1b0', 'IO'));
  expect(did('flush', 191, 0x170)).toEqual(refuted(9, 'its buffers were written', '0x170', 'HIGHIO'));
  // what a mask permits: a page of low memory without HIGHIO, anything with all three
  expect(did('flush', 127, 0x170)).toEqual([]);
  expect([did('write', 191, KERNEL), did('wait', 191, KERNEL), did('flush', 191, KERNEL)]).toEqual([[], [], []]);
  expect([did('write', 191, 0x100), did('flush', 191, 0xc0)]).toEqual([[], []]);
});
