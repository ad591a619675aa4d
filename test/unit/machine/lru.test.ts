/** Tests of the reclaimer that keeps a page cache in two lists. */

import { expect, test } from 'vitest';
import { GFP_DMA, GFP_KERNEL, LruReclaimer, createMachine, machineOf, order, pfn } from '../../../src/index.ts';
import { GFP_USER } from '../../../src/machine/gfp.ts';
import type { ClassZone, PageUsers } from '../../../src/index.ts';
import type { Machine, Pfn } from '../../../protocol/index.ts';

const pc = (): Machine => machineOf([{ first: 0, end: 256 }], { limits: { dma: pfn(128), normal: pfn(256) } });

/** A class zone that holds the frames below an end. */
const below = (end: number): ClassZone => ({
  node: pc().nodes.length === 1 ? created(new LruReclaimer(pc())).node : expect.fail('one node'),
  name: 'Normal',
  memclass: (frame) => frame < end,
});

function created(lru: LruReclaimer): { node: ClassZone['node'] } {
  const made = createMachine(pc(), lru);
  if (made.kind === 'rejected') expect.fail(made.why);
  return { node: made.memory.observe().zones[0]?.node ?? expect.fail('no zone') };
}

/** What a reclaim frees, in its order, and whether it succeeded. */
function reclaim(lru: LruReclaimer, end = 256): [freed: readonly number[], success: boolean] {
  const freed: Pfn[] = [];
  const success = lru.tryToFreePagesZone(below(end), GFP_USER, (head) => {
    freed.push(head);
    return { kind: 'done' };
  });
  return [freed, success];
}

/** The memory that the cache stands before: every frame below 256 is a page that the cache alone uses. */
const PAGES: PageUsers = {
  usersOf: (head) => (head >= 0 && head < 256 ? 1 : 0),
  getPage: () => ({ kind: 'done' }),
  putPage: () => ({ kind: 'done' }),
};

function cacheOf(machine = pc(), outOfMemory?: () => void): LruReclaimer {
  const lru = new LruReclaimer(machine, outOfMemory);
  lru.attach(PAGES);
  return lru;
}

const cached = (count: number): LruReclaimer => {
  const lru = cacheOf();
  for (let frame = 0; frame < count; frame++) lru.addToPageCache(pfn(frame));
  return lru;
};

const use = (lru: LruReclaimer, frame: number): string => lru.markPageAccessed(pfn(frame)).kind;

const range = (from: number, end: number): readonly number[] => Array.from({ length: end - from }, (_, n) => from + n);

test('RECLAIM-4 · the oldest 32 pages are freed, oldest first, and that is success', () => {
  const lru = cached(100);
  expect(reclaim(lru)).toEqual([range(0, 32), true]);
  expect(lru.lists).toEqual({ active: 0, inactive: 68 });
  expect(reclaim(lru)).toEqual([range(32, 64), true]);
});

test('RECLAIM-4 · fewer than 32 are all freed, it is no success, and somebody may be killed', () => {
  let killed = 0;
  const lru = cacheOf(pc(), () => killed++);
  for (const frame of range(0, 31)) lru.addToPageCache(pfn(frame));
  expect(reclaim(lru)).toEqual([range(0, 31), false]);
  expect([killed, lru.lists]).toEqual([1, { active: 0, inactive: 0 }]);
});

test('RECLAIM-4 · only pages of the class are freed', () => {
  const lru = cacheOf();
  for (const frame of range(0, 80)) lru.addToPageCache(pfn(frame % 2 === 0 ? frame : 128 + frame));
  const [freed, success] = reclaim(lru, 128);
  expect([freed, success]).toEqual([range(0, 32).map((n) => 2 * n), true]);
});

test('RECLAIM-4 · a free that is refused frees nothing, and does not count', () => {
  const lru = cached(64);
  const freed: Pfn[] = [];
  const success = lru.tryToFreePagesZone(below(256), GFP_USER, (head) => {
    freed.push(head);
    return head < 40 ? { kind: 'rejected', misuse: 'double-free', clause: 'MISUSE-5' } : { kind: 'done' };
  });
  // 64 pages are tried to get 32 that are free; only 24 are
  expect([freed.length, success]).toEqual([64, false]);
});

