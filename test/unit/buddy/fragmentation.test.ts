/** Tests of the measures of fragmentation. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  createAllocator,
  createMachine,
  fragmentationOf,
  machineOf,
  order,
  pfn,
  unusableFreeSpace,
  wasteOf,
} from '../../../src/index.ts';
import { fragmentationIndex, freeBlockCounts } from '../../../src/buddy/fragmentation.ts';
import { GFP_KERNEL } from '../../../src/machine/gfp.ts';
import { campaign } from '../../arbitrary/campaign.ts';
import { plainShape } from '../../arbitrary/arena.ts';
import { regionFor } from '../../arbitrary/region.ts';
import { fragmentationIndex as specIndex, internalWaste, unusableShare } from '../../../spec/buddy/fragmentation.ts';
import { order as specOrder } from '../../../spec/unit.ts';

test.each([
  [1, 0],
  [2, 0],
  [3, 1],
  [5, 3],
  [1023, 1],
  [1025, 1023],
])('FRAG-1 · a request for %d pages wastes %d', (pages, waste) => {
  expect([wasteOf(pages), internalWaste(pages)]).toEqual([waste, waste]);
});

test('FRAG-1 · the worst request wastes nearly half of its block', () => {
  for (let k = 1; k < 20; k++) expect(wasteOf(2 ** k + 1) / 2 ** (k + 1)).toBeCloseTo(0.5 - 1 / 2 ** (k + 1), 10);
});

test.each<[counts: readonly number[], of: number, index: number]>([
  [[0, 0, 4], 2, 0],
  [[16, 0, 0], 1, 1],
  [[8, 4, 4], 0, 0],
  [[8, 4, 4], 1, 0.25],
  [[8, 4, 4], 2, 0.5],
  [[0, 0, 0], 2, 0],
])('FRAG-2 · of %j, order %d cannot use %d', (counts, of, index) => {
  expect([unusableFreeSpace(counts, of), unusableShare(counts, specOrder(of))]).toEqual([index, index]);
});

test('FRAG-2 · both sides agree, the index is a share, and it grows with the order', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50), { minLength: 1, maxLength: 11 }), (counts) => {
      const indices = counts.map((_, of) => unusableFreeSpace(counts, of));
      expect(indices[0]).toBe(0);
      for (const [of, index] of indices.entries()) {
        expect(index).toBeCloseTo(unusableShare(counts, specOrder(of)), 12);
        expect(index).toBeGreaterThanOrEqual(indices[of - 1] ?? 0);
        expect(index).toBeLessThanOrEqual(1);
      }
    }),
    campaign(200),
  );
});

test.each<[counts: readonly number[], of: number, index: number]>([
  [[4, 0, 0], 1, 250], // 1000 - (1000 + 4 * 1000 / 2) / 4: four single pages, two blocks' worth
  [[1, 0, 0], 2, -250], // 1000 - (1000 + 250) / 1: kernels print -0.250
  [[1000, 0, 0], 2, 749], // 1000 - (1000 + 250000) / 1000
  [[7, 0, 0], 1, 358], // 1000 - (1000 + 3500) / 7: 642 and six sevenths, cut
  [[3, 1, 0], 1, -1000],
  [[0, 0, 0], 1, 0],
])('FRAG-3 · of %j, order %d has index %d', (counts, of, index) => {
  expect([fragmentationIndex(counts, of), specIndex(counts, specOrder(of))]).toEqual([index, index]);
});

test('a list that leads in a circle is counted to one more than there are pages', () => {
  const created = createAllocator(plainShape('2.4', 2, 1), regionFor(plainShape('2.4', 2, 1)));
  if (created.kind === 'rejected') expect.fail(created.why);
  const links = [0, 0, -1, -1, 0, 0]; // page 0 leads to itself, page 1 is on no list, the head leads to page 0
  expect(freeBlockCounts({ ...created.allocator.observe(), links })).toEqual([3]);
});

test('FRAG-3 · both sides agree', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50), { minLength: 1, maxLength: 11 }), fc.nat(10), (counts, of) => {
      expect(fragmentationIndex(counts, of)).toBe(specIndex(counts, specOrder(of)));
    }),
    campaign(200),
  );
});

test('FRAG-2 · a zone of which every second page is free can use none of it for a pair', () => {
  const machine = machineOf([{ first: 0, end: 64 }], {
    limits: { dma: pfn(0), normal: pfn(64) },
    orders: 4,
    balance: NO_MARKS,
  });
  const created = createMachine(machine, { wakeKswapd: () => undefined, tryToFreePagesZone: () => false });
  if (created.kind === 'rejected') expect.fail(created.why);
  const { memory } = created;
  memory.handOverAll();
  const [zone] = memory.observe().zones;
  const seen = zone?.buddy ?? expect.fail('no zone');
  expect(fragmentationOf(seen)).toEqual({ freePages: 64, blocks: [0, 0, 0, 8], unusable: [0, 0, 0, 0] });
  const heads = Array.from({ length: 63 }, () => memory.allocPages(GFP_KERNEL, order(0)));
  for (const outcome of heads) {
    if (outcome.kind === 'granted' && outcome.head % 2 === 1) memory.freePages(outcome.head, order(0));
  }
  expect(fragmentationOf(seen)).toEqual({ freePages: 33, blocks: [31, 1, 0, 0], unusable: [0, 31 / 33, 1, 1] });
});

const NONE = { ratio: 1000, least: 0, most: 0 };
const NO_MARKS = { DMA: NONE, Normal: NONE, HighMem: NONE };
