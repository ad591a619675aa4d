/** The timed runs of boot memory: allocation and retirement. */

import { bootmemBytes, byteAddress, createAllocator, createBootmem, pfn, regionBytes } from '../../../src/index.ts';
import { perOperation, processorSince } from '../timed.ts';
import type { Allocator, Bootmem } from '../../../src/index.ts';
import type { BootNode, Kernel } from '../../../protocol/index.ts';
import type { Timed } from '../timed.ts';

const PAGE = 4096;
const ORDERS = 10;

/** Returns boot memory of `pages` pages, free except for the map in its last pages. */
function freed(pages: number): { readonly bootmem: Bootmem; readonly node: BootNode } {
  const mapPages = Math.ceil(pages / 8 / PAGE);
  const node: BootNode = { start: pfn(0), end: pfn(pages), map: pfn(pages - mapPages) };
  const created = createBootmem([node], { buffer: new ArrayBuffer(bootmemBytes([node])), byteOffset: 0 });
  if (created.kind === 'rejected') throw new Error(created.why);
  const { bootmem } = created;
  bootmem.freeBootmem(byteAddress(0), node.map * PAGE);
  return { bootmem, node };
}

/** The sizes of requests as a boot makes them: mostly small, some of a page, few of many. */
const SIZES = [64, 200, 64, PAGE, 1000, 24, 3 * PAGE, 128];

/** Times boot allocations on a node, each of which must search past the earlier ones. */
export function bootAllocations(pages: number, requests: number): Timed {
  const { bootmem } = freed(pages);
  const from = process.cpuUsage();
  for (let n = 0; n < requests; n++) {
    const outcome = bootmem.allocBootmemLow(SIZES[n % SIZES.length] ?? PAGE);
    if (outcome.kind !== 'granted') throw new Error(`request ${n} was answered ${outcome.kind}`);
  }
  return perOperation(processorSince(from), requests);
}

function zoneOf(kernel: Kernel, pages: number): Allocator {
  const region = { buffer: new ArrayBuffer(regionBytes(kernel, pages, ORDERS)), byteOffset: 0 };
  const created = createAllocator({ kernel, base: pfn(0), pages, orders: ORDERS, holes: [] }, region);
  if (created.kind === 'rejected') throw new Error(created.why);
  return created.allocator;
}

/** Times the retirement of a node into one zone, through the zone's public face. */
export function retirement(kernel: Kernel, pages: number): Timed {
  const { bootmem } = freed(pages);
  bootmem.allocBootmemLow(100 * PAGE);
  const zone = zoneOf(kernel, pages);
  const from = process.cpuUsage();
  const outcome = bootmem.freeAllBootmem([zone]);
  const nanoseconds = processorSince(from);
  if (outcome.kind !== 'retired' || outcome.free + outcome.map !== pages - 100)
    throw new Error('not all were handed over');
  if (zone.observe().freeCount !== pages - 100) throw new Error('not all are free');
  return perOperation(nanoseconds, pages);
}
