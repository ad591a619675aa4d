/** Tests of the departures of boot memory: each states what 2.4.22 does and what this project does instead. */

import { addressIn, at, bootmemOf, freedBootmem, momentOf, node, takenIn, zoneOf } from './memory.ts';
import { bootmemBootmapPages, byteAddress, createBootmem } from '../../../src/index.ts';
import { expect, test } from 'vitest';
import type { BootNode } from '../../../protocol/index.ts';

/** Each test states what 2.4.22 does where this departs from it, and what this does. The names are those of src/README.md. */

const START = byteAddress(0);
const rejected = (misuse: string): unknown => expect.objectContaining({ kind: 'rejected', misuse });

test('TWO-SCANS, BOOT-12 · 2.4.22 scans for ever where the node begins at no multiple of the alignment; here it is refused', () => {
  const bootmem = freedBootmem(node(3, 12, 11));
  const before = momentOf(bootmem);
  expect(bootmem.allocBootmemAt(64 * 4096, 16_384, START)).toEqual({ kind: 'exhausted' });
  expect(momentOf(bootmem)).toEqual(before);
});

test('ALIGN-ZERO, BOOT-7 · 2.4.22 grants 4096 twice for an alignment of 0; here that is rejected', () => {
  const bootmem = freedBootmem(node(0, 16));
  expect(bootmem.allocBootmemAt(100, 0, START)).toEqual({
    kind: 'rejected',
    misuse: 'no-such-alignment',
    clause: 'BOOT-7',
  });
  expect(takenIn(bootmem)).toEqual([0]);
});

test('GOAL-ONCE, FIT-1 · 2.4.22 grants 81920 for a goal of 65536, rounding it up twice; here the aligned block at the goal', () => {
  const bootmem = freedBootmem(node(3, 64));
  expect(addressIn(bootmem.allocBootmemAt(4096, 16_384, byteAddress(65_536)))).toBe(65_536);
});

test('REST-WILL-DO, BOOT-12, FIT-3 · 2.4.22 refuses 100 bytes if no page after the last is free; here its rest is granted', () => {
  const bootmem = freedBootmem(node(0, 2));
  expect(addressIn(bootmem.allocBootmemAt(100, 32, START))).toBe(4096);
  expect(addressIn(bootmem.allocBootmemAt(100, 32, START))).toBe(4096 + 128);
  expect(addressIn(bootmem.allocBootmemAt(4096 - 256, 32, START))).toBe(4096 + 256);
  expect(bootmem.allocBootmemAt(1, 1, START)).toEqual({ kind: 'exhausted' });
});

test('REST-WILL-DO, BOOT-12, FIT-3 · 2.4.22 wants two pages for what one page and the rest before it hold', () => {
  const bootmem = freedBootmem(node(0, 3));
  bootmem.allocBootmemAt(1096, 1, START);
  expect(addressIn(bootmem.allocBootmemAt(5000, 1, START))).toBe(4096 + 1096);
  expect(bootmem.observe().nodes[0]).toMatchObject({ lastPos: 2, lastOffset: 2000 });
});

test('WHOLE-MAP, RETIRE-1 · 2.4.22 frees 5 of 7 pages, and 32769 - 2 of 32770: one page of the map is kept', () => {
  const small = freedBootmem(node(0, 7));
  small.allocBootmemAt(4096, 4096, START);
  expect(small.freeAllBootmemNode(0, [zoneOf(node(0, 7))])).toEqual({ kind: 'retired', free: 5, map: 1 });
  const large = node(0, 32_770);
  expect(bootmemBootmapPages(32_768)).toBe(1);
  expect(bootmemBootmapPages(32_770)).toBe(2);
  const zone = zoneOf(large, 10);
  expect(freedBootmem(large).freeAllBootmemNode(0, [zone])).toEqual({ kind: 'retired', free: 32_768, map: 2 });
  expect(zone.observe().freeCount).toBe(32_770);
});

test('REST-WILL-DO, BOOT-12, FIT-3 · the map after the pages that continue the rest does not matter', () => {
  for (const end of [3, 5]) {
    const bootmem = freedBootmem(node(0, end, end - 1));
    expect(bootmem.allocBootmemAt(1096, 1, START)).toEqual({ kind: 'granted', address: 0 });
    bootmem.reserveBootmem(at(2), (end - 3) * 4096 + 1);
    expect(bootmem.allocBootmemAt(5000, 1, START)).toEqual({ kind: 'granted', address: 1096 });
  }
});

