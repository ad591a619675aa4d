/** Tests of the invariants of blocks, owners and the partition of frames, each seen refuted. */

import { expect, test } from 'vitest';
import { order, pfn } from '../../../../src/index.ts';
import { bootZone, handOverAll } from './zone.ts';
import { clausesOf, doctored, mark, refutationOf, relist, sixteen } from './known-zones.ts';
import type { Kernel } from '../../../../protocol/index.ts';
import type { OpenZone } from './zone.ts';

test('BLOCK-1 · an outstanding block has an order of the arena', () => {
  const { arrays, seen } = sixteen('2.4');
  arrays.owners[3] = 5;
  expect(clausesOf(seen)).toEqual(['BLOCK-1']);
  expect(refutationOf('BLOCK-1', seen)).toBe(
    'BLOCK-1 refuted at frame 3: it heads an outstanding block of order 5, but the arena has the orders 0 to 4',
  );
});

test('BLOCK-1 · an outstanding block ends inside the arena', () => {
  const { allocator, arrays, seen } = (() => {
    const zone = bootZone({ kernel: '2.4', base: pfn(32), pages: 6, orders: 4, holes: [] });
    handOverAll(zone);
    return zone;
  })();
  expect(allocator.allocate(order(1))).toEqual({ kind: 'granted', head: 36 });
  arrays.owners[4] = 2;
  expect(clausesOf(seen)).toEqual(['BLOCK-1']);
  expect(refutationOf('BLOCK-1', seen)).toBe(
    'BLOCK-1 refuted at order 2 block at frame 36: it is outstanding, but the arena ends before frame 38',
  );
});

test.each<[Kernel, number, string]>([
  ['2.4', 5, 'frame 5'],
  ['2.6', 4, 'frame 0'],
])('BLOCK-1 · an outstanding block is aligned as %s aligns', (kernel, base, origin) => {
  const zone = bootZone({ kernel, base: pfn(base), pages: 4, orders: 3, holes: [] });
  handOverAll(zone);
  zone.allocator.allocate(order(2));
  zone.arrays.owners.set([0, 1, -2, 0]);
  expect(clausesOf(zone.seen)).toEqual(['BLOCK-1']);
  expect(refutationOf('BLOCK-1', zone.seen)).toBe(
    `BLOCK-1 refuted at order 1 block at frame ${base + 1}: it is outstanding, but its head is no multiple of 2 frames from ${origin}`,
  );
});

test.each<[string, number, (zone: OpenZone) => void, string]>([
  [
    'an owner that is none',
    3,
    ({ arrays }) => (arrays.owners[3] = -5),
    'its owner is -5, but that is no order, and stands for nothing',
  ],
  [
    'a hole where the arena has none',
    3,
    ({ arrays }) => (arrays.owners[3] = -4),
    'the arena has no hole here, but its owner is a hole',
  ],
])('STATE-1 · %s', (_, frame, tamper, facts) => {
  const zone = bootZone({ kernel: '2.6', base: pfn(0), pages: 4, orders: 3, holes: [] });
  tamper(zone);
  expect(clausesOf(zone.seen)).toEqual(['STATE-1', ...(facts.includes('stands') ? ['LIST-4'] : [])]);
  expect(refutationOf('STATE-1', zone.seen)).toBe(`STATE-1 refuted at frame ${frame}: ${facts}`);
});

test('STATE-1 · a hole of the arena is a hole by its owner', () => {
  const { arrays, seen } = bootZone({ kernel: '2.4', base: pfn(8), pages: 4, orders: 3, holes: [[pfn(9), 1]] });
  expect(clausesOf(seen)).toEqual([]);
  arrays.owners[1] = -3;
  expect(clausesOf(seen)).toEqual(['STATE-1']);
  expect(refutationOf('STATE-1', seen)).toBe(
    'STATE-1 refuted at frame 9: the arena has a hole here, but its owner is boot memory',
  );
});

test('STATE-1 · no frame is in two free blocks', () => {
  const zone = sixteen('2.6');
  relist(zone, 0, [1, 5]);
  mark(zone, [5], 0);
  zone.arrays.counters[0] = 14;
  expect(clausesOf(zone.seen)).toEqual(['STATE-1']);
  expect(refutationOf('STATE-1', zone.seen)).toBe(
    'STATE-1 refuted at frame 5: the free order 2 block at frame 4 holds it, but the free order 0 block at frame 5 holds it',
  );
});

test('STATE-1 · no frame is in two outstanding blocks', () => {
  const { arrays, seen } = sixteen('2.4');
  arrays.owners[13] = 0;
  expect(clausesOf(seen)).toEqual(['STATE-1']);
  expect(refutationOf('STATE-1', seen)).toBe(
    'STATE-1 refuted at frame 13: the outstanding order 1 block at frame 12 holds it, but the outstanding order 0 block at frame 13 holds it',
  );
});

