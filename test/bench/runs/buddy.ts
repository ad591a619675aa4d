/** The timed runs of the bare allocators, of their public face, and of buddy-tree. */
import * as tree from 'buddy-tree-2.4.1';
import { createAllocator, order, pfn, regionBytes } from '../../../src/index.ts';
import { freeOnePage, rmqueueSmallest } from '../../../src/buddy/page-buddy.ts';
import { freePagesOk, rmqueue } from '../../../src/buddy/buddy.ts';
import { checksum, slotOrders } from '../trace.ts';
import { SLICE, sliced } from '../timed.ts';
import { zoneOf } from './zones.ts';
import type { Allocator, Region } from '../../../src/index.ts';
import type { Bounds, Timed } from '../timed.ts';
import type { Trace } from '../trace.ts';
import type { Zone } from '../../../src/buddy/zone.ts';

/** What a run works on: its operations, the orders of its slots, and what each slot was granted. */
interface Run {
  readonly operations: Int32Array;
  readonly orderOf: Uint8Array;
  readonly granted: Int32Array;
}

/**
 * Carries out the operations from one on and before another; gives how many slots there are then. A function of its own, as
 * in C: inside the loop over the slices, V8 would keep its whole numbers as what may be anything. Orders are `as never` because
 * a call that gives a number its unit would be timed too.
 */
function slice24(zone: Zone, { granted, operations, orderOf }: Run, [from, end]: Bounds, slots: number): number {
  const last = end | 0;
  let slot = slots | 0;
  for (let n = from | 0; n < last; n++) {
    const v = operations[n] ?? 0;
    if (v >= 0) granted[slot++] = rmqueue(zone, v as never) | 0;
    else freePagesOk(zone, granted[~v] ?? 0, (orderOf[~v] ?? 0) as never);
  }
  return slot;
}

/** Each loop is written out, so that no one's calls become slower because of another's. */
export function runCore24(trace: Trace, slice: number = SLICE): Timed {
  const { operations, orders, pages } = trace;
  const { zone } = zoneOf('2.4', pages, orders);
  const orderOf = slotOrders(trace);
  const granted = new Int32Array(orderOf.length).fill(-1);
  const nanoseconds: number[] = [];
  let slots = 0;
  for (const bounds of sliced(operations.length, nanoseconds, slice)) {
    slots = slice24(zone, { granted, operations, orderOf }, bounds, slots);
  }
  return { nanoseconds, operations: operations.length, checksum: checksum(granted) };
}

export function runCore26(trace: Trace, slice: number = SLICE): Timed {
  const { operations, orders, pages } = trace;
  const { zone } = zoneOf('2.6', pages, orders);
  const orderOf = slotOrders(trace);
  const granted = new Int32Array(orderOf.length).fill(-1);
  const nanoseconds: number[] = [];
  let slot = 0;
  for (const [from, end] of sliced(operations.length, nanoseconds, slice)) {
    for (let n = from; n < end; n++) {
      const v = operations[n] ?? 0;
      if (v >= 0) granted[slot++] = rmqueueSmallest(zone, v as never);
      else if ((granted[~v] ?? 0) >= 0) freeOnePage(zone, granted[~v] ?? 0, (orderOf[~v] ?? 0) as never);
    }
  }
  return { nanoseconds, operations: operations.length };
}

/** What a caller of a face uses. */
type Face = Pick<Allocator, 'allocate' | 'free'>;

/** Times a trace on a face: owner table, checks, result objects. One face in a process, so that its calls are compiled for it. */
export function runOn(allocator: Face, trace: Trace, slice: number = SLICE): Timed {
  const { operations } = trace;
  const orderOf = slotOrders(trace);
  const granted = new Int32Array(orderOf.length).fill(-1);
  const nanoseconds: number[] = [];
  let slot = 0;
  for (const [from, end] of sliced(operations.length, nanoseconds, slice)) {
    for (let n = from; n < end; n++) {
      const v = operations[n] ?? 0;
      if (v >= 0) {
        const outcome = allocator.allocate(order(v));
        granted[slot++] = outcome.kind === 'granted' ? outcome.head : -1;
      } else {
        allocator.free(pfn(granted[~v] ?? 0), order(orderOf[~v] ?? 0));
      }
    }
  }
  return { nanoseconds, operations: operations.length, checksum: checksum(granted) };
}

/** The public face of a zone in a buffer, which may be one that threads share. */
export function runFace(
  trace: Trace,
  slice: number = SLICE,
  buffer: Region['buffer'] = new ArrayBuffer(faceBytes(trace)),
): Timed {
  const { orders, pages } = trace;
  const created = createAllocator({ kernel: '2.4', base: pfn(0), pages, orders, holes: [] }, { buffer, byteOffset: 0 });
  if (created.kind === 'rejected') throw new Error(created.why);
  const { allocator } = created;
  for (let page = 0; page < pages; page++) allocator.handOver(pfn(page));
  return runOn(allocator, trace, slice);
}

/** Returns the bytes that the zone of a trace takes. */
export const faceBytes = ({ orders, pages }: Trace): number => regionBytes('2.4', pages, orders);

/** npm's buddy-tree, for scale: an immutable tree, which places blocks its own way. */
export function runBuddyTree(trace: Trace): Timed {
  const { operations, pages } = trace;
  let root = tree.createTree(pages);
  const granted = new Int32Array(slotOrders(trace).length).fill(-1);
  const nanoseconds: number[] = [];
  let slot = 0;
  for (const [from, end] of sliced(operations.length, nanoseconds)) {
    for (let n = from; n < end; n++) {
      const v = operations[n] ?? 0;
      if (v >= 0) {
        const allocation = tree.allocate(root, 2 ** v);
        root = allocation.tree;
        granted[slot++] = allocation.address;
      } else {
        root = tree.deallocate(root, granted[~v] ?? -1);
      }
    }
  }
  return { nanoseconds, operations: operations.length };
}