test('RECLAIM-4 · a page that was used once is freed in its turn, and one used twice is on the other list', () => {
  const lru = cached(64);
  use(lru, 0);
  use(lru, 1);
  use(lru, 1);
  expect(lru.lists).toEqual({ active: 1, inactive: 63 });
  const [freed] = reclaim(lru);
  expect(freed).toEqual([0, ...range(2, 33)]);
});

test('RECLAIM-4 · a page that is used lately already stays in its place whenever it is used', () => {
  const lru = cached(2);
  for (const frame of [0, 0, 1, 1, 0, 0]) use(lru, frame);
  const { active } = lru.observe();
  expect(active.map(({ head, referenced }) => [head, referenced])).toEqual([
    [1, false],
    [0, true],
  ]);
});

test('RECLAIM-6 · the end of writing makes nothing clean that was not being written', () => {
  const lru = cached(1);
  lru.setPageDirty(pfn(0));
  expect(lru.endPageIo(pfn(0))).toEqual({ kind: 'done' });
  expect(lru.observe().inactive).toEqual([{ head: 0, referenced: false, contents: 'dirty', buffers: 'none' }]);
});

test('RECLAIM-7, RECLAIM-8 · unless told otherwise what is written is written at once', () => {
  const page = cached(1);
  page.setPageDirty(pfn(0));
  // of one page, one is looked at in the last round alone: it is written, and stays for a later turn
  expect(reclaim(page)).toEqual([[], false]);
  expect(page.observe().inactive).toEqual([{ head: 0, referenced: false, contents: 'clean', buffers: 'none' }]);
  const buffers = cached(1);
  buffers.setBuffers(pfn(0), 'dirty');
  expect(reclaim(buffers)).toEqual([[0], false]);
});

test('RECLAIM-4 · pages used lately are taken too when nothing else is left', () => {
  const lru = cached(40);
  for (const frame of [...range(0, 40), ...range(0, 40)]) use(lru, frame);
  expect(lru.lists).toEqual({ active: 40, inactive: 0 });
  const [freed, success] = reclaim(lru);
  expect([freed, success]).toEqual([range(0, 32), true]);
});

test('RECLAIM-5 · only a page in the cache can be marked as used or taken out, and none twice', () => {
  const lru = cached(1);
  const rejected = (misuse: string, clause: string): object => ({ kind: 'rejected', misuse, clause });
  const stranger = rejected('no-such-page', 'PAGE-4');
  expect(lru.addToPageCache(pfn(0))).toEqual(rejected('in-page-cache', 'RECLAIM-5'));
  expect(lru.addToPageCache(pfn(999))).toEqual(stranger);
  expect(lru.markPageAccessed(pfn(1))).toEqual(stranger);
  expect(lru.markPageAccessed(pfn(-1))).toEqual(stranger);
  expect(lru.removeFromPageCache(pfn(1))).toEqual(stranger);
  expect(lru.setPageDirty(pfn(1))).toEqual(stranger);
  expect([lru.removeFromPageCache(pfn(0)), lru.lists]).toEqual([{ kind: 'done' }, { active: 0, inactive: 0 }]);
});

test('RECLAIM-4 · where nothing can be freed, a sixth of the pages is looked at, then a fifth, and at last all of them', () => {
  const lru = cached(60);
  let asked = 0;
  const nobody: ClassZone = { ...below(0), memclass: () => ++asked < 0 };
  expect(lru.tryToFreePagesZone(nobody, GFP_USER, () => expect.fail('it is freed'))).toBe(false);
  expect(asked).toBe(10 + 12 + 15 + 20 + 30 + 60);
});

