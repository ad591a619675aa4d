/** The rules of 2.6.24 against numbers that kernels of 2.6 printed of their own zones. */
import { expect, test } from 'vitest';
import { gateOf, lessened } from '../../../spec/machine26/watermark.ts';
import { gfp, order } from '../../../spec/index.ts';
import { hurryOf } from '../../../spec/machine26/pass.ts';
import { marksOf, minFreeKbytes, reservesOf } from '../../../spec/machine26/reserve.ts';

const DMA = { present: 4096, highmem: false };
const NORMAL = { present: 225280, highmem: false };

test('GATE-5 · DMA 17/21/25 and Normal 939/1173/1408 pages, as kernels with 896 MiB of low memory print them', () => {
  const low = DMA.present + NORMAL.present;
  const kept = Math.floor(minFreeKbytes(low * 4) / 4);
  expect(marksOf(DMA, low, kept)).toEqual({ min: 17, low: 21, high: 25 });
  expect(marksOf(NORMAL, low, kept)).toEqual({ min: 939, low: 1173, high: 1408 });
});

test.each([
  [294896, { min: 128, low: 435, high: 743 }], // 1179584 kB: 512, 1740 and 2972 kB
  [294773, { min: 128, low: 435, high: 742 }], // 1179092 kB: 512, 1740 and 2968 kB
])('GATE-5 · HighMem of %i pages: its low and high marks go by its share', (present, marks) => {
  const low = DMA.present + NORMAL.present;
  expect(marksOf({ present, highmem: true }, low, Math.floor(minFreeKbytes(low * 4) / 4))).toEqual(marks);
});

test('GATE-4 · lowmem_reserve 0 0 880 4080 of DMA, and 0 0 0 25600 of Normal, beside HighMem of 819200 pages', () => {
  const zones = [DMA, { present: 0, highmem: false }, NORMAL, { present: 819200, highmem: true }];
  expect(reservesOf(zones, 0, 256)).toEqual([0, 0, 880, 4080]);
  expect(reservesOf(zones, 1, 256)).toEqual([0, 0, 880, 4080]);
  expect(reservesOf(zones, 2, 32)).toEqual([0, 0, 0, 25600]);
});

test('GATE-1 · an atomic request is held to three eighths of the mark, with each part rounded down', () => {
  expect(lessened(17, hurryOf(gfp(0x20)))).toBe(7); // 17 - 8 = 9, 9 - 2 = 7
  expect(lessened(17, hurryOf(gfp(0x30)))).toBe(9);
  expect(lessened(17, hurryOf(gfp(0)))).toBe(13);
  expect(lessened(17, hurryOf(gfp(0xd0)))).toBe(17);
});

test('GATE-2, GATE-3 · equality refuses, at the count and at an order', () => {
  const patient = { high: false, harder: false };
  const of = (free: number, blocks: readonly number[], wanted: number) =>
    gateOf({ free, blocks, reserve: 2 }, 8, order(wanted), patient);
  expect(of(10, [10], 0)).toEqual({ kind: 'count', have: 10, need: 10 });
  expect(of(11, [11], 0)).toEqual({ kind: 'passes' });
  // 13 - 2 + 1 = 12 pages; less 8 single ones leaves 4, which half of 8 is too
  expect(of(13, [8, 1], 1)).toEqual({ kind: 'order', order: 0, have: 4, need: 4 });
  expect(of(14, [8, 3], 1)).toEqual({ kind: 'passes' });
});
