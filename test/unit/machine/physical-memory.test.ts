/** Tests of the front door: addresses, users of a page, and misuse. */

import { expect, test } from 'vitest';
import {
  GFP_ATOMIC,
  GFP_DMA,
  GFP_HIGHUSER,
  GFP_KERNEL,
  createMachine,
  gfp,
  machineOf,
  nodeId,
  order,
  pfn,
  virtualAddress,
} from '../../../src/index.ts';
import type { AddressOutcome, PhysicalMemory } from '../../../src/index.ts';
import type { PageOutcome, Pfn } from '../../../protocol/index.ts';

const NOBODY = { wakeKswapd: () => undefined, tryToFreePagesZone: () => false };
const LIMITS = { dma: pfn(256), normal: pfn(512) };
const OFFSET = 0xc0000000;

/** Frames 0 to 767, 256 of each zone. */
function memoryOf(clear?: (frame: number) => void): PhysicalMemory {
  const created = createMachine(machineOf([{ first: 0, end: 768 }], { limits: LIMITS }), NOBODY, clear);
  if (created.kind === 'rejected') expect.fail(created.why);
  created.memory.handOverAll();
  return created.memory;
}

function headOf(outcome: PageOutcome): Pfn {
  if (outcome.kind !== 'granted') expect.fail(outcome.kind);
  return outcome.head;
}

const addressOf = (outcome: AddressOutcome): number => (outcome.kind === 'granted' ? outcome.address : -1);
const rejected = (misuse: string, clause: string): object => ({ kind: 'rejected', misuse, clause });

test('PAGE-6 · a page of low memory is at its physical address above 3 GiB, and one of HighMem is nowhere', () => {
  const memory = memoryOf();
  expect([0, 255, 511].map((frame) => memory.pageAddress(pfn(frame)))).toEqual([
    OFFSET,
    OFFSET + 0xff000,
    OFFSET + 0x1ff000,
  ]);
  expect([512, 767, 768, -1, 0.5].map((frame) => memory.pageAddress(pfn(frame)))).toEqual(new Array(5).fill(undefined));
});

test('PAGE-6 · blocks are granted by address, of DMA where that is asked for, and freed by it', () => {
  const memory = memoryOf();
  expect(addressOf(memory.getFreePages(GFP_KERNEL, order(2)))).toBe(OFFSET + 508 * 4096);
  expect(addressOf(memory.getFreePage(GFP_KERNEL))).toBe(OFFSET + 507 * 4096);
  expect(addressOf(memory.getDmaPages(GFP_KERNEL, order(1)))).toBe(OFFSET + 254 * 4096);
  expect(addressOf(memory.getDmaPages(GFP_HIGHUSER, order(0)))).toBe(OFFSET + 253 * 4096);
  expect(memory.freeAddress(virtualAddress(OFFSET + 508 * 4096), order(2))).toEqual({ kind: 'done' });
  expect(memory.freeAddress(virtualAddress(OFFSET + 508 * 4096), order(2))).toEqual(
    rejected('double-free', 'MISUSE-5'),
  );
  expect(memory.freeAddress(virtualAddress(0), order(2))).toEqual({ kind: 'done' });
  expect(memory.observe().zones.map(({ buddy }) => buddy.freeCount)).toEqual([253, 255, 256]);
});

test('PAGE-6 · HIGHMEM has no address to be granted by, and nothing is taken', () => {
  const memory = memoryOf();
  expect(memory.getFreePage(GFP_HIGHUSER)).toEqual(rejected('no-address', 'PAGE-6'));
  expect(memory.getZeroedPage(GFP_HIGHUSER)).toEqual(rejected('no-address', 'PAGE-6'));
  expect(memory.getFreePage(gfp(0x202))).toEqual(rejected('no-such-flags', 'GFP-2'));
  expect(memory.getDmaPages(gfp(0.5), order(0))).toEqual(rejected('no-such-flags', 'GFP-2'));
  expect(memory.observe().zones.map(({ buddy }) => buddy.freeCount)).toEqual([256, 256, 256]);
});

