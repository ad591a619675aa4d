/** Tests of the shapes that make no zone. */

import { describe, expect, test } from 'vitest';
import { attachAllocator, createAllocator } from '../../../src/index.ts';
import { bytesOf, regionFor } from '../../arbitrary/region.ts';
import { order, pfn } from '../../../spec/unit.ts';
import { plainShape } from '../../arbitrary/arena.ts';
import type { Clause, Run } from '../../../protocol/index.ts';
import type { Region, ZoneShape } from '../../../src/index.ts';

const shape: ZoneShape = plainShape('2.4', 16, 5, 8);
const region = (): Region => regionFor(shape);

/** What making a zone comes to, and what attaching one does. */
const doors = [createAllocator, attachAllocator] as const;

function expectRejected(wrong: ZoneShape, where: Region, clause: Clause, why: string): void {
  for (const make of doors) expect(make(wrong, where)).toEqual({ kind: 'rejected', clause, why });
}

test.each([0, -1, 1.5, 32, Number.NaN, Number.POSITIVE_INFINITY])('MAKE-1 · %s orders make no zone', (orders) => {
  expectRejected({ ...shape, orders }, region(), 'MAKE-1', `orders is ${orders}, not a whole number from 1 to 31`);
});

test.each([0, -1, 1.5, 2 ** 28 + 1, Number.NaN, Number.POSITIVE_INFINITY])(
  'MAKE-2 · %s pages make no zone',
  (pages) => {
    expectRejected(
      { ...shape, pages },
      region(),
      'MAKE-2',
      `pages is ${pages}, not a whole number from 1 to 268435456`,
    );
  },
);

const MOST_BASE = Number.MAX_SAFE_INTEGER - 2 ** 28;

test.each([-1, 0.5, MOST_BASE + 1, Number.NaN, Number.POSITIVE_INFINITY])(
  'MAKE-3 · %s is no base of a zone',
  (base) => {
    expectRejected({ ...shape, base: pfn(base) }, region(), 'MAKE-3', `base is ${base}, not a page frame number`);
  },
);

const run = (first: number, count: number): Run => [pfn(first), count];

test.each<[what: string, holes: readonly Run[], hole: string, from: number]>([
  ['before the base', [run(7, 1)], '[7, 1]', 8],
  ['after the end', [run(24, 1)], '[24, 1]', 8],
  ['that reaches over the end', [run(23, 2)], '[23, 2]', 8],
  ['of no frame', [run(8, 0)], '[8, 0]', 8],
  ['of fewer than none', [run(8, -1)], '[8, -1]', 8],
  ['of half a frame', [run(8, 0.5)], '[8, 0.5]', 8],
  ['at half a frame', [run(8.5, 1)], '[8.5, 1]', 8],
  ['that comes before the one before it', [run(12, 1), run(8, 1)], '[8, 1]', 13],
  ['that overlaps the one before it', [run(8, 4), run(11, 2)], '[11, 2]', 12],
])('MAKE-4 · a hole %s makes no zone', (_, holes, hole, from) => {
  const why = `hole ${hole} must be whole numbers, sorted, apart and within frames ${from} to 23`;
  expectRejected({ ...shape, holes }, region(), 'MAKE-4', why);
});

test.each([1, 2, 3, -4, 4.5, Number.NaN])('MAKE-5 · a region does not begin at byte %s', (byteOffset) => {
  const { buffer } = region();
  const why = `byteOffset is ${byteOffset}, not a multiple of 4 within the buffer's ${buffer.byteLength} bytes`;
  expectRejected(shape, { buffer, byteOffset }, 'MAKE-5', why);
});

test('MAKE-5 · a region does not begin after the end of its buffer', () => {
  const { buffer } = region();
  const why = `byteOffset is ${buffer.byteLength + 4}, not a multiple of 4 within the buffer's ${buffer.byteLength} bytes`;
  expectRejected(shape, { buffer, byteOffset: buffer.byteLength + 4 }, 'MAKE-5', why);
});

