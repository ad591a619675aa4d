/** Tests of the invariants of retirement, each seen refuted. */

import { at, bootmemOf, freedBootmem, node, zoneOf } from '../../unit/boot/memory.ts';
import { byteAddress, createAllocator, order, pfn } from '../../../src/index.ts';
import { expect, test } from 'vitest';
import { snapshot, lastPageIsTaken, refuteHandOver, tell } from '../../../invariants/index.ts';
import { regionFor } from '../../arbitrary/region.ts';
import type { Allocator, Bootmem } from '../../../src/index.ts';
import type { BootObservation } from '../../../protocol/index.ts';

const PAGE = 4096;

/** Eight pages from 2 on, of which 2 and 4 are taken; so the last grant ended. */
const moment = (lastPos: number, lastOffset: number): BootObservation => ({
  nodes: [{ start: pfn(2), end: pfn(10), map: pfn(2), bits: [(-1 << 8) | 0b101], lastPos, lastOffset, retired: false }],
});

test('FIT-2 · a last page with a rest is taken, and of its node', () => {
  expect(lastPageIsTaken.refute(moment(2, 100))).toBeUndefined();
  expect(lastPageIsTaken.refute(moment(3, 0))).toBeUndefined();
  expect(lastPageIsTaken.refute(moment(3, 1))).toEqual({
    clause: 'FIT-2',
    place: 'node 0',
    facts: ['page 5 has a rest from 1 on', 'it is no taken page of the node'],
  });
  expect(lastPageIsTaken.refute(moment(8, 1))?.clause).toBe('FIT-2');
});

/** Eight pages from 2 on, of which 2 holds the map and 3 is taken, retired into a zone of ten pages from 1 on. */
function retired(): Parameters<typeof refuteHandOver>[0] {
  const bootmem = freedBootmem(node(2, 10));
  bootmem.allocBootmemLow(100);
  const zone = zoneOf(node(1, 11));
  expect(bootmem.freeAllBootmem([zone])).toMatchObject({ kind: 'retired', free: 6, map: 1 });
  return { nodes: bootmem.observe().nodes, zones: [snapshot(zone.observe())] };
}

test('RETIRE-1, RETIRE-6 · what retirement makes refutes nothing', () => {
  expect(refuteHandOver(retired())).toEqual([]);
});

test('RETIRE-1, RETIRE-6 · a page that is lost, kept or handed over though it is taken is found', () => {
  const { nodes, zones } = retired();
  const [zone] = zones;
  if (zone === undefined) return expect.fail('no zone');
  const owned = (page: number, owner: -2 | -3): readonly string[] => {
    const owners = Array.from(zone.owners).with(page - 1, owner);
    return refuteHandOver({ nodes, zones: [{ ...zone, owners }] }).map(tell);
  };
  expect(owned(9, -3)[0]).toBe('RETIRE-1 refuted at page 9: it was free, but its owner is boot memory');
  expect(owned(2, -3)[0]).toBe('RETIRE-1 refuted at page 2: it held the map, but its owner is boot memory');
  expect(owned(3, -2)[0]).toBe('RETIRE-1 refuted at page 3: it was taken, but its owner is nobody');
  expect(owned(9, -3)[1]).toMatch(/^RETIRE-6 refuted at .*frame 9: /u);
  expect(owned(9, -3)[1]).toMatch(/: the zone is what retirement made, but [A-Z]+-\d+: .+, but .+$/u);
  expect(refuteHandOver({ nodes, zones: [] }).map(tell)).toEqual([
    'RETIRE-1 refuted at page 2: it held the map, but its owner is no zone',
    'RETIRE-6 refuted at the zones: 0 frames are free, but 7 pages were to be handed over',
  ]);
});

test('RETIRE-6 · a zone that holds less than was handed over is found, sound as it is', () => {
  const bootmem = freedBootmem(node(2, 10));
  const zone = zoneOf(node(1, 11));
  bootmem.freeAllBootmem([zone]);
  zone.allocate(order(0));
  const found = refuteHandOver({ nodes: bootmem.observe().nodes, zones: [zone.observe()] });
  expect(found.map(tell)).toContain(
    'RETIRE-6 refuted at the zones: 7 frames are free, but 8 pages were to be handed over',
  );
});

test('RETIRE-6 · a zone that holds more than was handed over is found, sound as it is', () => {
  const bootmem = freedBootmem(node(2, 10));
  const zone = zoneOf(node(1, 11));
  bootmem.freeAllBootmem([zone]);
  expect(zone.handOver(pfn(1)).kind).toBe('done');
  const found = refuteHandOver({ nodes: bootmem.observe().nodes, zones: [zone.observe()] });
  expect(found.map(tell)).toEqual([
    'RETIRE-6 refuted at the zones: 9 frames are free, but 8 pages were to be handed over',
  ]);
});

/** What is refuted of nodes that were retired into zones. */
function toldOf(bootmem: Bootmem, ...zones: readonly Allocator[]): readonly string[] {
  for (const which of bootmem.observe().nodes.keys()) {
    expect(bootmem.freeAllBootmemNode(which, zones)).toMatchObject({ kind: 'retired' });
  }
  return refuteHandOver({ nodes: bootmem.observe().nodes, zones: zones.map((zone) => zone.observe()) }).map(tell);
}

test('RETIRE-1, RETIRE-6 · pages are looked for in the zone that has them, whichever comes first', () => {
  expect(toldOf(freedBootmem(node(2, 10)), zoneOf(node(1, 6)), zoneOf(node(6, 11)))).toEqual([]);
  expect(toldOf(freedBootmem(node(2, 10)), zoneOf(node(6, 11)), zoneOf(node(1, 6)))).toEqual([]);
});

test('RETIRE-1, RETIRE-6 · two adjacent nodes are compared each with its own map and bits', () => {
  const bootmem = bootmemOf([node(2, 10), node(10, 18)]);
  for (const [which, page] of [2, 10].entries()) bootmem.freeBootmemNode(which, at(page + 1), 7 * PAGE);
  expect(toldOf(bootmem, zoneOf(node(2, 18)))).toEqual([]);
  expect(toldOf(freedBootmem(node(40, 48)), zoneOf(node(40, 48)))).toEqual([]);
});

test('RETIRE-1, RETIRE-6 · a taken page below the map stays taken', () => {
  const bootmem = freedBootmem(node(2, 10, 6));
  expect(bootmem.allocBootmemLow(100)).toEqual({ kind: 'granted', address: at(2) });
  expect(toldOf(bootmem, zoneOf(node(2, 10)))).toEqual([]);
});

test('RETIRE-1, RETIRE-6 · a taken page may be a hole of its zone, or lie in none', () => {
  const taken = (): Bootmem => {
    const bootmem = freedBootmem(node(2, 10, 6));
    bootmem.reserveBootmem(byteAddress(2 * PAGE), 2 * PAGE);
    return bootmem;
  };
  const shape = { kernel: '2.4', base: pfn(2), pages: 8, orders: 4, holes: [[pfn(2), 2]] } as const;
  const created = createAllocator(shape, regionFor(shape));
  if (created.kind === 'rejected') return expect.fail(created.why);
  expect(toldOf(taken(), created.allocator)).toEqual([]);
  expect(toldOf(taken(), zoneOf(node(4, 10)))).toEqual([]);
});
