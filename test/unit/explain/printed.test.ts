/** What is read of texts that kernels printed, and what the rules say: numbers are the kernels' own, or worked out from them by hand. */
import { expect, test } from 'vitest';
import { explained, textOf } from './texts.ts';
import { listedPages } from '../../../conformance/explain/dump.ts';
import type { Explained } from '../../../conformance/explain/explain.ts';

/** Each zone that was tried, with the sides of its last inequality, and what was missing. */
const decisions = ({ ruled }: Explained): readonly (readonly unknown[])[] =>
  (ruled?.tried ?? []).map(({ short, steps, zone }) => [zone, steps.at(-1)?.clause, steps.at(-1)?.what, short]);

test('GATE-3 · 555 pages free, but 493 of them alone: an atomic pair is refused at order 0', () => {
  const found = explained(textOf('failure-arm'));
  expect(found.dump).toMatchObject({
    form: 'page allocation failure',
    family: '2.6',
    refusal: { task: 'aptitude', order: 1, mask: 0x20 },
    zones: [{ name: 'Normal', free: 555, marks: { min: 360, low: 450, high: 540 }, present: 32512, reserve: [0, 0] }],
  });
  // 360 less its half is 180, less a quarter 135; 554 - 493 = 61, and 135 / 2 = 67: 61 must exceed 67
  expect(decisions(found)).toEqual([['Normal', 'GATE-3', 'order 0', 7]]);
  // at 322: 161, 121, 60 < 61; at 323: 323 - 161 = 162, 162 - 40 = 122, 61
  expect(found.ruled?.granted[0]).toContain('pages_min at 322 instead of 360');
  expect(found.verdict).toBe('agrees');
});

test('GATE-2, GATE-3, GATE-4 · mail made it quoted-printable: both zones have single pages alone, and DMA passes its reserve', () => {
  const found = explained(textOf('failure-quoted-printable'));
  expect(found.dump.version).toBe('2.6.34.1');
  // DMA: 392 - 1 = 391 > 25 - 12 - 3 + 365 = 375; 391 - 391 = 0 <= 5. Normal: 598 - 299 - 74 = 225; 749 - 750 = -1 <= 112
  expect(decisions(found)).toEqual([
    ['Normal', 'GATE-3', 'order 0', 114],
    ['DMA', 'GATE-3', 'order 0', 6],
  ]);
  expect(found.laws.filter(({ kept }) => kept !== 'holds')).toEqual([
    expect.objectContaining({ clause: 'COUNT-1', zone: 'DMA', kept: 'apart' }), // 1568 kB, and a list of 1564 kB
  ]);
});

test('GATE-2, GATE-6 · the killer was called: 912 pages are below pages_high of Normal, 897 below that of DMA and its reserve', () => {
  const found = explained(textOf('killer-syslog'));
  expect(found.dump).toMatchObject({ form: 'out-of-memory dump', ram: 1048576, highmem: 819200 });
  expect(decisions(found)).toEqual([
    ['Normal', 'GATE-2', 'count', 1408 + 1 - 912],
    ['DMA', 'GATE-2', 'count', 25 + 880 + 1 - 897],
  ]);
  expect(found.verdict).toBe('agrees');
  expect(found.laws.every(({ kept }) => kept === 'holds')).toBe(true);
  expect(found.laws.filter(({ clause }) => clause === 'GATE-4').map(({ zone }) => zone)).toEqual(['DMA', 'Normal']);
});

test('GATE-7 · HIGHMEM tries HighMem, Normal and DMA, each against the reserve for HighMem', () => {
  const found = explained(textOf('killer-dots'));
  expect(decisions(found)).toEqual([
    ['HighMem', 'GATE-2', 'count', 48 + 1 - 28],
    ['Normal', 'GATE-2', 'count', 1408 + 1023 + 1 - 2082],
    ['DMA', 'GATE-2', 'count', 25 + 1007 + 1 - 1024],
  ]);
});

test('COUNT-1, WATER-1 · two machines of 2.4: the lists make the count, and the marks come from the size', () => {
  const small = explained(textOf('sysrq-32m'));
  expect(small.dump.zones.map(({ free, marks }) => [free, marks?.min])).toEqual([
    [33, 32],
    [51, 32],
    [0, 0],
  ]);
  const large = explained(textOf('sysrq-384m'));
  expect(large.dump.zones.map(({ free, marks }) => [free, marks?.min])).toEqual([
    [3658, 32],
    [17252, 255],
    [0, 0],
  ]);
  for (const { laws, verdict } of [small, large]) {
    expect(verdict).toBe('consistent');
    expect(laws.filter(({ clause, says }) => clause === 'WATER-1' && /for \d+ pages/u.test(says))).toHaveLength(2);
  }
});

