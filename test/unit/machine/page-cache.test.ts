/** Tests of a page cache before the memory that its pages are of: who uses a page, and what a mask permits to reclaim. */

import { expect, test } from 'vitest';
import {
  GFP_HIGHUSER,
  GFP_KERNEL,
  GFP_NOFS,
  GFP_NOHIGHIO,
  GFP_NOIO,
  LruReclaimer,
  PF_MEMALLOC,
  createMachine,
  gfp,
  machineOf,
  nodeId,
  order,
  pfn,
  withZone,
} from '../../../src/index.ts';
import { Cached } from './cached.ts';
import { cachedPagesAreInUse, refuteMachine } from '../../../invariants/index.ts';
import type { ClassZone } from '../../../src/index.ts';
import type { Gfp, Pfn } from '../../../protocol/index.ts';

const done = { kind: 'done' };
const inCache = { kind: 'rejected', misuse: 'in-page-cache', clause: 'RECLAIM-5' };
const stranger = { kind: 'rejected', misuse: 'no-such-page', clause: 'PAGE-4' };
const range = (from: number, end: number): readonly number[] => Array.from({ length: end - from }, (_, n) => from + n);

test('RECLAIM-5 · the cache is a user of its page: after the reader has freed it, it stays until the cache gives it up', () => {
  const { lru, memory } = new Cached();
  expect(lru.addToPageCache(pfn(7))).toEqual(done);
  expect(memory.pageCount(pfn(7))).toBe(2);
  expect(memory.putPage(pfn(7))).toEqual(done);
  expect(memory.pageCount(pfn(7))).toBe(1);
  expect(memory.putPage(pfn(7))).toEqual(inCache);
  expect([memory.pageCount(pfn(7)), lru.lists.inactive]).toEqual([1, 1]);
  expect(lru.removeFromPageCache(pfn(7))).toEqual(done);
  expect([memory.pageCount(pfn(7)), lru.lists.inactive]).toEqual([0, 0]);
  expect(memory.putPage(pfn(7))).toMatchObject({ misuse: 'double-free' });
});

test('RECLAIM-5 · a page that is freed by somebody else just then does not come into the cache', () => {
  const lru = new LruReclaimer(machineOf([{ first: 0, end: 16 }], { orders: 4 }));
  const gone = { kind: 'rejected', misuse: 'no-such-page', clause: 'PAGE-4' } as const;
  lru.attach({ usersOf: () => 1, getPage: () => gone, putPage: () => expect.fail('nobody uses it') });
  expect(lru.addToPageCache(pfn(7))).toEqual(stranger);
  expect([lru.holds(pfn(7)), lru.lists.inactive]).toEqual([false, 0]);
});

test('RECLAIM-5 · only a single page in use comes into the cache, and no page twice', () => {
  const machine = machineOf([{ first: 0, end: 16 }], { limits: { dma: pfn(0), normal: pfn(16) }, orders: 4 });
  const lru = new LruReclaimer(machine);
  const created = createMachine(machine, lru);
  if (created.kind === 'rejected') expect.fail(created.why);
  const { memory } = created;
  for (const frame of range(0, 8)) memory.handOver(pfn(frame));
  const pair = memory.allocPages(GFP_KERNEL, order(1), undefined, PF_MEMALLOC);
  const page = memory.allocPages(GFP_KERNEL, order(0), undefined, PF_MEMALLOC);
  // the upper halves of what is split: 6 and 7 as a pair, then 5
  expect([pair, page]).toEqual([
    { kind: 'granted', head: 6 },
    { kind: 'granted', head: 5 },
  ]);
  const added = (frame: number): object => lru.addToPageCache(pfn(frame));
  expect(added(5)).toEqual(done);
  expect(added(5)).toEqual(inCache);
  // a pair, its second page, a free page, one that boot memory holds, and one of no zone
  for (const frame of [6, 7, 0, 12, 16, -1, 0.5]) expect(added(frame), String(frame)).toEqual(stranger);
  expect(lru.lists).toEqual({ active: 0, inactive: 1 });
});

test('RECLAIM-5, RECLAIM-6 · of 32 pages freed while they are in the cache none is reclaimed from its next owner', () => {
  const cached = new Cached().read(32);
  const { lru, memory } = cached;
  // whoever frees them again, as if the cache were no user, is rejected
  expect(range(0, 32).map((frame) => memory.putPage(pfn(frame)))).toEqual(range(0, 32).map(() => inCache));
  const removed = range(0, 32).map((frame) => lru.removeFromPageCache(pfn(frame)).kind);
  expect(new Set(removed)).toEqual(new Set(['done']));
  const again = range(0, 32).map(() => memory.allocPages(GFP_KERNEL, order(0), undefined, PF_MEMALLOC));
  const heads = again.map((outcome) => (outcome.kind === 'granted' ? outcome.head : expect.fail(outcome.kind)));
  expect(heads.toSorted((one, other) => one - other)).toEqual(range(0, 32));
  // their new owners hold all memory: a reclaim frees none of it
  expect(cached.ask(GFP_KERNEL)).toBe('stalled');
  expect(heads.map((frame) => memory.pageCount(frame))).toEqual(heads.map(() => 1));
  const moment = { cache: lru.observe(), memory: memory.observe() };
  expect([cachedPagesAreInUse.refute(moment), refuteMachine(moment.memory)]).toEqual([undefined, []]);
});

test('RECLAIM-6 · a page that somebody else uses is passed over', () => {
  const cached = new Cached().read(40);
  for (const frame of range(0, 8)) cached.memory.getPage(pfn(frame));
  expect(cached.ask(GFP_KERNEL)).toBe('granted');
  expect(range(0, 8).map((frame) => cached.users(frame))).toEqual(range(0, 8).map(() => 2));
  expect(cached.users(8)).toBe(1); // what the reclaim freed first was kept, and granted
  expect(cached.lru.lists.inactive).toBe(8);
});

