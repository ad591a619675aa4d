// The public face of a zone that several processors share: each thread has one of its own, over the same region.
import { LOCK_WORDS, SpinLock, breakLock } from './spinlock.ts';
import { attachAllocator, createAllocator } from '../buddy/allocator.ts';
import { lockedAllocate, lockedFree, lockedHandOver } from './locked.ts';
import { refuseRegion, refuseShape } from '../buddy/shape.ts';
import { regionBytes } from '../buddy/region.ts';
import type { Allocator } from '../buddy/allocator.ts';
import type { BadShape, ZoneShape } from '../buddy/shape.ts';
import type { Locked } from './locked.ts';
import type { Observation, Order, Outcome, Pfn } from '../../protocol/index.ts';
import type { Processor } from './processor.ts';
import type { Region } from '../buddy/region.ts';

const WORD = 4;

/** Returns the number of bytes that a zone and its lock take: the zone's own, then the lock's words. */
export function sharedRegionBytes({ kernel, pages, orders }: ZoneShape): number {
  return regionBytes(kernel, pages, orders) + WORD * LOCK_WORDS;
}

/** A zone as one processor sees it. Every operation holds the zone's lock. */
export class SharedAllocator {
  readonly #locked: Locked;
  readonly #allocator: Allocator;

  constructor(allocator: Allocator, lock: SpinLock, processor: Processor) {
    this.#locked = { allocator, lock, processor };
    this.#allocator = allocator;
  }

  /** Grants a block of 2^order frames; answers as `Allocator.allocate`. @clause SMP-1 */
  allocate(order: Order): Outcome {
    return this.#orBreak(() => lockedAllocate(this.#locked, order));
  }

  /** Frees the outstanding block of 2^order frames at `head`; answers as `Allocator.free`. @clause SMP-1 */
  free(head: Pfn, order: Order): Outcome {
    return this.#orBreak(() => lockedFree(this.#locked, head, order));
  }

  /** Makes a frame free that was never in use, once; answers as `Allocator.handOver`. @clause SMP-1 */
  handOver(frame: Pfn): Outcome {
    return this.#orBreak(() => lockedHandOver(this.#locked, frame));
  }

  /**
   * Returns all that the zone holds, without the lock: while another processor changes the zone, it may be half-changed. The
   * count of free pages alone can be read at any time.
   * @clause SMP-5
   */
  observe(): Observation {
    return this.#allocator.observe();
  }

  /** A bug under the lock leaves the zone half-changed: nobody gets the lock after that, and all who ask stop. */
  #orBreak(operation: () => Outcome): Outcome {
    try {
      return operation();
    } catch (error) {
      breakLock(this.#locked.lock, this.#locked.processor);
      throw error;
    }
  }
}

/** A processor's view of a zone, or why its shape or region is refused. */
export type SharedCreated = { readonly kind: 'created'; readonly allocator: SharedAllocator } | BadShape;

/** The lock lies after the zone's own bytes. */
function lockOf(shape: ZoneShape, { buffer, byteOffset }: Region): SpinLock {
  const bytes = regionBytes(shape.kernel, shape.pages, shape.orders);
  return new SpinLock(new Int32Array(buffer, byteOffset + bytes, LOCK_WORDS));
}

/** Returns what is wrong with a shape, or with a region that does not hold the zone and its lock. @clause MAKE-5 */
function refuseShared(shape: ZoneShape, region: Region): BadShape | undefined {
  return refuseShape(shape, region) ?? refuseRegion(region, sharedRegionBytes(shape), 'the zone and its lock need');
}

/** Makes a zone and its lock in a region of `sharedRegionBytes`: nobody else may use the region yet. @clause TAKE-3 */
export function createShared(shape: ZoneShape, region: Region, processor: Processor): SharedCreated {
  const bad = refuseShared(shape, region);
  if (bad !== undefined) return bad;
  const lock = lockOf(shape, region);
  lock.words.fill(0);
  const created = createAllocator(shape, region);
  if (created.kind === 'rejected') return created;
  return { kind: 'created', allocator: new SharedAllocator(created.allocator, lock, processor) };
}

/** Returns another processor's view of a zone that is in the region already, made with the same shape. */
export function attachShared(shape: ZoneShape, region: Region, processor: Processor): SharedCreated {
  const bad = refuseShared(shape, region);
  if (bad !== undefined) return bad;
  const attached = attachAllocator(shape, region);
  if (attached.kind === 'rejected') return attached;
  return {
    kind: 'created',
    allocator: new SharedAllocator(attached.allocator, lockOf(shape, region), processor),
  };
}