test('STATE-1 · the first of several frames in two blocks is reported', () => {
  const zone = bootZone({ kernel: '2.4', base: pfn(0), pages: 8, orders: 3, holes: [] });
  handOverAll(zone);
  zone.allocator.allocate(order(2));
  zone.allocator.allocate(order(2));
  zone.arrays.owners[2] = 1;
  zone.arrays.owners[5] = 0;
  expect(clausesOf(zone.seen)).toEqual(['STATE-1']);
  expect(refutationOf('STATE-1', zone.seen)).toBe(
    'STATE-1 refuted at frame 2: the outstanding order 2 block at frame 0 holds it, but the outstanding order 1 block at frame 2 holds it',
  );
});

test('STATE-1 · BLOCK-1 · a frame is in a block also where a smaller one ends before it', () => {
  const zone = bootZone({ kernel: '2.4', base: pfn(0), pages: 4, orders: 3, holes: [] });
  handOverAll(zone);
  zone.allocator.allocate(order(2));
  zone.arrays.owners[1] = 1;
  expect(clausesOf(zone.seen)).toEqual(['BLOCK-1', 'STATE-1']);
});

test('STATE-1 · no frame of an outstanding block is held by boot memory', () => {
  const { arrays, seen } = sixteen('2.4');
  arrays.owners[13] = -3;
  expect(clausesOf(seen)).toEqual(['STATE-1']);
  expect(refutationOf('STATE-1', seen)).toBe(
    'STATE-1 refuted at frame 13: boot memory holds it, but the outstanding order 1 block at frame 12 holds it',
  );
});

test('STATE-1 · a frame that no block holds is nobody knows where', () => {
  const { arrays, seen } = sixteen('2.4');
  arrays.owners[12] = 0;
  expect(clausesOf(seen)).toEqual(['STATE-1', 'LIST-4', 'MAP-2']);
  expect(refutationOf('STATE-1', seen)).toBe(
    'STATE-1 refuted at frame 13: its owner is nobody, but no block holds it, free or outstanding',
  );
});

test('PAIR-4 · two buddies on one list should have been joined', () => {
  const zone = sixteen('2.6');
  relist(zone, 2, []);
  relist(zone, 1, [6, 4]);
  mark(zone, [6, 4], 1);
  expect(clausesOf(zone.seen)).toEqual(['PAIR-4']);
  expect(refutationOf('PAIR-4', zone.seen)).toBe(
    'PAIR-4 refuted at order 1 pair 1: the lower buddy at frame 4 is listed, but so is the upper buddy at frame 6',
  );
});

test('PAIR-4 · pairs count from the first of the arena, also where that begins before it', () => {
  const zone = bootZone({ kernel: '2.6', base: pfn(13), pages: 16, orders: 5, holes: [] });
  handOverAll(zone);
  relist(zone, 3, []);
  relist(zone, 2, [11, 7, 3]);
  mark(zone, [3, 7], 2);
  expect(clausesOf(zone.seen)).toEqual(['PAIR-4']);
  expect(refutationOf('PAIR-4', zone.seen)).toBe(
    'PAIR-4 refuted at order 2 pair 1: the lower buddy at frame 16 is listed, but so is the upper buddy at frame 20',
  );
});

test('PAIR-4 · of the top order two neighbours may both be free', () => {
  const zone = bootZone({ kernel: '2.6', base: pfn(0), pages: 8, orders: 3, holes: [] });
  handOverAll(zone);
  expect(clausesOf(zone.seen)).toEqual([]);
});

test.each([-1, 14, NaN, Infinity])('COUNT-1 · the count is what the lists hold, not %d', (freeCount) => {
  const seen = doctored(sixteen('2.4').seen, { freeCount });
  expect(clausesOf(seen)).toEqual(['COUNT-1']);
  expect(refutationOf('COUNT-1', seen)).toBe(
    `COUNT-1 refuted at arena: the count of free frames is ${freeCount}, but the listed blocks have 13 frames`,
  );
});

test.each<[number, number, number, string]>([
  [1, 0, 0, 'it is not marked, but it heads a free block of order 0'],
  [9, 1, 0, 'it is marked 1 with order 0, but it heads no free block'],
  [4, 0, 0, 'it is not marked, but it heads a free block of order 2'],
  [4, 1, 1, 'it is marked 1 with order 1, but it heads a free block of order 2'],
  [4, 3, 2, 'it is marked 3 with order 2, but it heads a free block of order 2'],
])('MARK-1 · frame %i marked %i with order %i', (frame, flag, of, told) => {
  const { arrays, seen } = sixteen('2.6');
  arrays.buddyFlag[frame] = flag;
  arrays.privateOrder[frame] = of;
  expect(clausesOf(seen)).toEqual(['MARK-1']);
  expect(refutationOf('MARK-1', seen)).toBe(`MARK-1 refuted at frame ${frame}: ${told}`);
});