type Prepare = (cached: Cached) => (frame: Pfn) => void;

const DIRTY: Prepare =
  ({ lru }) =>
  (frame) =>
    void lru.setPageDirty(frame);
const DIRTY_BUFFERS: Prepare =
  ({ lru }) =>
  (frame) =>
    void lru.setBuffers(frame, 'dirty');
const CLEAN_BUFFERS: Prepare =
  ({ lru }) =>
  (frame) =>
    void lru.setBuffers(frame, 'clean');

const HIGH = (mask: typeof GFP_KERNEL): Gfp => withZone(mask, 'HIGHMEM');

test.each<
  [clause: string, what: string, zone: 'Normal' | 'HighMem', Prepare, mask: Gfp, answer: string, asked: string]
>([
  ['RECLAIM-7', 'dirty pages, KERNEL', 'Normal', DIRTY, GFP_KERNEL, 'granted', 'write'],
  ['RECLAIM-7', 'dirty pages, NOFS', 'Normal', DIRTY, GFP_NOFS, 'stalled', ''],
  ['RECLAIM-7', 'dirty pages, NOIO', 'Normal', DIRTY, GFP_NOIO, 'stalled', ''],
  ['RECLAIM-7', 'dirty pages, FS alone', 'Normal', DIRTY, gfp(0x110), 'granted', 'write'],
  ['RECLAIM-8', 'dirty buffers, KERNEL', 'Normal', DIRTY_BUFFERS, GFP_KERNEL, 'granted', 'flush'],
  ['RECLAIM-8', 'dirty buffers, NOFS', 'Normal', DIRTY_BUFFERS, GFP_NOFS, 'granted', 'flush'],
  ['RECLAIM-8', 'dirty buffers, NOHIGHIO', 'Normal', DIRTY_BUFFERS, GFP_NOHIGHIO, 'granted', 'flush'],
  ['RECLAIM-8', 'dirty buffers, NOIO', 'Normal', DIRTY_BUFFERS, GFP_NOIO, 'stalled', ''],
  ['RECLAIM-8', 'clean buffers, NOIO', 'Normal', CLEAN_BUFFERS, GFP_NOIO, 'granted', ''],
  ['RECLAIM-9', 'dirty buffers, HIGHUSER', 'HighMem', DIRTY_BUFFERS, GFP_HIGHUSER, 'granted', 'flush'],
  ['RECLAIM-9', 'dirty buffers, NOHIGHIO', 'HighMem', DIRTY_BUFFERS, HIGH(GFP_NOHIGHIO), 'stalled', ''],
  ['RECLAIM-9', 'dirty buffers, NOIO', 'HighMem', DIRTY_BUFFERS, HIGH(GFP_NOIO), 'stalled', ''],
  ['RECLAIM-9', 'dirty buffers, HIGHIO alone', 'HighMem', DIRTY_BUFFERS, gfp(0x92), 'stalled', ''],
  ['RECLAIM-9', 'dirty pages, NOHIGHIO with FS', 'HighMem', DIRTY, gfp(0x152), 'granted', 'write'],
])('%s · %s in %s', (_clause, _what, zone, prepare, mask, answer, asked) => {
  const cached = new Cached(zone);
  cached.read(40, prepare(cached));
  expect(cached.ask(mask)).toBe(answer);
  const kinds = new Set(cached.store.asked.map((one) => one.split(' ')[0] ?? ''));
  expect([...kinds].join()).toBe(asked);
  // whatever was not freed is what it was: nothing is lost
  if (answer === 'stalled') expect(range(0, 40).map((frame) => cached.users(frame))).toEqual(range(0, 40).map(() => 1));
});

test('RECLAIM-7 · a page that is written stays for a later turn, and one that is being written is waited for', () => {
  const cached = new Cached('Normal', false);
  cached.read(40, DIRTY(cached));
  expect(cached.ask(GFP_KERNEL)).toBe('granted');
  const all = range(0, 40);
  expect(cached.store.asked).toEqual([...all.map((frame) => `write ${frame}`), ...all.map((frame) => `wait ${frame}`)]);
  // 6, 8, 10, 13, 20 and 40 pages are looked at: 40 are written, 40 are waited for, and 17 are met a third time and freed
  expect(cached.lru.lists.inactive).toBe(40 - 17);
});

test('RECLAIM-7 · without FS what is being written is left alone, and once it is written it is freed', () => {
  const cached = new Cached('Normal', false);
  cached.read(6, DIRTY(cached));
  // A reclaim that looks at 1, 1, 1 and 2 pages, of which the first four serve its class: they are being written now.
  let looks = 0;
  const zone: ClassZone = { node: nodeId(0), name: 'Normal', memclass: () => ++looks <= 4 };
  expect(cached.lru.tryToFreePagesZone(zone, GFP_KERNEL, () => expect.fail('it is freed'))).toBe(false);
  const writing = range(0, 4).map((frame) => `write ${frame}`);
  expect(cached.store.asked).toEqual(writing);
  expect(cached.ask(GFP_NOFS)).toBe('stalled');
  for (const frame of range(0, 4)) cached.lru.endPageIo(pfn(frame));
  expect(cached.ask(GFP_NOFS)).toBe('granted');
  expect(cached.store.asked).toEqual(writing);
  expect(cached.lru.observe().inactive.map(({ contents, head }) => [head, contents])).toEqual([
    [5, 'dirty'],
    [4, 'dirty'],
  ]);
});