test('WATER-2, WATER-3 · what 2.4 would have said to a request: the marks of the zones add up', () => {
  // atomic, order 0: 33 + 51 free; a quarter of 32 is 8. Normal needs more than 1 + 8
  const atomic = explained(textOf('sysrq-32m'), { order: 0, mask: 0x20 });
  expect([atomic.verdict, atomic.ruled?.tried[0]?.zone]).toEqual(['granted', 'Normal']);
  expect(atomic.ruled?.tried[0]?.steps[0]?.text).toBe('51 > 1 + 8 of Normal = 9');
  // order 5, GFP_KERNEL: Normal needs more than 32 + 32 = 64 and has 51; DMA more than 96 and has 33
  const large = explained(textOf('sysrq-32m'), { order: 5, mask: 0x1f0 });
  expect(large.verdict).toBe('refused');
  expect(decisions(large)).toEqual([
    ['Normal', 'WATER-2', 'count', 64 + 1 - 51],
    ['DMA', 'WATER-2', 'count', 96 + 1 - 33],
  ]);
});

test('BLOCK-1 · pages of alpha have 8 kB', () => {
  const { dump, laws } = explained(textOf('sysrq-alpha'));
  expect(dump.pageKb).toBe(8);
  expect(dump.zones.map(({ free, marks }) => [free, marks])).toEqual([
    [239, { min: 64, low: 128, high: 192 }],
    [10608, { min: 255, low: 510, high: 765 }],
    [0, { min: 0, low: 0, high: 0 }],
  ]);
  expect(laws.every(({ kept }) => kept === 'holds')).toBe(true);
});

test('COUNT-1 · lines broken at 80 columns, within numbers too; the marks are of another 2.4', () => {
  const { dump, laws } = explained(textOf('sysrq-broken-at-80'));
  expect(dump.zones.map(({ blocks = [], free }) => [free, listedPages(blocks)])).toEqual([
    [3312, 3312],
    [116728, 116728],
    [1123809, 1123809],
  ]);
  expect(laws.map(({ clause, kept }) => `${clause} ${kept}`)).toContain('WATER-1 differs');
});

test('later kernels are told apart and not judged, though their lines were torn by the logger', () => {
  const { because, dump, verdict } = explained(textOf('later-journal'));
  expect(dump).toMatchObject({ family: 'later', version: '4.9.56', refusal: { task: 'kworker/u8:2', order: 4 } });
  expect(dump.refusal?.names).toBe('GFP_ATOMIC|__GFP_COMP');
  expect(dump.zones.map(({ name, node, reserve }) => [node, name, reserve])).toEqual([
    [0, 'DMA32', [0, 0, 62446]],
    [0, 'Normal', [0, 0, 0]],
  ]);
  expect(dump.zones[1]?.blocks).toEqual([6033, 0, 1, 0]);
  expect([verdict, because]).toEqual([
    'not judged',
    'this kernel has migrate types or CMA, and other rules than 2.6.24',
  ]);
});

test('FRAG-2, FRAG-3 · buddyinfo with time stamps: unusable space and fragmentation index by order', () => {
  const { dump, fragmented } = explained(textOf('buddyinfo-stamps'));
  expect(dump.zones.map(({ blocks = [], name }) => [name, blocks.at(-1)])).toEqual([
    ['DMA', 3],
    ['DMA32', 404],
    ['Normal', 587],
  ]);
  // DMA: 1 + 2 + 4 + 32 + 32 + 64 + 256 + 512 + 3072 = 3975 pages; below order 10 are 903 of them
  expect(fragmented.find(({ order, zone }) => zone === 'DMA' && order === 10)?.unusable).toBeCloseTo(903 / 3975, 12);
});

test('2.4 names no zone at its lists: three of them are DMA, Normal and HighMem', () => {
  const { dump, verdict } = explained(textOf('sysrq-lists-alone'));
  expect(dump.zones.map(({ listed, name }) => [name, listed])).toEqual([
    ['DMA', 3400],
    ['Normal', 123059],
    ['HighMem', 511],
  ]);
  expect(verdict).toBe('consistent');
});
