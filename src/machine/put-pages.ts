// Takes users from blocks: what happens to a block under its zone's lock when it is freed.
import { freePagesOk } from '../buddy/buddy.ts';
import { lockIrqsave, unlockIrqrestore } from '../smp/guard.ts';
import { pageCount, putPageTestzero } from './page.ts';
import type { FreeMisuse, Order, Pfn } from '../../protocol/index.ts';
import type { MachineZone } from './machine-zone.ts';
import type { Page } from '../words/unit.ts';

/** What came of a free: the misuse that it is, or whether the block is in use still. */
export type Put = FreeMisuse | 'in-page-cache' | 'in use' | 'freed';

/** How a block is freed. */
export interface PutOptions {
  /** Whether the page cache is a user of the block: then its last user is not the caller's to take. */
  readonly isCached: boolean;
  /** Whether the block is kept for the task that reclaims, and comes to no list. */
  readonly isKept: boolean;
}

function putLocked(zone: MachineZone, head: Pfn, order: Order, options: PutOptions): Put {
  const { isCached, isKept } = options;
  const misuse = zone.allocator.misuseOf(head, order);
  if (misuse !== undefined) return misuse;
  const page: Page = head - zone.buddy.base;
  if (isCached && pageCount(zone.counts, page) === 1) return 'in-page-cache';
  if (!putPageTestzero(zone.counts, page)) return 'in use';
  zone.buddy.owners.free(page);
  if (!isKept) freePagesOk(zone.buddy, page, order);
  return 'freed';
}

/**
 * Takes one user from the block of 2^order pages at `head`, a frame of the zone, under the zone's lock; frees it if that was the
 * last.
 * @clause PAGE-2 @clause GIVE-2 @clause RECLAIM-5 @clause SMP-6 @linux mm/page_alloc.c __free_pages
 */
export function putPages(zone: MachineZone, head: Pfn, order: Order, options: PutOptions): Put {
  const flags = lockIrqsave(zone);
  const put = putLocked(zone, head, order, options);
  unlockIrqrestore(zone, flags);
  return put;
}
