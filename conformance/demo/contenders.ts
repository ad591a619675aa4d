/** Allocators that are asked the same: first fit, the buddy systems of 2.4 and 2.6, and one that keeps apart what lives long. */
import { bootmemBytes, byteAddress, createAllocator, createBootmem, order, pfn, regionBytes } from '../../src/index.ts';
import type { Allocator } from '../../src/index.ts';
import type { Kernel } from '../../protocol/index.ts';

/** How long a block is wanted: `long` is what the kernel itself keeps, which cannot be moved. */
export type Lifetime = 'short' | 'long';

/** Something that grants blocks of 2^order pages. */
export interface Contender {
  readonly name: string;
  /** Returns the first page of a block, or undefined if there is none. */
  take(of: number, lifetime: Lifetime): number | undefined;
  give(head: number, of: number): void;
}

/** The number of orders: the largest block has 512 pages. */
export const ORDERS = 10;

const PAGE = 4096;

/** First fit, as boot memory does it: the lowest run of pages that is long enough, wherever it begins. */
export function firstFit(pages: number): Contender {
  const node = { start: pfn(0), end: pfn(pages + 1), map: pfn(pages) };
  const created = createBootmem([node], { buffer: new ArrayBuffer(bootmemBytes([node])), byteOffset: 0 });
  if (created.kind === 'rejected') throw new Error(created.why);
  const { bootmem } = created;
  bootmem.freeBootmem(byteAddress(0), pages * PAGE);
  return {
    name: 'first fit',
    take: (of) => {
      const outcome = bootmem.allocBootmemLowPages(2 ** of * PAGE);
      return outcome.kind === 'granted' ? outcome.address / PAGE : undefined;
    },
    give: (head, of) => void bootmem.freeBootmem(byteAddress(head * PAGE), 2 ** of * PAGE),
  };
}

/** Returns a zone of whose pages all are free. */
function zoneOf(kernel: Kernel, base: number, pages: number): Allocator {
  const region = { buffer: new ArrayBuffer(regionBytes(kernel, pages, ORDERS)), byteOffset: 0 };
  const created = createAllocator({ kernel, base: pfn(base), pages, orders: ORDERS, holes: [] }, region);
  if (created.kind === 'rejected') throw new Error(created.why);
  for (let page = 0; page < pages; page++) created.allocator.handOver(pfn(base + page));
  return created.allocator;
}

function takeFrom(zone: Allocator, of: number): number | undefined {
  const outcome = zone.allocate(order(of));
  return outcome.kind === 'granted' ? outcome.head : undefined;
}

/** The buddy system of a kernel. */
export function buddySystem(kernel: Kernel, pages: number): Contender {
  const zone = zoneOf(kernel, 0, pages);
  return {
    name: `buddy ${kernel}`,
    take: (of) => takeFrom(zone, of),
    give: (head, of) => void zone.free(pfn(head), order(of)),
  };
}

/** The pages of a block that one lifetime has for itself: the largest block. */
const GROUP = 2 ** (ORDERS - 1);

/**
 * No kernel's code: the buddy system of 2.6 in parts of 512 pages, each of which is for one lifetime, after the idea of Linux 2.6.24.
 * A request looks in parts of its own, then makes a part that is wholly free its own, then takes what any other has.
 */
export function grouped(pages: number): Contender {
  const parts = Array.from({ length: pages / GROUP }, (_, n) => ({
    zone: zoneOf('2.6', n * GROUP, GROUP),
    used: 0,
    of: undefined as Lifetime | undefined,
  }));
  return {
    name: 'grouped',
    take: (of, lifetime) => {
      const own = parts.filter((part) => part.of === lifetime && part.used > 0);
      const empty = parts.filter(({ used }) => used === 0);
      const others = parts.filter((part) => part.of !== lifetime && part.used > 0);
      for (const part of [...own, ...empty, ...others]) {
        const head = takeFrom(part.zone, of);
        if (head === undefined) continue;
        if (part.used === 0) part.of = lifetime;
        part.used += 2 ** of;
        return head;
      }
      return undefined;
    },
    give: (head, of) => {
      const part = parts[Math.floor(head / GROUP)];
      part?.zone.free(pfn(head), order(of));
      if (part !== undefined) part.used -= 2 ** of;
    },
  };
}
