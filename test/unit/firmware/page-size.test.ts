/** Pages of another size than i386's, from firmware's table to addresses: what is counted in pages does not change, what is counted in bytes does. */
import {
  GFP_KERNEL,
  LruReclaimer,
  bootmemBootmapPages,
  bootmemBytes,
  byteAddress,
  createBootmem,
  machineOf,
  order,
  pfn,
  startKernel,
} from '../../../src/index.ts';
import { areNodes } from '../../../spec/boot/placement.ts';
import { describe, expect, test } from 'vitest';
import { readJson } from '../../../conformance/firmware/read.ts';
import { refuteMachine } from '../../../invariants/index.ts';
import { start } from '../../../conformance/firmware/start.ts';
import type { BootNode, Firmware } from '../../../protocol/index.ts';
import type { Running } from '../../../src/index.ts';

const none = (): LruReclaimer => new LruReclaimer(machineOf([]));

/** A machine with a hole and high memory: everything lies at the same pages, whatever their size. */
function started(page: number): Running {
  const bytes = (first: number, end: number): Firmware['usable'][number] => ({
    address: byteAddress(first * page),
    size: (end - first) * page,
  });
  const firmware: Firmware = {
    usable: [bytes(0, 159), bytes(256, 1000)],
    nodes: [{ start: pfn(0), end: pfn(1000) }],
    dmaLimit: byteAddress(128 * page),
    lowLimit: byteAddress(448 * page),
    pageSize: page,
  };
  const kept = [{ name: 'initrd', address: byteAddress(300 * page + 1), size: page }];
  const running = startKernel(firmware, none, { image: bytes(16, 24), kept, orders: 6 });
  return running.kind === 'running' ? running : expect.fail(running.why);
}

describe.each([8192, 16_384, 65_536])('pages of %d bytes', (page) => {
  test('SIZE-1, SIZE-3, WATER-1, HAND-1 · zones, marks and high memory are those of as many pages of 4 kB', () => {
    const [other, small] = [started(page), started(4096)];
    const shown = ({ high, memory }: Running): unknown => [
      high,
      memory.observe().zones.map(({ buddy: { arena }, name, watermarks }) => [name, arena, watermarks]),
    ];
    expect(shown(other)).toEqual(shown(small));
    expect(refuteMachine(other.memory.observe())).toEqual([]);
    // the state of the zones has as many bytes, which lie in fewer pages; the initrd's two pages are in use in both
    expect(other.low).toBeGreaterThanOrEqual(small.low);
    const [node] = other.bootmem.observe().nodes;
    const isTaken = (at: number): boolean => (((node?.bits[at >> 5] ?? 0) >>> (at & 31)) & 1) === 1;
    expect([299, 300, 301, 302].map(isTaken)).toEqual([false, true, true, false]);
  });

  test('PAGE-6 · pages are as far apart as they are large', () => {
    const { memory } = started(page);
    const outcome = memory.getFreePages(GFP_KERNEL, order(0));
    const address = outcome.kind === 'granted' ? outcome.address : expect.fail(outcome.kind);
    const frame = (address - 0xc0000000) / page;
    expect(memory.pageAddress(pfn(frame))).toBe(address);
    expect(memory.pageCount(pfn(frame))).toBe(1);
    expect(memory.freeAddress(address, order(0))).toEqual({ kind: 'done' });
    expect(memory.pageCount(pfn(frame))).toBe(0);
  });
});

test('BOOT-11 · a map of 131,072 pages has 16 KiB: four pages of 4 kB, two of 8 kB, one of 16 kB', () => {
  expect([4096, 8192, 16_384].map((page) => bootmemBootmapPages(131_072, page))).toEqual([4, 2, 1]);
});

const node = (first: number, pageSize?: number): BootNode => ({
  start: pfn(first),
  end: pfn(first + 10),
  map: pfn(first),
  ...(pageSize === undefined ? {} : { pageSize }),
});

test.each<readonly [readonly BootNode[], boolean]>([
  [[node(0, 8192)], true],
  [[node(0, 1024), node(10, 1024)], true],
  [[node(0), node(10, 4096)], true],
  [[node(0), node(10, 8192)], false],
  [[node(0, 5000)], false],
  [[node(0, 512)], false],
  [[node(0, 2 ** 21)], false],
  [[node(0, NaN)], false],
  [[node(0, 0)], false],
  // the same pages end within the bytes that there can be, or beyond them
  [[node(2 ** 39 - 10, 8192)], true],
  [[node(2 ** 39 - 9, 8192)], false],
])('BOOT-15 · %j: %s', (nodes, right) => {
  const region = { buffer: new ArrayBuffer(bootmemBytes(nodes)), byteOffset: 0 };
  expect(createBootmem(nodes, region).kind === 'created').toBe(right);
  expect(areNodes(nodes)).toBe(right);
});

describe('JSON', () => {
  const text = (pageSize: unknown): string =>
    JSON.stringify({ usable: [[0, 2 ** 27]], pageSize, image: [2 ** 20, 2 ** 21] });

  test('SIZE-3 · 128 MiB are 16,384 pages of 8 kB, 2,048 of them DMA', () => {
    const table = readJson(text(8192));
    const machine = typeof table === 'string' ? expect.fail(table) : start(table);
    expect(machine.kind === 'started' ? machine.zones.map(({ name, pages }) => [name, pages]) : machine.why).toEqual([
      ['DMA', 2048],
      ['Normal', 14_336],
    ]);
  });

  test.each([5000, 512, 2 ** 21, -8192, '8192', 8192.5])('a page of %j bytes is refused', (pageSize) => {
    expect(readJson(text(pageSize))).toMatch(/^pageSize: /u);
  });
});