test('REST-WILL-DO, BOOT-8, BOOT-12 · the rest of the last page of a node is not continued after the end of the node', () => {
  const bootmem = freedBootmem(node(0, 32));
  bootmem.allocBootmemAt(30 * 4096, 4096, START);
  expect(bootmem.allocBootmemAt(100, 1, START)).toEqual({ kind: 'granted', address: 31 * 4096 });
  expect(bootmem.allocBootmemAt(3997, 1, START)).toEqual({ kind: 'exhausted' });
  expect(bootmem.allocBootmemAt(3996, 1, START)).toEqual({ kind: 'granted', address: 31 * 4096 + 100 });
});

test('MAP-KEPT, BOOT-11, FIT-1 · a run that meets a map that is not reserved begins right after it', () => {
  const bootmem = bootmemOf([node(0, 8, 1)]);
  bootmem.freeBootmem(at(0), 8 * 4096);
  expect(bootmem.allocBootmemAt(4 * 4096, 4096, START)).toEqual({ kind: 'granted', address: 2 * 4096 });
});

test('MAP-RESERVED, RETIRE-3 · 2.4.22 frees the pages of a map that is not reserved twice; here the node is not retired', () => {
  const bootmem = bootmemOf([node(0, 16, 4)]);
  bootmem.freeBootmem(at(0), 16 * 4096);
  const zone = zoneOf(node(0, 16));
  expect(bootmem.freeAllBootmemNode(0, [zone])).toEqual(rejected('map-not-reserved'));
  expect(zone.observe().freeCount).toBe(0);
  expect(bootmem.reserveBootmem(at(4), 1)).toEqual({ kind: 'done' });
  expect(bootmem.freeAllBootmemNode(0, [zone])).toEqual({ kind: 'retired', free: 15, map: 1 });
});

test('MAP-KEPT, BOOT-11 · 2.4.22 grants a page of its own map that is not reserved, and zeroes it; here it is passed over', () => {
  const bootmem = bootmemOf([node(0, 4, 1)]);
  bootmem.freeBootmem(at(0), 4 * 4096);
  expect(addressIn(bootmem.allocBootmemAt(8192, 4096, START))).toBe(8192);
  expect(bootmem.allocBootmemAt(8192, 4096, START)).toEqual({ kind: 'exhausted' });
  expect(addressIn(bootmem.allocBootmemAt(4000, 32, START))).toBe(0);
  expect(bootmem.allocBootmemAt(200, 32, START)).toEqual({ kind: 'exhausted' });
});

test('RETIRED-ONCE, RETIRE-4 · 2.4.22 stops at a second retirement, and follows a map that is gone; here all is rejected', () => {
  const bootmem = freedBootmem(node(0, 16));
  expect(bootmem.freeAllBootmem([zoneOf(node(0, 16))]).kind).toBe('retired');
  const after = momentOf(bootmem);
  expect([
    bootmem.freeAllBootmem([zoneOf(node(0, 16))]),
    bootmem.freeAllBootmemNode(0, [zoneOf(node(0, 16))]),
    bootmem.allocBootmem(1),
    bootmem.allocBootmemNode(0, 1),
    bootmem.freeBootmem(at(0), 4096),
    bootmem.reserveBootmem(at(0), 4096),
  ]).toEqual(new Array(6).fill({ kind: 'rejected', misuse: 'retired', clause: 'RETIRE-4' }));
  expect(momentOf(bootmem)).toEqual(after);
});

test('LAST-PAGE-GONE, BOOT-10 · 2.4.22 packs into a last page that was freed, and grants its bytes again; here packing ends', () => {
  const bootmem = freedBootmem(node(0, 16));
  expect(addressIn(bootmem.allocBootmemAt(100, 32, byteAddress(4 * 4096)))).toBe(4 * 4096);
  bootmem.freeBootmem(at(4), 4096);
  bootmem.reserveBootmem(at(1), 3 * 4096);
  // 2.4.22 finds page 5, which follows the last, and grants 4 * 4096 + 128 of a page that is free.
  expect(addressIn(bootmem.allocBootmemAt(100, 32, byteAddress(5 * 4096)))).toBe(5 * 4096);
  expect(addressIn(bootmem.allocBootmemAt(4096, 4096, START))).toBe(4 * 4096);
});

