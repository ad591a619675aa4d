// The public face of one zone: it checks every request, and keeps the owner table by which it does.
import { BOOT, FREED, HOLE } from './owner.ts';
import { NONE, freePagesOk, rmqueue } from './buddy.ts';
import { Zone, initZone } from './zone.ts';
import { done, exhausted, rejected } from './answer.ts';
import { order as orderFrom, pfn } from '../words/unit.ts';
import { freeOnePage, rmqueueSmallest } from './page-buddy.ts';
import { getOrder } from './arithmetic.ts';
import { observe } from './observe.ts';
import { refuseShape } from './shape.ts';
import type { BadShape, ZoneShape } from './shape.ts';
import type { FreeMisuse, Observation, Order, Outcome, Pfn } from '../../protocol/index.ts';
import type { Page } from '../words/unit.ts';
import type { Region } from './region.ts';

const ORDER_0 = orderFrom(0);

/** The two operations of a buddy system below its public face. */
interface Core {
  readonly take: (zone: Zone, order: Order) => Page | typeof NONE;
  readonly give: (zone: Zone, page: Page, order: Order) => void;
}

const CORES: Readonly<Record<ZoneShape['kernel'], Core>> = {
  '2.4': { take: rmqueue, give: freePagesOk },
  '2.6': { take: rmqueueSmallest, give: freeOnePage },
};

/** A zone's public face: rejects every misuse before anything is touched. */
export class Allocator {
  readonly #zone: Zone;
  readonly #core: Core;
  readonly #observation: Observation;

  constructor(zone: Zone, shape: ZoneShape) {
    this.#zone = zone;
    this.#core = CORES[shape.kernel];
    this.#observation = observe(zone, shape.holes);
  }

  /**
   * Grants a block of 2^order frames. Returns its first frame; `exhausted` if no block is large enough or the arena lacks the
   * order; `rejected` if `order` is not a whole number from 0.
   * @clause TAKE-1 @clause TAKE-5 @clause TAKE-6
   */
  allocate(order: Order): Outcome {
    const zone = this.#zone;
    if (!Number.isInteger(order) || order < 0) return rejected('no-such-order');
    if (order >= zone.orders) return exhausted;
    const page = this.#core.take(zone, order);
    if (page === NONE) return exhausted;
    zone.owners.grant(page, order);
    return { kind: 'granted', head: pfn(zone.base + page) };
  }

  /** Grants a block of the smallest order that holds `pages` frames, at least 1. @clause BLOCK-3 */
  allocatePages(pages: number): Outcome {
    if (!Number.isInteger(pages) || pages < 1) return rejected('no-such-order');
    return pages > this.#zone.pages ? exhausted : this.allocate(getOrder(pages));
  }

  /** Frees the outstanding block of 2^order frames at `head`; rejects anything else. @clause GIVE-1 @clause MISUSE-7 */
  free(head: Pfn, order: Order): Outcome {
    const zone = this.#zone;
    const misuse = this.misuseOf(head, order);
    if (misuse !== undefined) return rejected(misuse);
    const page: Page = head - zone.base;
    zone.owners.free(page);
    this.#core.give(zone, page, order);
    return done;
  }

  /**
   * Makes a frame free that was never in use, once: the door by which boot memory hands frames over.
   * @clause HAND-1 @clause HAND-2 @clause HAND-3 @linux mm/bootmem.c free_all_bootmem_core
   * @departure HAND-OVER a hole, and a frame that was handed over before, are rejected; the kernel frees whatever its map says
   */
  handOver(frame: Pfn): Outcome {
    const zone = this.#zone;
    const page: Page = frame - zone.base;
    if (!Number.isInteger(page) || page < 0 || page >= zone.pages) return rejected('no-such-frame');
    const owner = zone.owners.get(page);
    if (owner === HOLE) return rejected('no-such-frame');
    if (owner !== BOOT) return rejected('handed-over-twice');
    zone.owners.handOver(page);
    this.#core.give(zone, page, ORDER_0);
    return done;
  }

  /** Returns all that the zone holds; it changes as the zone does. */
  observe(): Observation {
    return this.#observation;
  }

  /**
   * Returns what a free would do wrong; undefined if the block is outstanding at exactly that order.
   * @clause MISUSE-1 @clause MISUSE-2 @clause MISUSE-3 @clause MISUSE-4 @clause MISUSE-5 @clause MISUSE-6
   */
  misuseOf(head: Pfn, order: Order): FreeMisuse | undefined {
    const { base, offset, orders, owners, pages } = this.#zone;
    const page: Page = head - base;
    if (!Number.isInteger(page) || page < 0 || page >= pages) return 'out-of-range';
    const owner = owners.get(page);
    if (owner === order && order >= 0) return undefined;

    if (!Number.isInteger(order) || order < 0 || order >= orders || page + 2 ** order > pages) return 'out-of-range';
    if (owner >= 0) return 'wrong-order';
    if (((page + offset) & ((1 << order) - 1)) !== 0) return 'misaligned';
    if (this.#isInside(page)) return 'inner-page';
    return owner === FREED ? 'double-free' : 'never-allocated';
  }

  /** Reports whether a page is inside an outstanding block. Precondition: it is not the first page of one. */
  #isInside(page: Page): boolean {
    const { offset, orders, owners } = this.#zone;
    for (let order = 1; order < orders; order++) {
      const head: Page = ((page + offset) & -(1 << order)) - offset;
      if (head >= 0 && owners.get(head) === order) return true;
    }
    return false;
  }
}

/** An allocator, or why its shape or region is refused. */
export type Created = { readonly kind: 'created'; readonly allocator: Allocator } | BadShape;

/** A zone together with its public face, or why its shape or region is refused. */
export type Opened = { readonly kind: 'opened'; readonly zone: Zone; readonly allocator: Allocator } | BadShape;

/** Makes a zone in a region: boot memory holds every frame, except holes, until it is handed over. @clause TAKE-3 */
export function openZone(shape: ZoneShape, region: Region): Opened {
  const bad = refuseShape(shape, region);
  if (bad !== undefined) return bad;
  const zone = new Zone(shape.kernel, shape, region);
  initZone(zone, shape.holes);
  return { kind: 'opened', zone, allocator: new Allocator(zone, shape) };
}

/** Makes an allocator in a region: boot memory holds every frame, except holes, until it is handed over. @clause TAKE-3 */
export function createAllocator(shape: ZoneShape, region: Region): Created {
  const opened = openZone(shape, region);
  return opened.kind === 'rejected' ? opened : { kind: 'created', allocator: opened.allocator };
}

/** Returns a zone that is in the region already: one made with the same shape, shared, copied or restored. */
export function attachZone(shape: ZoneShape, region: Region): Opened {
  const bad = refuseShape(shape, region);
  if (bad !== undefined) return bad;
  const zone = new Zone(shape.kernel, shape, region);
  return { kind: 'opened', zone, allocator: new Allocator(zone, shape) };
}

/** Returns an allocator over a zone that is in the region already. */
export function attachAllocator(shape: ZoneShape, region: Region): Created {
  const attached = attachZone(shape, region);
  return attached.kind === 'rejected' ? attached : { kind: 'created', allocator: attached.allocator };
}
