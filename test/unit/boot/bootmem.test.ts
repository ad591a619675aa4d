/** Tests of boot memory: ranges, grants and retirement. */

import { addressIn, at, bootmemOf, freedBootmem, momentOf, node, takenIn, zoneOf } from './memory.ts';
import { PAGE_SIZE, SMP_CACHE_BYTES, bootmemBytes, byteAddress, initBootmem, order, pfn } from '../../../src/index.ts';
import { expect, test } from 'vitest';
import { historyLeavesNoTrace } from '../../../invariants/index.ts';

const START = byteAddress(0);
const MEGABYTE_PAGES = 256;

test('BOOT-1, BOOT-2 · every page starts reserved, and a range frees the whole pages in it', () => {
  const bootmem = bootmemOf([node(4, 12)]);
  expect(takenIn(bootmem)).toEqual([4, 5, 6, 7, 8, 9, 10, 11]);
  expect(bootmem.freeBootmem(byteAddress(5 * 4096 - 1), 2 * 4096 + 2)).toEqual({ kind: 'done' });
  expect(takenIn(bootmem)).toEqual([4, 7, 8, 9, 10, 11]);
  expect(bootmem.freeBootmem(byteAddress(8 * 4096 + 1), 2 * 4096 - 2)).toEqual({ kind: 'done' });
  expect(takenIn(bootmem)).toEqual([4, 7, 8, 9, 10, 11]);
});

test('BOOT-1 · a machine of one node begins with page 0, and has its map at the given page', () => {
  const region = { buffer: new ArrayBuffer(bootmemBytes([node(0, 12)])), byteOffset: 0 };
  const created = initBootmem(pfn(3), 12, region);
  if (created.kind === 'rejected') expect.fail(created.why);
  expect(created.bootmem.observe().nodes).toMatchObject([{ start: 0, end: 12, map: 3 }]);
  expect(takenIn(created.bootmem)).toHaveLength(12);
  expect(initBootmem(pfn(12), 12, region)).toMatchObject({ kind: 'rejected', clause: 'BOOT-15' });
});

test('BOOT-2, BOOT-6 · what lies off the node on a page that is not freed is no matter; a whole page is', () => {
  const bootmem = bootmemOf([node(4, 12)]);
  expect(bootmem.freeBootmem(byteAddress(11 * 4096), 4096 + 4095)).toEqual({ kind: 'done' });
  expect(bootmem.freeBootmem(byteAddress(4 * 4096 - 4095), 4096 + 4095)).toEqual({ kind: 'done' });
  expect(takenIn(bootmem)).toEqual([5, 6, 7, 8, 9, 10]);
  const out = { kind: 'rejected', misuse: 'out-of-range', clause: 'BOOT-6' };
  expect(bootmem.freeBootmem(byteAddress(10 * 4096), 3 * 4096)).toEqual(out);
  expect(bootmem.freeBootmem(byteAddress(100 * 4096), 1)).toEqual(out);
  expect(bootmem.freeBootmem(byteAddress(4 * 4096 - 4096), 1)).toEqual(out);
});

test('BOOT-3, BOOT-5 · a range takes every page that it touches, and those taken before are told', () => {
  const bootmem = freedBootmem(node(0, 80));
  expect(bootmem.reserveBootmem(byteAddress(3 * 4096 - 1), 2)).toEqual({ kind: 'done' });
  expect(takenIn(bootmem)).toEqual([0, 2, 3]);
  expect(bootmem.reserveBootmem(at(1), 3 * 4096)).toEqual({ kind: 'warned', pages: [2, 3] });
  expect(bootmem.reserveBootmem(at(30), 40 * 4096)).toEqual({ kind: 'done' });
  expect(takenIn(bootmem)).toHaveLength(44);
  expect(bootmem.reserveBootmem(at(79), 4096 + 1)).toMatchObject({ misuse: 'out-of-range' });
  expect(bootmem.reserveBootmem(at(80), 1)).toMatchObject({ misuse: 'out-of-range' });
});

