/** The test of a zone in `spec` and in `src`, for zones and requests at random. */
import { allocFlags, gfpZone } from '../../../src/machine26/gfp.ts';
import { zoneWatermarkOk } from '../../../src/machine26/zone-watermark.ts';
import { expect, test } from 'vitest';
import { gateOf } from '../../../spec/machine26/watermark.ts';
import { gfp, order } from '../../../spec/index.ts';
import { highestZone } from '../../../spec/machine26/gfp.ts';
import { hurryOf, passesOf } from '../../../spec/machine26/pass.ts';
import {
  initMinFreeKbytes,
  setupPerZoneLowmemReserve,
  setupPerZonePagesMin,
  tunedZone,
} from '../../../src/machine26/min-free-kbytes.ts';
import { marksOf, minFreeKbytes, reservesOf } from '../../../spec/machine26/reserve.ts';
import fc from 'fast-check';

const NAMES = ['DMA', 'DMA32', 'Normal', 'HighMem'];

/** Zones near their marks: blocks up to some order, smaller ones more often, and a mark about what they hold. */
const zones = fc
  .tuple(fc.array(fc.nat(9), { minLength: 1, maxLength: 11 }), fc.nat(100), fc.nat(3), fc.integer({ min: -3, max: 3 }))
  .map(([few, percent, reserve, off]) => {
    const blocks = few.map((count, of) => (count * 2 ** (few.length - of)) >> 1);
    const listed = blocks.reduce((sum, count, of) => sum + count * 2 ** of, 0);
    return { free: Math.max(0, listed + off), blocks, reserve, mark: Math.floor((listed * percent) / 100) };
  });

test('GATE-1, GATE-2, GATE-3, GATE-6 · spec and src let the same requests through', () => {
  const seen = { passes: 0, count: 0, order: 0 };
  fc.assert(
    fc.property(zones, fc.nat(10), fc.nat(0x3ff), ({ blocks, free, mark, reserve }, of, mask) => {
      const gate = gateOf({ blocks, free, reserve }, mark, order(of), hurryOf(gfp(mask)));
      seen[gate.kind]++;
      const zone = { freePages: free, nrFree: blocks, lowmemReserve: [0, 0, reserve] };
      expect(zoneWatermarkOk(zone, of, mark, 2, allocFlags(mask))).toBe(gate.kind === 'passes');
    }),
    { numRuns: 3000, seed: 1 },
  );
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(100);
});

test('GATE-6 · a request that may not wait, or has HIGH, is in a hurry at pages_min alone', () => {
  for (const mask of [0, 0x10, 0x20, 0x30]) {
    const passes = passesOf(gfp(mask), false, true);
    const flags = allocFlags(mask);
    expect(passes.map(({ mark }) => mark)).toEqual(['low', 'min']);
    expect(passes[0]?.hurry).toEqual({ high: false, harder: false });
    expect(passes[1]?.hurry).toEqual({ high: (flags & 0x20) !== 0, harder: (flags & 0x10) !== 0 });
  }
  expect(passesOf(gfp(0xd0), false, true).at(-1)?.mark).toBe('high');
  expect(passesOf(gfp(0x10d0), false, true).at(-1)?.mark).toBe('min');
  expect(passesOf(gfp(0xd0), true, false).at(-1)?.mark).toBe('none');
});

test('GATE-7 · spec and src take the same zone as the highest', () => {
  for (let mask = 0; mask < 8; mask++) expect(NAMES[gfpZone(mask)]).toBe(highestZone(gfp(mask)));
});

test('GATE-4, GATE-5 · spec and src come to the same marks and reserves', () => {
  const sizes = fc.array(fc.nat(2 ** 20), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(sizes, fc.nat(2 ** 26), (pages, lowKb) => {
      expect(minFreeKbytes(lowKb)).toBe(initMinFreeKbytes(lowKb));
      const given = pages.map((present, at) => ({ present, highmem: at === 3 }));
      const low = given.reduce((sum, { highmem, present }) => sum + (highmem ? 0 : present), 0);
      const tuned = given.map(({ highmem, present }) => tunedZone(present, highmem));
      setupPerZonePagesMin(tuned, 1000);
      setupPerZoneLowmemReserve(tuned, [256, 256, 32, 32]);
      expect(given.map((size) => marksOf(size, low, 1000))).toEqual(
        tuned.map(({ pagesHigh, pagesLow, pagesMin }) => ({ min: pagesMin, low: pagesLow, high: pagesHigh })),
      );
      expect(given.map((_, at) => reservesOf(given, at, [256, 256, 32, 32][at] ?? 1))).toEqual(
        tuned.map(({ lowmemReserve }) => lowmemReserve),
      );
    }),
    { numRuns: 500, seed: 1 },
  );
});
