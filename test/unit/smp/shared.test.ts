/** Tests of a zone that several processors share. */

import { LOCK_WORDS } from '../../../src/smp/spinlock.ts';
import { answeringAtomics } from './atomics.ts';
import { attachShared, createAllocator, createShared, regionBytes, sharedRegionBytes } from '../../../src/index.ts';
import { Processor } from '../../../src/smp/processor.ts';
import { expect, test } from 'vitest';
import { order, pfn } from '../../../spec/unit.ts';
import { plainShape } from '../../arbitrary/arena.ts';
import type { Region, SharedAllocator, SharedCreated } from '../../../src/index.ts';

const shape = plainShape('2.4', 8, 4);

const regionOf = (bytes: number): Region => ({ buffer: new SharedArrayBuffer(bytes), byteOffset: 0 });

function created(made: SharedCreated): SharedAllocator {
  if (made.kind === 'rejected') return expect.fail(made.why);
  return made.allocator;
}

test('SMP-1 · two processors see one zone, and misuse by one of what the other did', () => {
  const region = regionOf(sharedRegionBytes(shape));
  const one = created(createShared(shape, region, new Processor(0)));
  const other = created(attachShared(shape, region, new Processor(1)));
  for (let frame = 0; frame < 8; frame++) expect(one.handOver(pfn(frame))).toEqual({ kind: 'done' });
  expect(other.handOver(pfn(0))).toMatchObject({ misuse: 'handed-over-twice' });
  expect(one.allocate(order(0))).toEqual({ kind: 'granted', head: 7 });
  expect(other.allocate(order(2))).toEqual({ kind: 'granted', head: 0 });
  expect(other.free(pfn(7), order(0))).toEqual({ kind: 'done' });
  expect(one.free(pfn(7), order(0))).toMatchObject({ misuse: 'double-free' });
  expect([one.observe().freeCount, other.observe().freeCount]).toEqual([4, 4]);
});

test('the lock lies after the zone, and is free after each operation', () => {
  const region = regionOf(sharedRegionBytes(shape));
  const lock = new Int32Array(region.buffer, regionBytes('2.4', 8, 4), LOCK_WORDS).fill(7);
  const zone = created(createShared(shape, region, new Processor(5)));
  expect([...lock]).toEqual([0, 0, 0]);
  zone.handOver(pfn(0));
  expect([...lock]).toEqual([1, 1, 0]);
});

test('MAKE-5 · a region without room for the lock is refused, and not touched', () => {
  const needed = sharedRegionBytes(shape);
  const region = regionOf(needed - 4);
  const bytes = new Uint8Array(region.buffer).fill(9);
  for (const make of [createShared, attachShared]) {
    expect(make(shape, region, new Processor(0))).toMatchObject({
      kind: 'rejected',
      clause: 'MAKE-5',
      why: `the region has ${needed - 4} bytes, the zone and its lock need ${needed}`,
    });
    expect(make({ ...shape, orders: 0 }, region, new Processor(0))).toMatchObject({ clause: 'MAKE-1' });
  }
  expect(bytes.every((byte) => byte === 9)).toBe(true);
});

test('STOPPED · after a bug under the lock everybody who asks stops', () => {
  const region = regionOf(sharedRegionBytes(shape));
  const one = created(createShared(shape, region, new Processor(0)));
  const other = created(attachShared(shape, region, new Processor(1)));
  for (let frame = 0; frame < 8; frame++) one.handOver(pfn(frame));
  new Int32Array(region.buffer).fill(-1, 1, 3); // page 0 is listed, and not linked
  expect(() => one.allocate(order(0))).toThrow('unlinked node 0');
  expect(() => other.allocate(order(0))).toThrow('lock whose holder stopped');
});

/** Returns how often something calls a function of `Atomics`. */
function atomicCalls(act: () => void): number {
  let calls = 0;
  answeringAtomics(({ carryOut }) => {
    calls++;
    return carryOut();
  }, act);
  return calls;
}

test('a zone of one caller takes no lock; each operation of a shared one does', () => {
  const plain = createAllocator(shape, { buffer: new ArrayBuffer(regionBytes('2.4', 8, 4)), byteOffset: 0 });
  const shared = created(createShared(shape, regionOf(sharedRegionBytes(shape)), new Processor(0)));
  const zone = plain.kind === 'created' ? plain.allocator : expect.fail(plain.why);
  const operations = [
    (face: typeof zone | SharedAllocator) => face.handOver(pfn(0)),
    (face: typeof zone | SharedAllocator) => face.allocate(order(0)),
    (face: typeof zone | SharedAllocator) => face.free(pfn(0), order(0)),
  ];
  for (const operation of operations) {
    expect(atomicCalls(() => void operation(zone))).toBe(0);
    expect(atomicCalls(() => void operation(shared))).toBeGreaterThan(4);
  }
});