test.each([
  [0, 'no-such-size'],
  [-1, 'no-such-size'],
  [1.5, 'no-such-size'],
  [NaN, 'no-such-size'],
  [2 ** 52, 'no-such-size'],
] as const)('BOOT-7, BOOT-14 · a size of %s is rejected, and changes nothing', (size, misuse) => {
  const bootmem = freedBootmem(node(0, 16));
  const before = momentOf(bootmem);
  const answers = [
    bootmem.allocBootmemAt(size, 32, START),
    bootmem.allocBootmemNodeAt(0, size, 32, START),
    bootmem.reserveBootmem(at(1), size),
    bootmem.freeBootmem(at(0), size),
  ];
  expect(answers).toEqual(new Array(4).fill({ kind: 'rejected', misuse, clause: 'BOOT-7' }));
  expect(momentOf(bootmem)).toEqual(before);
});

test('BOOT-7 · an alignment is a power of two, an address a whole number, a node one of those that there are', () => {
  const bootmem = freedBootmem(node(0, 16));
  for (const align of [0, 3, 48, -32, 0.5, NaN, Infinity, 2 ** 52]) {
    expect(bootmem.allocBootmemAt(1, align, START), `${align}`).toMatchObject({ misuse: 'no-such-alignment' });
  }
  for (const address of [-1, 0.5, NaN, 2 ** 52]) {
    expect(bootmem.allocBootmemAt(1, 1, byteAddress(address))).toMatchObject({ misuse: 'no-such-address' });
    expect(bootmem.freeBootmem(byteAddress(address), 1)).toMatchObject({ misuse: 'no-such-address' });
    expect(bootmem.reserveBootmem(byteAddress(address), 1)).toMatchObject({ misuse: 'no-such-address' });
  }
  for (const which of [1, -1, 0.5, NaN]) {
    const answers = [
      bootmem.allocBootmemNode(which, 1),
      bootmem.reserveBootmemNode(which, at(1), 1),
      bootmem.freeBootmemNode(which, at(1), 1),
      bootmem.freeAllBootmemNode(which, []),
    ];
    expect(answers).toEqual(new Array(4).fill({ kind: 'rejected', misuse: 'no-such-node', clause: 'BOOT-7' }));
  }
});

test('BOOT-8, FIT-4 · the node initialised last is tried first, and a named one alone', () => {
  const bootmem = bootmemOf([node(0, 8), node(16, 24), node(8, 16)]);
  for (const [which, start] of [0, 16, 8].entries()) bootmem.freeBootmemNode(which, at(start + 1), 7 * 4096);
  expect(addressIn(bootmem.allocBootmemLow(4 * 4096))).toBe(9 * 4096);
  expect(addressIn(bootmem.allocBootmemLow(4 * 4096))).toBe(17 * 4096);
  expect(addressIn(bootmem.allocBootmemLow(4 * 4096))).toBe(4096);
  expect(bootmem.allocBootmemLow(4 * 4096)).toEqual({ kind: 'exhausted' });
  expect(addressIn(bootmem.allocBootmemLowPagesNode(1, 3 * 4096))).toBe(21 * 4096);
  expect(bootmem.allocBootmemLowPagesNode(1, 1)).toEqual({ kind: 'exhausted' });
});

test('BOOT-9 · memory begins at a multiple of the alignment from physical address 0, wherever the node begins', () => {
  const bootmem = freedBootmem(node(3, 64));
  expect(addressIn(bootmem.allocBootmemAt(1, 65_536, START))).toBe(65_536);
  expect(addressIn(bootmem.allocBootmemAt(1, 131_072, START))).toBe(131_072);
  expect(addressIn(bootmem.allocBootmemAt(1, 65_536, START))).toBe(3 * 65_536);
  expect(bootmem.allocBootmemAt(1, 262_144, START)).toEqual({ kind: 'exhausted' });
});

