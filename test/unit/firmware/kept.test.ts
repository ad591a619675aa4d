/** Tests of what is in use when boot memory begins, besides the kernel itself. */
import { LruReclaimer, byteAddress, machineOf, pfn, startKernel } from '../../../src/index.ts';
import { expect, test } from 'vitest';
import type { UsableRange } from '../../../protocol/index.ts';

const PAGE = 4096;
const bytes = (first: number, end: number): UsableRange => ({
  address: byteAddress(first * PAGE),
  size: (end - first) * PAGE,
});
const none = (): LruReclaimer => new LruReclaimer(machineOf([]));
const FIRMWARE = {
  usable: [bytes(0, 500)],
  nodes: [{ start: pfn(0), end: pfn(500) }],
  dmaLimit: byteAddress(128 * PAGE),
  lowLimit: byteAddress(448 * PAGE),
};

test('BOOT-5, RETIRE-1, HAND-1 · what is kept is never handed over, in low memory or high; what was reserved before is told', () => {
  const kept = [
    { name: 'initrd', ...bytes(30, 40) },
    { name: 'table', address: byteAddress(20 * PAGE + 100), size: 5 * PAGE },
    { name: 'ring', ...bytes(440, 452) },
    { name: 'nothing', address: byteAddress(470 * PAGE + 1), size: 0 },
  ];
  const running = startKernel(FIRMWARE, none, { image: bytes(16, 24), orders: 6, kept });
  if (running.kind === 'rejected') expect.fail(running.why);
  // the image ends with page 23, and the table with page 25
  expect(running.twice).toEqual([{ name: 'table', pages: [20, 21, 22, 23].map(pfn) }]);
  const owners = running.memory.observe().zones.flatMap(({ buddy }) => Array.from(buddy.owners));
  const isFree = (page: number): boolean => owners[page] === -2;
  const inUse = [...[20, 24, 25], ...Array.from({ length: 10 }, (_, n) => 30 + n), ...[440, 447, 448, 451]];
  expect(inUse.filter(isFree)).toEqual([]);
  expect([29, 41, 439, 452, 470].every(isFree)).toBe(true);
  expect(running.high).toBe(48);
});
