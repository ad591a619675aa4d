/** Tests of direct reclaim and of kswapd. */

import { expect, test } from 'vitest';
import { LowMemory, plainMachine } from './low-memory.ts';
import { createMachine } from '../../../src/index.ts';
import { gfp, order, pfn } from '../../../spec/unit.ts';

const USER = 0x1d0;
const HIGHUSER = 0x1d2;
const DMA_USER = 0x1d1;

/** One zone of 128 pages, frames 0 to 127, none of them free. */
const full = (): LowMemory => new LowMemory(plainMachine([[0, 128, 0]])).leave(0, {});

test('RECLAIM-1, RECLAIM-2, PASS-4 · of two pages that a reclaim frees, the first is granted and the other is free', () => {
  const low = full().plan([
    [127, 0],
    [126, 0],
  ]);
  const { outcome, used } = low.ask({ gfp: USER });
  expect([outcome, used]).toEqual([{ kind: 'granted', head: 127 }, 1]);
  expect(low.zones).toEqual(['Normal 1 !']);
  expect(low.both.memory.pageCount(pfn(127))).toBe(1);
  expect(low.both.memory.pageCount(pfn(126))).toBe(0);
});

test('RECLAIM-1 · a block of another order than the one wanted is not granted', () => {
  const low = new LowMemory(plainMachine([[0, 128, 0]]));
  const pair = low.ask({ gfp: USER, order: 1 }).outcome;
  if (pair.kind !== 'granted') expect.fail('no pair');
  low.leave(0, {});
  low.plan([[pair.head, 1]]);
  expect(low.from({ gfp: USER })).toBe('stalled');
  expect(low.zones).toEqual(['Normal 2 !']);
});

test('RECLAIM-1 · a block of another class is not granted: of a zone above, or of another node', () => {
  const machine = plainMachine([
    [64, 64, 64],
    [64, 64, 64],
  ]);
  const low = new LowMemory(machine).leave(0, {}).leave(1, {});
  const granted = (gfp: number, frame: number): boolean =>
    low.plan([[frame, 0]]).ask({ gfp }).outcome.kind === 'granted';
  expect(granted(USER, 63), 'DMA for Normal').toBe(true);
  expect(granted(USER, 127), 'Normal for Normal').toBe(true);
  expect(granted(DMA_USER, 126), 'Normal for DMA').toBe(false);
  expect(granted(HIGHUSER, 191), 'HighMem for HighMem').toBe(true);
  expect(granted(USER, 190), 'HighMem for Normal').toBe(false);
  expect(granted(USER, 192), 'DMA of node 1').toBe(false);
});

test('RECLAIM-1 · what is kept is not granted where the reclaim reports that it failed', () => {
  const low = full();
  low.reclaimer.tell([
    { freed: [{ head: pfn(7), order: low.both.live[0]?.order ?? expect.fail('nothing') }], success: false },
  ]);
  expect(low.from({ gfp: USER })).toBe('stalled');
  expect(low.zones).toEqual(['Normal 1 !']);
});

test('PASS-6 · a reclaim that frees something is followed by another', () => {
  const low = full().plan([[1, 0]], [[3, 0]]);
  const { outcome, used } = low.ask({ gfp: USER, order: 1 });
  expect([outcome.kind, used]).toEqual(['stalled', 3]);
  expect(low.zones).toEqual(['Normal 2 !']);
});

test('PASS-5 · a large request is refused after one reclaim, though that freed something', () => {
  const low = full().plan([[1, 0]], [[3, 0]]);
  const { outcome, used } = low.ask({ gfp: USER, order: 4 });
  expect([outcome.kind, used]).toEqual(['exhausted', 1]);
});

test('RECLAIM-3 · kswapd reclaims from the zones that ask, the highest first, until their class has more than pages_high', () => {
  const low = new LowMemory(plainMachine([[128, 128, 128]])).leave(0, { DMA: 0, Normal: 0, HighMem: 0 });
  for (const gfp of [DMA_USER, USER, HIGHUSER]) low.ask({ gfp });
  expect(low.zones).toEqual(['DMA 0 !', 'Normal 0 !', 'HighMem 0 !']);
  const singles = (from: number, count: number): readonly (readonly [number, number])[] =>
    Array.from({ length: count }, (_, n) => [from + n, 0] as const);
  low.plan(singles(256, 60), singles(128, 61), []);
  low.both.ask({ kind: 'kswapd' });
  // HighMem was looked at when nothing of its class had more than 60; Normal when Normal had; DMA's reclaim failed
  expect(low.zones).toEqual(['DMA 0', 'Normal 61', 'HighMem 60 !']);
  low.plan(singles(316, 1));
  low.both.ask({ kind: 'kswapd' });
  expect(low.zones).toEqual(['DMA 0', 'Normal 61', 'HighMem 61']);
});

test('RECLAIM-3 · a turn of kswapd reports whether a zone of any node goes on asking', () => {
  let isEnough = true;
  const reclaimer = { wakeKswapd: () => undefined, tryToFreePagesZone: () => isEnough };
  const created = createMachine(plainMachine([[128], [128]]), reclaimer);
  if (created.kind === 'rejected') expect.fail(created.why);
  const { memory } = created;
  const asking = (): readonly boolean[] => memory.observe().zones.map(({ needBalance }) => needBalance);
  expect(memory.balance()).toBe(false);
  // 40 pages of node 0 are not more than its pages_low: it asks; node 1, which comes before it, does not
  for (let frame = 0; frame < 40; frame++) memory.handOver(pfn(frame));
  for (let frame = 128; frame < 256; frame++) memory.handOver(pfn(frame));
  expect(memory.allocPages(gfp(DMA_USER), order(0)).kind).toBe('granted');
  expect(asking()).toEqual([true, false]);
  // what was freed is said to be enough, but 39 pages are not more than pages_high
  expect([memory.balance(), asking()]).toEqual([true, [true, false]]);
  isEnough = false;
  expect([memory.balance(), asking()]).toEqual([false, [false, false]]);
});