test('FIT-1 · first fit from the goal on, then from the start; a goal off the node is none', () => {
  const bootmem = freedBootmem(node(0, 16));
  expect(addressIn(bootmem.allocBootmemAt(4096, 4096, at(14)))).toBe(14 * 4096);
  expect(addressIn(bootmem.allocBootmemAt(8192, 4096, at(14)))).toBe(4096);
  expect(addressIn(bootmem.allocBootmemAt(4096, 4096, at(16)))).toBe(3 * 4096);
  expect(addressIn(bootmem.allocBootmemAt(100, 32, byteAddress(20_000)))).toBe(16_384);
  expect(addressIn(bootmem.allocBootmemAt(100, 32, byteAddress(20_000)))).toBe(16_384 + 128);
});

test('FIT-2 · an exact fit fills the last page, and nothing is packed after it', () => {
  const bootmem = freedBootmem(node(0, 8));
  bootmem.allocBootmemLow(4000);
  expect(addressIn(bootmem.allocBootmemLow(64))).toBe(4096 + 4000);
  expect(bootmem.observe().nodes[0]).toMatchObject({ lastPos: 1, lastOffset: 4064 });
  expect(addressIn(bootmem.allocBootmemLow(32))).toBe(4096 + 4064);
  expect(bootmem.observe().nodes[0]).toMatchObject({ lastPos: 1, lastOffset: 0 });
  expect(addressIn(bootmem.allocBootmemLow(32))).toBe(2 * 4096);
});

test('FIT-1, FIT-2 · the names of the wrappers say goal, alignment and node; the usual goal is at 16 MiB', () => {
  const pages = 17 * MEGABYTE_PAGES;
  const make = (): ReturnType<typeof freedBootmem> => freedBootmem(node(0, pages, pages - 1));
  const [usual, low] = [16 * MEGABYTE_PAGES * PAGE_SIZE, 0];
  for (const [ask, first, second] of [
    [(b) => b.allocBootmem(33), usual, SMP_CACHE_BYTES * 2],
    [(b) => b.allocBootmemLow(33), low, SMP_CACHE_BYTES * 2],
    [(b) => b.allocBootmemPages(33), usual, PAGE_SIZE],
    [(b) => b.allocBootmemLowPages(33), low, PAGE_SIZE],
    [(b) => b.allocBootmemNode(0, 33), usual, SMP_CACHE_BYTES * 2],
    [(b) => b.allocBootmemPagesNode(0, 33), usual, PAGE_SIZE],
    [(b) => b.allocBootmemLowPagesNode(0, 33), low, PAGE_SIZE],
  ] as const satisfies [(b: ReturnType<typeof make>) => ReturnType<typeof b.allocBootmem>, number, number][]) {
    const bootmem = make();
    expect([addressIn(ask(bootmem)), addressIn(ask(bootmem))]).toEqual([first, first + second]);
  }
});

test('FIT-2 · whole pages are those of the node, also if they are larger than those of i386', () => {
  const bootmem = bootmemOf([{ ...node(0, 8), pageSize: 8192 }]);
  bootmem.freeBootmem(byteAddress(8192), 7 * 8192);
  expect(addressIn(bootmem.allocBootmemLowPages(1))).toBe(8192);
  expect(addressIn(bootmem.allocBootmemLowPages(1))).toBe(2 * 8192);
});

test('BOOT-13 · granted memory is zeroed in a real buffer, its bytes and no others', () => {
  const memory = new Uint8Array(16 * 4096).fill(7);
  const bootmem = freedBootmem(node(0, 16), (address, count) => memory.fill(0, address, address + count));
  bootmem.allocBootmemLow(100);
  bootmem.allocBootmemLow(5000);
  const zeroed = Array.from(memory, (byte, n) => (byte === 0 ? [n] : [])).flat();
  const expected = [...Array(100).keys()]
    .map((n) => 4096 + n)
    .concat([...Array(5000).keys()].map((n) => 4096 + 128 + n));
  expect(zeroed).toEqual(expected);
});