test('RECLAIM-4 · of the active pages, as many are moved as leave two thirds active; one that was used again is not', () => {
  const lru = cached(36 + 191);
  for (const frame of [...range(0, 36), ...range(0, 36)]) use(lru, frame);
  expect(lru.lists).toEqual({ active: 36, inactive: 191 });
  // 32 pages are wanted: 32 * 36 / (2 * 192) are moved, and then a sixth of 194 is looked at
  expect(reclaim(lru)).toEqual([range(36, 68), true]);
  expect(lru.lists).toEqual({ active: 33, inactive: 162 });
  expect(use(lru, 3)).toBe('done');
  reclaim(lru);
  // 32 * 33 / (2 * 163), rounded down: 4, 5 and 6 are moved, as 3 is passed over and not counted
  expect(lru.lists.active).toBe(30);
  expect([lru.removeFromPageCache(pfn(3)).kind, lru.lists.active]).toEqual(['done', 29]);
});

test('RECLAIM-4 · a page that was moved to the other list is taken back by its next use', () => {
  const lru = cached(36 + 191);
  for (const frame of [...range(0, 36), ...range(0, 36)]) use(lru, frame);
  reclaim(lru);
  expect(lru.lists).toEqual({ active: 33, inactive: 162 });
  use(lru, 0);
  expect(lru.lists).toEqual({ active: 34, inactive: 161 });
});

test('RECLAIM-4 · pages used again are passed over once, the last of all not met twice', () => {
  const lru = cached(3);
  for (const frame of [0, 1, 2, 0, 1, 2, 0, 1, 2]) use(lru, frame);
  // All were used again. 0, 1 and 2 are passed over, and then, unused by now, moved.
  expect(reclaim(lru)).toEqual([[0, 1, 2], false]);
  // 0 is moved; nothing follows 1, which is passed over, so that it is still there when the first page is freed.
  const two = cached(8);
  for (const frame of [0, 1, 0, 1, 1]) use(two, frame);
  const active: number[] = [];
  two.tryToFreePagesZone(below(256), GFP_USER, () => {
    active.push(two.lists.active);
    return { kind: 'done' };
  });
  expect(active[0]).toBe(1);
});

test("RECLAIM-4 · frames between nodes are nobody's", () => {
  const nodes = [
    { first: 0, end: 8 },
    { first: 16, end: 24 },
  ];
  const lru = cacheOf(machineOf(nodes));
  const added = range(0, 30)
    .toReversed()
    .filter((frame) => lru.addToPageCache(pfn(frame)).kind === 'done');
  expect(added).toEqual([...range(0, 8), ...range(16, 24)].toReversed());
  expect(reclaim(lru)).toEqual([added, false]);
});

test('PASS-2 · kswapd is awake until it sleeps', () => {
  const lru = cached(0);
  expect(lru.kswapdAwake).toBe(false);
  lru.wakeKswapd();
  expect(lru.kswapdAwake).toBe(true);
  lru.sleep();
  expect(lru.kswapdAwake).toBe(false);
});

test('RECLAIM-3, RECLAIM-4, PASS-2 · a machine filled with page cache wakes kswapd, which frees until pages_high', () => {
  const lru = new LruReclaimer(pc());
  const made = createMachine(pc(), lru);
  if (made.kind === 'rejected') expect.fail(made.why);
  const { memory } = made;
  memory.handOverAll();
  const seen = memory.observe();
  const free = (): readonly number[] => seen.zones.map(({ buddy }) => buddy.freeCount);
  for (let n = 0; n < 1000 && !lru.kswapdAwake; n++) {
    const outcome = memory.allocPages(GFP_KERNEL, order(0));
    if (outcome.kind !== 'granted') continue;
    lru.addToPageCache(outcome.head);
    memory.putPage(outcome.head);
  }
  expect([free(), seen.zones.map(({ needBalance }) => needBalance)]).toEqual([
    [81, 40],
    [false, true],
  ]);
  expect(memory.balance()).toBe(false);
  expect([free(), seen.zones.map(({ needBalance }) => needBalance)]).toEqual([
    [81, 72],
    [false, false],
  ]);
  expect(memory.allocPages(GFP_DMA, order(0)).kind).toBe('granted');
});
