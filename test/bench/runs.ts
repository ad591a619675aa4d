import * as tree from 'buddy-tree-2.4.1';
import { createAllocator, order, pfn, regionBytes } from '../../src/index.ts';
import { freeOnePage, rmqueueSmallest } from '../../src/page-buddy.ts';
import { freePagesOk, rmqueue } from '../../src/buddy.ts';
import { slotOrders } from './trace.ts';
import { zoneOf } from './zones.ts';
import type { Kernel } from '../../protocol/index.ts';
import type { Trace } from './trace.ts';

/** What a run granted, by slot (-1 where it refused), and how long its operations took. */
export interface Timed {
  readonly granted: Int32Array;
  readonly nsPerOperation: number;
}

/** Processor time, on both sides: what else the machine does in the meantime is not counted. */
function nsSince(from: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(from);
  return 1000 * (user + system);
}

/** Each loop is written out, so that no one's calls become slower because of another's. */
export function runCore24(trace: Trace): Timed {
  const { zone } = zoneOf('2.4', trace.pages, trace.orders);
  const { operations } = trace;
  const orderOf = slotOrders(trace);
  const granted = new Int32Array(orderOf.length).fill(-1);
  let slot = 0;
  const from = process.cpuUsage();
  for (let n = 0; n < operations.length; n++) {
    const v = operations[n] ?? 0;
    if (v >= 0) granted[slot++] = rmqueue(zone, v);
    else freePagesOk(zone, granted[-v - 1] ?? 0, orderOf[-v - 1] ?? 0);
  }
  return { granted, nsPerOperation: nsSince(from) / operations.length };
}

export function runCore26(trace: Trace): Timed {
  const { zone } = zoneOf('2.6', trace.pages, trace.orders);
  const { operations } = trace;
  const orderOf = slotOrders(trace);
  const granted = new Int32Array(orderOf.length).fill(-1);
  let slot = 0;
  const from = process.cpuUsage();
  for (let n = 0; n < operations.length; n++) {
    const v = operations[n] ?? 0;
    if (v >= 0) granted[slot++] = rmqueueSmallest(zone, v);
    else if ((granted[-v - 1] ?? 0) >= 0) freeOnePage(zone, granted[-v - 1] ?? 0, orderOf[-v - 1] ?? 0);
  }
  return { granted, nsPerOperation: nsSince(from) / operations.length };
}

/** The public face: owner table, checks, result objects. */
export function runFace(trace: Trace, kernel: Kernel): Timed {
  const { pages, orders, operations } = trace;
  const region = { buffer: new ArrayBuffer(regionBytes(kernel, pages, orders)), byteOffset: 0 };
  const created = createAllocator({ kernel, base: pfn(0), pages, orders, holes: [] }, region);
  if (created.kind === 'rejected') throw new Error(created.why);
  const { allocator } = created;
  for (let page = 0; page < pages; page++) allocator.handOver(pfn(page));
  const orderOf = slotOrders(trace);
  const granted = new Int32Array(orderOf.length).fill(-1);
  let slot = 0;
  const from = process.cpuUsage();
  for (let n = 0; n < operations.length; n++) {
    const v = operations[n] ?? 0;
    if (v >= 0) {
      const outcome = allocator.allocate(order(v));
      granted[slot++] = outcome.kind === 'granted' ? outcome.head : -1;
    } else {
      allocator.free(pfn(granted[-v - 1] ?? 0), order(orderOf[-v - 1] ?? 0));
    }
  }
  return { granted, nsPerOperation: nsSince(from) / operations.length };
}

/** npm's buddy-tree, for scale: an immutable tree, which places blocks its own way. */
export function runBuddyTree(trace: Trace): Timed {
  const { pages, operations } = trace;
  let root = tree.createTree(pages);
  const granted = new Int32Array(slotOrders(trace).length).fill(-1);
  let slot = 0;
  const from = process.cpuUsage();
  for (let n = 0; n < operations.length; n++) {
    const v = operations[n] ?? 0;
    if (v >= 0) {
      const allocation = tree.allocate(root, 2 ** v);
      root = allocation.tree;
      granted[slot++] = allocation.address;
    } else {
      root = tree.deallocate(root, granted[-v - 1] ?? -1);
    }
  }
  return { granted, nsPerOperation: nsSince(from) / operations.length };
}
