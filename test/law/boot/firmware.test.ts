/** Tests of how a firmware's map of memory is read into sizes: both sides alike. */

import fc from 'fast-check';
import { byteAddress, pfn, shapes, sizes } from '../../../spec/index.ts';
import { campaign } from '../../arbitrary/campaign.ts';
import { describe, expect, test } from 'vitest';
import { freeAreaInit } from '../../../src/boot/firmware.ts';
import { setupMemory } from '../../../src/index.ts';
import type { Firmware, MachineSize, UsableRange } from '../../../protocol/index.ts';

const MIB = 2 ** 20;
const range = (from: number, to: number): UsableRange => ({ address: byteAddress(from), size: to - from });
const pages = (start: number, end: number): Firmware['nodes'][number] => ({ start: pfn(start), end: pfn(end) });

const i386 = (...usable: readonly UsableRange[]): Firmware => ({
  usable,
  nodes: [pages(0, 2 ** 20)],
  dmaLimit: byteAddress(16 * MIB),
  lowLimit: byteAddress(896 * MIB),
});

/** Returns the map of a PC of a number of MiB: conventional memory up to 639 KiB, then the rest from 1 MiB on. */
const pc = (mib: number): Firmware => i386(range(0, 639 * 1024), range(MIB, mib * MIB));

const sides: [string, (machine: Firmware) => MachineSize][] = [
  ['src', setupMemory],
  ['spec', sizes],
];

describe.each(sides)('%s', (_, sizesOf) => {
  test('SIZE-1, SIZE-2, SIZE-3, SIZE-4 · a PC of 64 MiB has no high memory, and a hole below 1 MiB', () => {
    const { maxLowPfn, maxPfn, minPfn, nodes } = sizesOf(pc(64));
    expect([minPfn, maxLowPfn, maxPfn]).toEqual([0, 16_384, 16_384]);
    expect(nodes).toEqual([
      {
        minPfn: 0,
        maxLowPfn: 16_384,
        maxPfn: 16_384,
        zones: [
          { name: 'DMA', base: 0, pages: 4096, holes: [[159, 97]] },
          { name: 'Normal', base: 4096, pages: 12_288, holes: [] },
          { name: 'HighMem', base: 16_384, pages: 0, holes: [] },
        ],
      },
    ]);
  });

  test('SIZE-5 · the hole below 1 MiB is passed to the zones of two nodes, and not to those of one', () => {
    const shapesOf = sizesOf === sizes ? shapes : freeAreaInit;
    const two: Firmware = { ...pc(64), nodes: [pages(0, 8192), pages(8192, 16_384)] };
    const holes = (machine: Firmware): unknown =>
      shapesOf(sizesOf(machine)).map(({ zones }) => zones.map((zone) => [zone.name, zone.pages, zone.holes]));
    expect(holes(pc(64))).toEqual([
      [
        ['DMA', 4096, []],
        ['Normal', 12_288, []],
      ],
    ]);
    expect(holes(two)).toEqual([
      [
        ['DMA', 4096, [[159, 97]]],
        ['Normal', 4096, []],
      ],
      [['Normal', 8192, []]],
    ]);
  });

  test('SIZE-1, SIZE-4 · pages that are partly usable count for nothing, unless ranges make them whole together', () => {
    const machine = i386(
      range(4096 + 1, 3 * 4096 + 100),
      range(3 * 4096 + 100, 5 * 4096),
      range(6 * 4096, 8 * 4096 - 1),
    );
    const { maxPfn, minPfn, nodes } = sizesOf(machine);
    expect([minPfn, maxPfn]).toEqual([2, 7]);
    expect(nodes[0]?.zones[0]).toEqual({ name: 'DMA', base: 2, pages: 5, holes: [[5, 1]] });
  });

  test('SIZE-6 · what is reserved is not usable, whatever else is said of it: in the middle, at an end, or by one byte of a page', () => {
    const usable = [range(0, 16 * 4096)];
    const reserved = [range(5 * 4096 - 1, 5 * 4096), range(14 * 4096, 20 * 4096), range(9 * 4096, 9 * 4096)];
    const { maxPfn, nodes } = sizesOf({ ...i386(...usable), reserved });
    expect([maxPfn, nodes[0]?.zones[0]?.holes]).toEqual([14, [[4, 1]]]);
  });

  test('SIZE-6 · a reserved range without bytes takes no page, not even one that it lies in', () => {
    const nothing = range(4 * 4096 + 5, 4 * 4096 + 5);
    const { maxPfn, nodes } = sizesOf({ ...i386(range(0, 16 * 4096)), reserved: [nothing] });
    expect([maxPfn, nodes[0]?.zones[0]?.holes]).toEqual([16, []]);
  });

  test('SIZE-3 · where low memory ends below what old devices reach, all of it is DMA', () => {
    expect(sizesOf(pc(8)).nodes[0]?.zones.map(({ pages: count }) => count)).toEqual([2048, 0, 0]);
  });

  test('SIZE-1 · a machine without memory has none', () => {
    const { maxPfn, minPfn, nodes } = sizesOf({ ...i386(), nodes: [pages(5, 9)] });
    expect([minPfn, maxPfn, nodes[0]?.zones.map(({ base, pages: count }) => [base, count])]).toEqual([
      0,
      0,
      [
        [5, 0],
        [5, 0],
        [5, 0],
      ],
    ]);
  });

  test('SIZE-2, SIZE-3 · each of two nodes has its zones where the limits cross it', () => {
    const machine: Firmware = {
      usable: [range(0, 30 * 4096), range(40 * 4096, 64 * 4096)],
      nodes: [pages(0, 32), pages(32, 64)],
      dmaLimit: byteAddress(16 * 4096),
      lowLimit: byteAddress(48 * 4096 + 100),
    };
    const { maxLowPfn, nodes } = sizesOf(machine);
    expect(maxLowPfn).toBe(48);
    expect(nodes.map((node) => [node.minPfn, node.maxLowPfn, node.maxPfn])).toEqual([
      [0, 30, 30],
      [40, 48, 64],
    ]);
    expect(nodes.map(({ zones }) => zones.map(({ base, pages: count }) => [base, count]))).toEqual([
      [
        [0, 16],
        [16, 14],
        [30, 0],
      ],
      [
        [40, 0],
        [40, 8],
        [48, 16],
      ],
    ]);
  });
});