test('LAST-PAGE-GONE, BOOT-5, BOOT-10 · 2.4.22 packs into a last page that was reserved since; here packing ends', () => {
  const bootmem = freedBootmem(node(0, 16));
  expect(addressIn(bootmem.allocBootmemAt(100, 32, START))).toBe(4096);
  expect(bootmem.reserveBootmem(byteAddress(4096 + 200), 50)).toEqual({ kind: 'warned', pages: [1] });
  expect(addressIn(bootmem.allocBootmemAt(100, 32, START))).toBe(2 * 4096);
});

test('BUG-AS-DATA, BOOT-4, BOOT-14 · 2.4.22 frees the pages before one that is free, and stops; here nothing is freed', () => {
  const bootmem = bootmemOf([node(0, 16)]);
  bootmem.freeBootmem(at(8), 4096);
  const before = momentOf(bootmem);
  expect(bootmem.freeBootmem(at(5), 8 * 4096)).toEqual({ kind: 'rejected', misuse: 'free-page', clause: 'BOOT-4' });
  expect(momentOf(bootmem)).toEqual(before);
});

test('BELOW, BOOT-6 · 2.4.22 frees nothing and says nothing, or bits before its map, for a range that begins below the node', () => {
  const bootmem = bootmemOf([node(8, 16)]);
  const before = momentOf(bootmem);
  expect(bootmem.freeBootmem(at(7), 2 * 4096)).toEqual(rejected('out-of-range'));
  expect(bootmem.freeBootmem(at(2), 2 * 4096)).toEqual(rejected('out-of-range'));
  expect(bootmem.reserveBootmem(at(7), 2 * 4096)).toEqual(rejected('out-of-range'));
  expect(momentOf(bootmem)).toEqual(before);
});

test('NO-WRAP, BOOT-12 · a size near 2^32 is no pages at all in 2.4.22, which grants it; here it is refused', () => {
  const bootmem = freedBootmem(node(0, 16));
  expect(bootmem.allocBootmemAt(2 ** 32 - 1, 32, START)).toEqual({ kind: 'exhausted' });
  expect(bootmem.allocBootmemAt(2 ** 52 - 1, 2 ** 51, byteAddress(2 ** 52 - 1))).toEqual({ kind: 'exhausted' });
});

test('NO-PANIC, BOOT-12 · 2.4.22 panics if memory runs out; here the caller gets an answer', () => {
  expect(freedBootmem(node(0, 4)).allocBootmem(4 * 4096)).toEqual({ kind: 'exhausted' });
});

test('TWICE-AS-DATA, BOOT-5 · 2.4.22 prints the distance of a page from the node; here its number is given', () => {
  const bootmem = freedBootmem(node(8, 16));
  expect(bootmem.reserveBootmem(at(8), 2 * 4096)).toEqual({ kind: 'warned', pages: [8] });
});

test('CURSOR-RESET, BOOT-1 · 2.4.22 goes on with the last page of the node before; here a node that is made again is new', () => {
  const buffer = new ArrayBuffer(64);
  const make = (): ReturnType<typeof createBootmem> => createBootmem([node(0, 16)], { buffer, byteOffset: 0 });
  const first = make();
  if (first.kind === 'rejected') throw new Error(first.why);
  first.bootmem.freeBootmem(at(2), 4096);
  first.bootmem.allocBootmemLow(100);
  expect(first.bootmem.observe().nodes[0]).toMatchObject({ lastPos: 2, lastOffset: 100 });
  make();
  expect(first.bootmem.observe().nodes[0]).toMatchObject({ lastPos: 0, lastOffset: 0, retired: false });
  expect(takenIn(first.bootmem)).toHaveLength(16);
});

test('ZERO-PORT, BOOT-13 · 2.4.22 writes to the memory that it grants; here a port is called', () => {
  const calls: [number, number][] = [];
  const bootmem = freedBootmem(node(0, 16), (address, count) => calls.push([address, count]));
  bootmem.allocBootmemLow(100);
  bootmem.allocBootmemLow(4000);
  bootmem.allocBootmemLow(64 * 4096);
  expect(calls).toEqual([
    [4096, 100],
    [4096 + 128, 4000],
  ]);
});