describe.each(['2.4', '2.6'] as const)('MAKE-5 · a region of %s', (kernel) => {
  const own = { ...shape, kernel };
  const needed = (): number => bytesOf(own);

  test('may be exactly as large as it must be', () => {
    for (const make of doors) {
      expect(make(own, { buffer: new ArrayBuffer(needed()), byteOffset: 0 }).kind).toBe('created');
      expect(make(own, { buffer: new SharedArrayBuffer(needed() + 4), byteOffset: 4 }).kind).toBe('created');
    }
  });

  test('may not be a byte smaller', () => {
    const why = `the region has ${needed() - 1} bytes, the zone needs ${needed()}`;
    expectRejected(own, { buffer: new ArrayBuffer(needed() + 3), byteOffset: 4 }, 'MAKE-5', why);
    const none = `the region has 0 bytes, the zone needs ${needed()}`;
    expectRejected(own, { buffer: new ArrayBuffer(needed()), byteOffset: needed() }, 'MAKE-5', none);
  });
});

test('MAKE-1, MAKE-2, MAKE-3, MAKE-4, MAKE-5 · of several faults the first is named, in this order', () => {
  const nowhere: Region = { buffer: new ArrayBuffer(0), byteOffset: 1 };
  const faulty: ZoneShape = { kernel: '2.4', base: pfn(-1), pages: 0, orders: 0, holes: [run(0, 0)] };
  const named = (wrong: ZoneShape): unknown => createAllocator(wrong, nowhere);
  expect(named(faulty)).toMatchObject({ clause: 'MAKE-1' });
  expect(named({ ...faulty, orders: 1 })).toMatchObject({ clause: 'MAKE-2' });
  expect(named({ ...faulty, orders: 1, pages: 1 })).toMatchObject({ clause: 'MAKE-3' });
  expect(named({ ...faulty, orders: 1, pages: 1, base: pfn(0) })).toMatchObject({ clause: 'MAKE-4' });
  expect(named({ ...faulty, orders: 1, pages: 1, base: pfn(0), holes: [] })).toMatchObject({ clause: 'MAKE-5' });
});

test('MAKE-1, MAKE-3, MAKE-4 · a zone may be as odd as this', () => {
  const odd: readonly ZoneShape[] = [
    plainShape('2.4', 1, 1),
    plainShape('2.6', 1, 31, MOST_BASE),
    plainShape('2.4', 1, 31, MOST_BASE),
    { ...shape, holes: [run(8, 16)] },
    { ...shape, holes: [run(8, 1), run(9, 1), run(23, 1)] },
  ];
  for (const each of odd) expect(createAllocator(each, regionFor(each)).kind).toBe('created');
});

test('HAND-1 · a zone that is made has its holes, and all else in boot memory', () => {
  const holed: ZoneShape = { ...shape, holes: [run(8, 2), run(22, 2)] };
  const created = createAllocator(holed, regionFor(holed));
  if (created.kind === 'rejected') throw new Error(created.why);
  const { arena, freeCount, kernel, owners } = created.allocator.observe();
  expect(Array.from(owners)).toEqual([-4, -4, ...new Array<number>(12).fill(-3), -4, -4]);
  expect(freeCount).toBe(0);
  expect(kernel).toBe('2.4');
  expect(arena).toEqual({ base: 8, pages: 16, orders: 5, holes: holed.holes, alignment: 'base' });
  expect(created.allocator.allocate(order(0))).toEqual({ kind: 'exhausted' });
});

test('MISUSE-1 · a block at no frame is out of range', () => {
  const created = createAllocator(shape, regionFor(shape));
  if (created.kind === 'rejected') throw new Error(created.why);
  for (const head of [0.5, 8.5, Number.NaN, Number.POSITIVE_INFINITY, 7, 24, 2 ** 32 + 8]) {
    const rejected = { kind: 'rejected', misuse: 'out-of-range', clause: 'MISUSE-1' };
    expect(created.allocator.free(pfn(head), order(0))).toEqual(rejected);
  }
});
