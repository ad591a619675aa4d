/** Boot memory for the unit tests, and readings of its state. */

import { bootmemBytes, byteAddress, createAllocator, createBootmem, pfn, regionBytes } from '../../../src/index.ts';
import type { Allocator, Bootmem, Zero } from '../../../src/index.ts';
import type { BootNode, BootOutcome, ByteAddress, Kernel } from '../../../protocol/index.ts';

export const PAGE = 4096;

/** The first byte of a page. */
export const at = (page: number): ByteAddress => byteAddress(page * PAGE);

/** A node of the pages from `start` to `end`, its map in its first page or where told. */
export const node = (start: number, end: number, map: number = start): BootNode => ({
  start: pfn(start),
  end: pfn(end),
  map: pfn(map),
});

/** Boot memory of these nodes, all of it reserved. */
export function bootmemOf(nodes: readonly BootNode[], zero?: Zero): Bootmem {
  const created = createBootmem(nodes, { buffer: new ArrayBuffer(bootmemBytes(nodes)), byteOffset: 0 }, zero);
  if (created.kind === 'rejected') throw new Error(created.why);
  return created.bootmem;
}

/** Boot memory of one node, all of it free but the pages of the map. */
export function freedBootmem(of: BootNode, zero?: Zero): Bootmem {
  const bootmem = bootmemOf([of], zero);
  bootmem.freeBootmem(at(of.start), (of.end - of.start) * PAGE);
  bootmem.reserveBootmem(at(of.map), Math.ceil((of.end - of.start) / 8));
  return bootmem;
}

/** A zone of a node's pages, none of them handed over. */
export function zoneOf({ start, end }: BootNode, orders = 5, kernel: Kernel = '2.4'): Allocator {
  const shape = { kernel, base: start, pages: end - start, orders, holes: [] };
  const created = createAllocator(shape, {
    buffer: new ArrayBuffer(regionBytes(kernel, shape.pages, orders)),
    byteOffset: 0,
  });
  if (created.kind === 'rejected') throw new Error(created.why);
  return created.allocator;
}

/** The taken pages of a node, by their numbers. */
export function takenIn(bootmem: Bootmem, which = 0): readonly number[] {
  const seen = bootmem.observe().nodes[which];
  if (seen === undefined) return [];
  const pages = Array.from({ length: seen.end - seen.start }, (_, page) => page);
  return pages
    .filter((page) => (((seen.bits[page >> 5] ?? 0) >>> (page & 31)) & 1) === 1)
    .map((page) => seen.start + page);
}

/** A granted address, or the whole outcome where there is none. */
export const addressIn = (outcome: BootOutcome): number | BootOutcome =>
  outcome.kind === 'granted' ? outcome.address : outcome;

/** Everything that a node's observation shows, copied. */
export const momentOf = (bootmem: Bootmem): unknown =>
  bootmem
    .observe()
    .nodes.map(({ bits, lastOffset, lastPos, retired }) => ({ bits: Array.from(bits), lastPos, lastOffset, retired }));
