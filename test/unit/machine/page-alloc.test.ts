/** Tests of the passes of a page request and of the watermarks. */

import { expect, test } from 'vitest';
import { LowMemory, plainMachine } from './low-memory.ts';

const USER = 0x1d0;
const KERNEL = 0x1f0;
const ATOMIC = 0x20;
const HIGHUSER = 0x1d2;
const MEMALLOC = 0x800;
const MEMDIE = 0x1000;

/** Three zones of marks 20, 40 and 60 each. */
const three = (free: Readonly<Record<'DMA' | 'Normal', number>>): LowMemory =>
  new LowMemory(plainMachine([[128, 128, 128]])).leave(0, { ...free, HighMem: 0 });

test.each([
  ['WATER-2 · 41 pages of Normal are too few above pages_low', { Normal: 41, DMA: 128 }, { gfp: USER }, 'DMA', false],
  ['WATER-2 · 42 are enough', { Normal: 42, DMA: 128 }, { gfp: USER }, 'Normal', false],
  ['PASS-1 · 82 pages of DMA are more than one and both marks', { Normal: 30, DMA: 82 }, { gfp: USER }, 'DMA', false],
  ['PASS-3 · 81 are not: kswapd is woken, and Normal gives', { Normal: 30, DMA: 81 }, { gfp: USER }, 'Normal', true],
  [
    'WATER-3 · 6 and 11 are too few for a request that cannot wait',
    { Normal: 6, DMA: 11 },
    { gfp: ATOMIC },
    'exhausted',
    true,
  ],
  ['WATER-3 · 7 pages of Normal are enough', { Normal: 7, DMA: 11 }, { gfp: ATOMIC }, 'Normal', true],
  ['WATER-3 · 12 pages of DMA are enough', { Normal: 6, DMA: 12 }, { gfp: ATOMIC }, 'DMA', true],
  [
    'WATER-4 · the last page goes to who frees memory',
    { Normal: 1, DMA: 1 },
    { gfp: USER, task: MEMALLOC },
    'Normal',
    true,
  ],
  ['WATER-4 · and to who is being killed', { Normal: 1, DMA: 1 }, { gfp: USER, task: MEMDIE }, 'Normal', true],
  [
    'WATER-4 · who is refused where there is none',
    { Normal: 0, DMA: 0 },
    { gfp: USER, task: MEMALLOC },
    'exhausted',
    true,
  ],
  [
    'GFP-3 · HIGH is of no use: KERNEL stalls where USER does',
    { Normal: 7, DMA: 12 },
    { gfp: KERNEL },
    'stalled',
    true,
  ],
  ['PASS-6 · order 0 stalls where reclaim fails', { Normal: 1, DMA: 1 }, { gfp: USER }, 'stalled', true],
  ['PASS-6 · so does order 3', { Normal: 1, DMA: 1 }, { gfp: USER, order: 3 }, 'stalled', true],
  ['PASS-5 · order 4 is refused', { Normal: 1, DMA: 1 }, { gfp: USER, order: 4 }, 'exhausted', true],
] as const)('%s', (_, free, asked, from, woken) => {
  const low = three(free);
  const before = low.zones;
  expect(before).toEqual([`DMA ${free.DMA}`, `Normal ${free.Normal}`, 'HighMem 0']);
  const { outcome, woken: did } = low.ask(asked);
  expect([outcome.kind === 'granted' ? low.zoneOf(outcome.head) : outcome.kind, did]).toEqual([from, woken]);
  expect(low.zones[1]?.endsWith('!')).toBe(woken);
});

/** Two zones of 128 pages whose pages_min is `min`, so many of them free. */
const marked = (min: number, free: Readonly<Record<'DMA' | 'Normal', number>>): LowMemory => {
  const balance = { ratio: 1, least: min, most: min };
  return new LowMemory(
    plainMachine([[128, 128, 0]], { balance: { DMA: balance, Normal: balance, HighMem: balance } }),
  ).leave(0, free);
};