test('BOOT-LIMITS, BOOT-15 · 2.4.22 looks at no node; here nodes that cannot be are rejected', () => {
  const region = { buffer: new ArrayBuffer(1024), byteOffset: 0 };
  const bad = [
    [],
    [node(4, 4)],
    [node(5, 4)],
    [node(0, 8, 8)],
    [node(4, 8, 3)],
    [node(0, 8), node(7, 9)],
    [node(0.5, 8)],
  ];
  for (const nodes of bad) {
    expect(createBootmem(nodes, region), JSON.stringify(nodes)).toMatchObject({ kind: 'rejected', clause: 'BOOT-15' });
  }
  expect(createBootmem([node(8, 9), node(0, 8)], region).kind).toBe('created');
});

const named = (start: number, end: number, map = start): string =>
  `the node of pages ${start} to ${end} with its map at ${map}`;

test.each<[nodes: readonly BootNode[], why: string]>([
  [[], 'there is no node'],
  [[node(0, 0)], `${named(0, 0)} does not end at a page from 1 to 1099511627776`],
  [[node(0, 8.5)], `${named(0, 8.5)} does not end at a page from 1 to 1099511627776`],
  [[node(2 ** 40, 2 ** 40 + 1)], `${named(2 ** 40, 2 ** 40 + 1)} does not end at a page from 1 to 1099511627776`],
  [[node(4, 4)], `${named(4, 4)} has not from 1 to 268435456 pages`],
  [[node(-1, 8)], `${named(-1, 8)} has not from 1 to 268435456 pages`],
  [[node(0, 2 ** 28 + 1)], `${named(0, 2 ** 28 + 1)} has not from 1 to 268435456 pages`],
  [[node(0, 8, 8)], `${named(0, 8, 8)} does not hold the 1 pages of its map`],
  [[node(0, 32_769, 32_768)], `${named(0, 32_769, 32_768)} does not hold the 2 pages of its map`],
  [[node(0, 8), node(7, 9)], `${named(7, 9)} overlaps ${named(0, 8)}`],
  [
    [{ ...node(0, 8), pageSize: 3072 }],
    `${named(0, 8)} has pages of 3072 bytes, which is no power of two from 1024 to 1048576`,
  ],
  [[{ ...node(0, 8), pageSize: 8192 }, node(8, 16)], `${named(8, 16)} has pages of another size than ${named(0, 8)}`],
])('BOOT-LIMITS, BOOT-15 · %j is rejected with the node and the reason', (nodes, why) => {
  const region = { buffer: new ArrayBuffer(1024), byteOffset: 0 };
  expect(createBootmem(nodes, region)).toEqual({ kind: 'rejected', clause: 'BOOT-15', why });
});

test('BOOT-LIMITS, BOOT-15 · a node may have a single page, lie as far up as there are addresses, and have 2^28 pages', () => {
  const region = { buffer: new ArrayBuffer(1024), byteOffset: 0 };
  expect(createBootmem([node(0, 1), node(2 ** 40 - 1, 2 ** 40)], region).kind).toBe('created');
  const bytes = 4 * (3 + 2 ** 23);
  expect(createBootmem([node(1, 2 ** 28 + 1)], region)).toEqual({
    kind: 'rejected',
    clause: 'MAKE-5',
    why: `the region has 1024 bytes, the nodes need ${bytes}`,
  });
  expect(createBootmem([node(0, 1)], { ...region, byteOffset: 2 })).toEqual({
    kind: 'rejected',
    clause: 'MAKE-5',
    why: "byteOffset is 2, not a multiple of 4 within the buffer's 1024 bytes",
  });
});

test('BOOT-REGION, MAKE-5 · the map of 2.4.22 lies in the memory that it maps; here in a region, which must be large enough', () => {
  const nodes = [node(0, 33), node(64, 96)];
  const needed = 4 * (3 + 2 + 3 + 1);
  const make = (bytes: number, byteOffset = 0): unknown =>
    createBootmem(nodes, { buffer: new ArrayBuffer(bytes), byteOffset });
  expect(make(needed)).toMatchObject({ kind: 'created' });
  expect(make(needed + 8, 8)).toMatchObject({ kind: 'created' });
  for (const bad of [make(needed - 1), make(needed + 4, 2), make(needed, -4), make(needed, 4)]) {
    expect(bad).toMatchObject({ kind: 'rejected', clause: 'MAKE-5' });
  }
});
