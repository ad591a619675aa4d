/** Tests of a machine that several processors use, one after another in one thread: its region, its faces, and what a bug does. */

import {
  Processor,
  attachSharedMachine,
  createSharedMachine,
  machineOf,
  regionBytes,
  sharedMachineBytes,
} from '../../../src/index.ts';
import { expect, test } from 'vitest';
import { gfp, nodeId, order, pfn } from '../../../spec/unit.ts';
import type { CreatedMachine, PhysicalMemory, SharedMachine } from '../../../src/index.ts';

const MACHINE = machineOf(
  [
    { first: 0, end: 16 },
    { first: 16, end: 32 },
  ],
  { orders: 3 },
);
const NOBODY = { wakeKswapd: (): void => undefined, tryToFreePagesZone: (): boolean => false };
const ATOMIC = gfp(0x20);

const on = (buffer: ArrayBufferLike, id: number, node: number): SharedMachine => ({
  machine: MACHINE,
  region: { buffer, byteOffset: 0 },
  processor: new Processor(id, nodeId(node)),
  reclaimer: NOBODY,
});

function memoryOf(made: CreatedMachine): PhysicalMemory {
  return made.kind === 'rejected' ? expect.fail(made.why) : made.memory;
}

/** Two faces of one machine, of a processor of each node. */
function faces(): readonly [PhysicalMemory, PhysicalMemory, ArrayBuffer] {
  const buffer = new ArrayBuffer(sharedMachineBytes(MACHINE));
  const first = memoryOf(createSharedMachine(on(buffer, 0, 0)));
  first.handOverAll();
  return [first, memoryOf(attachSharedMachine(on(buffer, 1, 1))), buffer];
}

test('MAKE-5, MAKE-6 · a region that is too small is refused, and a machine that cannot be', () => {
  const small = new ArrayBuffer(sharedMachineBytes(MACHINE) - 4);
  expect(createSharedMachine(on(small, 0, 0))).toMatchObject({ kind: 'rejected', clause: 'MAKE-5' });
  expect(attachSharedMachine(on(small, 0, 0))).toMatchObject({ kind: 'rejected', clause: 'MAKE-5' });
  const none = { ...on(small, 0, 0), machine: { ...MACHINE, nodes: [] } };
  expect(createSharedMachine(none)).toMatchObject({ kind: 'rejected', clause: 'MAKE-6' });
});

test('MAKE-5 · a shared machine takes its zones, a count of users per page, and a word with its lock per zone and for the nodes', () => {
  const [zones, counts, word, lock] = [2 * regionBytes('2.4', 16, 3), 4 * 32, 4, 4 * 3];
  expect(sharedMachineBytes(MACHINE)).toBe(zones + counts + (1 + 2) * (word + lock));
});

test('SMP-6, PAGE-3 · a face that is made later leaves the users of pages as they are', () => {
  const [first, second, buffer] = faces();
  expect(first.allocPages(ATOMIC, order(0))).toEqual({ kind: 'granted', head: 15 });
  const third = memoryOf(attachSharedMachine(on(buffer, 2, 0)));
  expect([first, second, third].map((one) => one.pageCount(pfn(15)))).toEqual([1, 1, 1]);
  expect(third.freePages(pfn(15), order(0))).toEqual({ kind: 'done' });
});

test('SMP-6, NODE-5 · each face asks its own node first, and both see what either did', () => {
  const [first, second] = faces();
  expect([first, second].map((one) => one.allocPages(ATOMIC, order(0)))).toEqual([
    { kind: 'granted', head: 15 },
    { kind: 'granted', head: 31 },
  ]);
  expect(second.freePages(pfn(15), order(0))).toEqual({ kind: 'done' });
  expect(first.freePages(pfn(15), order(0))).toMatchObject({ kind: 'rejected', misuse: 'double-free' });
  expect([first.getPage(pfn(31)), second.pageCount(pfn(31))]).toEqual([{ kind: 'done' }, 2]);
});

test('SMP-2, SMP-6 · after a bug under a lock, every other face stops at that lock, whatever it does there, and at no other', () => {
  const [first, second, buffer] = faces();
  const links = Array.from(first.observe().zones[0]?.buddy.links ?? expect.fail());
  // The head of each list of node 0 names page 1, which is on no list.
  const words = new Int32Array(buffer);
  const at = words.findIndex((_, n) => links.every((link, m) => words[n + m] === link));
  words.fill(1, at + 2 * 16, at + links.length);
  expect(() => first.allocPagesNode(nodeId(0), ATOMIC, order(0))).toThrow('bug in buddy-oracle');
  const [door = expect.fail()] = second.doors();
  for (const meets of [
    () => second.allocPagesNode(nodeId(0), ATOMIC, order(0)),
    () => second.freePages(pfn(15), order(0)),
    () => second.getPage(pfn(15)),
    () => second.handOver(pfn(3)),
    () => {
      second.handOverAll();
    },
    () => door.handOver(pfn(3)),
  ]) {
    expect(meets).toThrow('lock whose holder stopped');
  }
  expect(second.allocPagesNode(nodeId(1), ATOMIC, order(0))).toMatchObject({ kind: 'granted' });
});