test('WATER-3 · a quarter of 22 is 5 in each zone, and a quarter of 2^31 is more than there is', () => {
  expect(marked(22, { Normal: 6, DMA: 11 }).from({ gfp: ATOMIC })).toBe('exhausted');
  expect(marked(22, { Normal: 6, DMA: 12 }).from({ gfp: ATOMIC })).toBe('DMA');
  expect(marked(22, { Normal: 7, DMA: 0 }).from({ gfp: ATOMIC })).toBe('Normal');
  expect(marked(2 ** 31, { Normal: 128, DMA: 128 }).from({ gfp: ATOMIC })).toBe('exhausted');
});

test('PASS-4, PASS-5 · a large request reclaims once, one that cannot wait and one of an exempt task never', () => {
  const used = (asked: { gfp: number; order?: number; task?: number }): number =>
    three({ Normal: 1, DMA: 0 }).ask(asked).used;
  expect(used({ gfp: USER, order: 4 })).toBe(1);
  expect(used({ gfp: ATOMIC, order: 4 })).toBe(0);
  expect(used({ gfp: USER, order: 4, task: MEMALLOC })).toBe(0);
});

test('PASS-2 · only the class zone asks to be balanced, also where another gives the block', () => {
  const low = new LowMemory(plainMachine([[128, 128, 128]])).leave(0, { HighMem: 1, Normal: 3, DMA: 70 });
  expect(low.from({ gfp: HIGHUSER })).toBe('DMA');
  expect(low.zones).toEqual(['DMA 69', 'Normal 3', 'HighMem 1 !']);
});

test('ZONE-3, ZONE-4 · HighMem falls to Normal and then to DMA, Normal to DMA, and DMA to none', () => {
  const low = new LowMemory(plainMachine([[128, 128, 128]]));
  expect(low.from({ gfp: HIGHUSER })).toBe('HighMem');
  low.leave(0, { HighMem: 41, Normal: 128, DMA: 128 });
  expect(low.from({ gfp: HIGHUSER })).toBe('Normal');
  low.leave(0, { HighMem: 41, Normal: 81, DMA: 128 });
  expect(low.from({ gfp: HIGHUSER })).toBe('DMA');
  low.leave(0, { HighMem: 128, Normal: 128, DMA: 5 });
  expect(low.from({ gfp: ATOMIC | 1 })).toBe('exhausted');
});

test('PASS-1, PASS-7 · a zone that has the pages and no block of the order is passed over', () => {
  const low = new LowMemory(plainMachine([[128, 128, 0]])).leave(0, { Normal: 0, DMA: 128 });
  for (let frame = 128; frame < 256; frame += 2) low.free(frame, 0);
  expect(low.zones).toEqual(['DMA 128', 'Normal 64']);
  expect(low.from({ gfp: USER, order: 1 })).toBe('DMA');
});

test('GFP-1, ZONE-3 · of the low four bits two choose the zonelist, and DMA wins', () => {
  const low = new LowMemory(plainMachine([[64, 64, 64]]));
  const lists = [['Normal', 'DMA'], ['DMA'], ['HighMem', 'Normal', 'DMA'], ['DMA']];
  const names = (low.both.memory.observe().zonelists[0] ?? []).map((places) =>
    places.map((place) => low.both.state.zones[place]?.name),
  );
  expect(names).toHaveLength(16);
  for (let mask = 0; mask < 16; mask++) {
    expect(low.zonelist(mask), `mask ${mask}`).toEqual(lists[mask % 4]);
    expect(names[mask], `mask ${mask}`).toEqual(lists[mask % 4]);
  }
});

test('WATER-3, ZONE-3 · a zone of 16 pages stalls who may wait and serves who may not; the first zone with frames is the class zone', () => {
  const low = new LowMemory(plainMachine([[16, 0, 0]]));
  expect(low.from({ gfp: USER })).toBe('stalled');
  expect(low.from({ gfp: ATOMIC })).toBe('DMA');
  expect(low.zones).toEqual(['DMA 15 !']);
});

test('ZONE-3 · a request that no zone serves is refused, and nobody is woken', () => {
  const { outcome, woken, used } = new LowMemory(plainMachine([[0, 128, 0]])).ask({ gfp: 1 | KERNEL });
  expect([outcome.kind, woken, used]).toEqual(['exhausted', false, 0]);
});