test('RETIRE-1, RETIRE-2, RETIRE-4 · each free page and the map go to the zone that waits for it, each once, and what is left does nothing', () => {
  const of = node(2, 40, 30);
  const bootmem = freedBootmem(of);
  bootmem.allocBootmemLow(3 * 4096);
  const [lower, upper] = [zoneOf(node(2, 16)), zoneOf(node(16, 40))];
  const retirement = bootmem.freeAllBootmem([upper, lower]);
  expect(retirement).toMatchObject({ kind: 'retired', free: 34, map: 1 });
  expect(lower.observe().freeCount + upper.observe().freeCount).toBe(35);
  expect(Object.keys(retirement.kind === 'retired' ? retirement.bootmem : {})).toEqual(['observe']);
  expect(lower.handOver(of.start).kind).toBe('done');
  expect(lower.allocate(order(2)).kind).toBe('granted');
});

test('RETIRE-5, BOOT-14 · a page that no zone waits for keeps all of them from being handed over', () => {
  const bootmem = freedBootmem(node(0, 16));
  const small = zoneOf(node(0, 15));
  const before = momentOf(bootmem);
  const rejection = { kind: 'rejected', misuse: 'no-zone', clause: 'RETIRE-5' };
  expect(bootmem.freeAllBootmem([small])).toEqual(rejection);
  expect(bootmem.freeAllBootmemNode(0, [])).toEqual(rejection);
  const spent = zoneOf(node(0, 16));
  spent.handOver(node(0, 1).start);
  expect(bootmem.freeAllBootmem([spent])).toEqual(rejection);
  expect([small.observe().freeCount, spent.observe().freeCount]).toEqual([0, 1]);
  expect(momentOf(bootmem)).toEqual(before);
});

test('RETIRE-5 · a zone that waits for a page and then does not take it is a bug, not misuse', () => {
  const bootmem = freedBootmem(node(0, 16));
  const zone = zoneOf(node(0, 16));
  const door = { observe: () => zone.observe(), handOver: () => zone.handOver(pfn(16)) };
  expect(() => bootmem.freeAllBootmem([door])).toThrow(
    'bug in buddy-oracle: a frame that a zone waits for is not taken',
  );
});

test('RETIRE-3, RETIRE-5 · where one of two nodes cannot be retired, neither is', () => {
  const bootmem = bootmemOf([node(0, 8), node(8, 16)]);
  bootmem.freeBootmemNode(0, at(1), 7 * 4096);
  bootmem.freeBootmemNode(1, at(8), 8 * 4096);
  const zone = zoneOf(node(0, 16));
  expect(bootmem.freeAllBootmem([zone])).toMatchObject({ misuse: 'map-not-reserved' });
  expect(zone.observe().freeCount).toBe(0);
  bootmem.reserveBootmemNode(1, at(8), 1);
  expect(bootmem.freeAllBootmemNode(0, [zone])).toEqual({ kind: 'retired', free: 7, map: 1 });
  expect(addressIn(bootmem.allocBootmem(1))).toBe(9 * 4096);
});

test.each(['2.4', '2.6'] as const)(
  'RETIRE-6, STATE-2 · the zone of %s is what the pages handed over make, whatever the order',
  (kernel) => {
    const of = node(5, 70, 20);
    const bootmem = freedBootmem(of);
    for (const size of [100, 9000, 40_000]) bootmem.allocBootmemAt(size, 16_384, START);
    bootmem.reserveBootmem(at(50), 3 * 4096);
    const taken = takenIn(bootmem);
    const [retired, descending] = [zoneOf(of, 5, kernel), zoneOf(of, 5, kernel)];
    expect(bootmem.freeAllBootmem([retired])).toMatchObject({ free: 65 - taken.length, map: 1 });
    for (let page = 69; page >= 5; page--) {
      if (!taken.includes(page) || page === 20) descending.handOver(pfn(page));
    }
    expect(historyLeavesNoTrace.refute({ before: retired.observe(), after: descending.observe() })).toBeUndefined();
    expect(Array.from(descending.observe().owners)).toEqual(Array.from(retired.observe().owners));
    expect(retired.observe().freeCount).toBe(66 - taken.length);
  },
);