test('PAGE-5 · a zeroed page is cleared before it is granted, once, and no other is', () => {
  const cleared: number[] = [];
  const memory = memoryOf((frame) => cleared.push(frame));
  memory.allocPage(GFP_KERNEL);
  expect(cleared).toEqual([]);
  expect(addressOf(memory.getZeroedPage(GFP_KERNEL))).toBe(OFFSET + 510 * 4096);
  expect(cleared).toEqual([510]);
});

test('PAGE-1, PAGE-2, PAGE-4 · a block has one user, gets more, and is free when the last is gone', () => {
  const memory = memoryOf();
  const head = headOf(memory.allocPages(GFP_KERNEL, order(3)));
  expect(memory.pageCount(head)).toBe(1);
  expect(memory.getPage(head)).toEqual({ kind: 'done' });
  expect(memory.pageCount(head)).toBe(2);
  expect(memory.freePages(head, order(3))).toEqual({ kind: 'done' });
  expect([memory.pageCount(head), memory.observe().zones[1]?.buddy.freeCount]).toEqual([1, 248]);
  expect(memory.freePages(head, order(3))).toEqual({ kind: 'done' });
  expect([memory.pageCount(head), memory.observe().zones[1]?.buddy.freeCount]).toEqual([0, 256]);
});

test('PAGE-4 · a free page, an inner page and one of no zone get no user', () => {
  const memory = memoryOf();
  const head = headOf(memory.allocPages(GFP_KERNEL, order(3)));
  for (const frame of [0, head + 1, 768, -1, 0.5]) {
    expect(memory.getPage(pfn(frame)), `frame ${frame}`).toEqual(rejected('no-such-page', 'PAGE-4'));
    expect(memory.pageCount(pfn(frame))).toBe(0);
  }
});

test('PAGE-2, MISUSE-2 · putPage frees a single page', () => {
  const memory = memoryOf();
  expect(memory.putPage(headOf(memory.allocPage(GFP_DMA)))).toEqual({ kind: 'done' });
  expect(memory.putPage(headOf(memory.allocPages(GFP_DMA, order(1))))).toEqual(rejected('wrong-order', 'MISUSE-2'));
});

test('HAND-2, HAND-3 · a frame is handed over to the zone that it lies in, once', () => {
  const created = createMachine(machineOf([{ first: 0, end: 768 }], { limits: LIMITS }), NOBODY);
  if (created.kind === 'rejected') expect.fail(created.why);
  const { memory } = created;
  expect(memory.allocPage(GFP_ATOMIC)).toEqual({ kind: 'exhausted' });
  expect(memory.handOver(pfn(300))).toEqual({ kind: 'done' });
  expect(memory.observe().zones.map(({ buddy }) => buddy.freeCount)).toEqual([0, 1, 0]);
  expect(memory.handOver(pfn(300))).toMatchObject({ misuse: 'handed-over-twice' });
  expect(memory.handOver(pfn(768))).toMatchObject({ misuse: 'no-such-frame' });
  expect(memory.handOver(pfn(0.5))).toMatchObject({ misuse: 'no-such-frame' });
});

test('TAKE-5 · an order that the machine lacks is refused, on one node too', () => {
  const memory = memoryOf();
  expect(memory.allocPages(GFP_KERNEL, order(10))).toEqual({ kind: 'exhausted' });
  expect(memory.allocPagesNode(nodeId(0), GFP_KERNEL, order(10))).toEqual({ kind: 'exhausted' });
  expect(memory.allocPagesNode(nodeId(0), GFP_KERNEL, order(0)).kind).toBe('granted');
});

test('MISUSE-1 · a free in no zone, and one over the end of a zone, are rejected', () => {
  const memory = memoryOf();
  expect(memory.freePages(pfn(768), order(0))).toEqual(rejected('out-of-range', 'MISUSE-1'));
  expect(memory.freePages(pfn(255), order(1))).toEqual(rejected('out-of-range', 'MISUSE-1'));
});