test('ZONES-START, SIZE-3, SIZE-4 · i386 with one node begins DMA at page 0; here it begins with memory', () => {
  const [node] = setupMemory(i386(range(4 * 4096, 8 * 4096), range(12 * 4096, 16 * 4096))).nodes;
  expect(node?.zones[0]).toEqual({ name: 'DMA', base: 4, pages: 12, holes: [[8, 4]] });
});

test('SIZE-2, SIZE-3 · a PC of 2 GiB has 896 MiB of low memory', () => {
  const { maxLowPfn, nodes } = setupMemory(pc(2048));
  expect(maxLowPfn).toBe(229_376);
  expect(nodes[0]?.zones.map(({ pages: count }) => count)).toEqual([4096, 225_280, 294_912]);
});

const bytes = fc.nat({ max: 80 * 4096 });
const edges = fc.oneof(
  bytes,
  fc.integer({ min: 0, max: 80 }).map((page) => page * 4096),
);
const ranges = fc.array(
  fc.tuple(
    edges,
    fc.oneof(
      fc.integer({ min: 0, max: 20 * 4096 }),
      fc.integer({ min: 1, max: 20 }).map((n) => n * 4096),
    ),
  ),
  { maxLength: 6 },
);
const rangesOf = ranges.map((all) => all.map(([from, size]) => range(from, from + size)));
const tables: fc.Arbitrary<Firmware> = fc.record({
  usable: rangesOf,
  reserved: fc.oneof(fc.constant([]), rangesOf),
  nodes: fc.uniqueArray(fc.nat({ max: 110 }), { minLength: 2, maxLength: 4 }).map((cuts) => {
    const sorted = cuts.toSorted((one, other) => one - other);
    return sorted.slice(1).map((end, n) => pages(sorted[n] ?? 0, end));
  }),
  dmaLimit: edges.map(byteAddress),
  lowLimit: edges.map(byteAddress),
});
const machines: fc.Arbitrary<Firmware> = fc
  .tuple(tables, fc.constantFrom({}, { pageSize: 8192 }, { pageSize: 1024 }))
  .map(([table, paged]) => ({ ...table, ...paged }));

test('SIZE-1, SIZE-2, SIZE-3, SIZE-4, SIZE-6 · arithmetic on ranges gives what sorting page by page does', () => {
  const seen = { holes: 0, high: 0, several: 0, reserved: 0, larger: 0, smaller: 0 };
  fc.assert(
    fc.property(machines, (machine) => {
      const right = sizes(machine);
      expect(setupMemory(machine)).toEqual(right);
      expect(freeAreaInit(right)).toEqual(shapes(right));
      const zones = right.nodes.flatMap((node) => node.zones);
      if (JSON.stringify(sizes({ ...machine, reserved: [] })) !== JSON.stringify(right)) seen.reserved++;
      if (machine.pageSize === 8192) seen.larger++;
      if (machine.pageSize === 1024) seen.smaller++;
      if (zones.some(({ holes }) => holes.length > 0)) seen.holes++;
      if (zones.some(({ name, pages: count }) => name === 'HighMem' && count > 0)) seen.high++;
      if (right.nodes.filter(({ minPfn, maxPfn }) => minPfn < maxPfn).length > 1) seen.several++;
    }),
    campaign(1000, 100),
  );
  expect(
    Object.values(seen).every((count) => count > 5),
    JSON.stringify(seen),
  ).toBe(true);
});
