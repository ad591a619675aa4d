// The buddy system of Linux 2.4, with one bit per pair of buddies: rmqueue, expand and freePagesOk.
import { outOfRange } from '../words/bug.ts';
import type { Order } from '../../protocol/index.ts';
import type { Page } from '../words/unit.ts';
import type { Zone } from './zone.ts';

/** `rmqueue` returns this where the kernel returns NULL. */
export const NONE = -1;

/**
 * Splits the block at `page` from order `high` down to `low`: each lower half goes on its list, the upper half is split on.
 * Returns the first page of the block of order `low` that is left.
 * @clause TAKE-2 @clause PLACE-2 @clause MAP-3 @clause LIST-4 @linux mm/page_alloc.c expand
 */
function expand(zone: Zone, page: Page, low: Order, high: Order): Page {
  let size = 1 << high;
  let order = high;
  while (order > low) {
    order--;
    size >>>= 1;
    zone.listAdd(page, zone.freeListOf(order));
    zone.markUsed(page, order);
    page += size;
  }
  return page;
}

/**
 * Takes a block of 2^order pages from the smallest order that has one. Returns its first page, or NONE if no order has one.
 * Precondition: 0 <= order; for an order that the zone lacks it returns NONE.
 * @clause TAKE-4 @clause TAKE-7 @clause PLACE-1 @clause STEP-2 @clause COUNT-1 @linux mm/page_alloc.c rmqueue
 * @departure LOCK this takes no lock: a zone of one caller needs none, and src/smp takes the zone's lock around the whole operation
 * @departure FLAGS pages have no flags and no zone of their own: the kernel's checks of PG_lru, PG_active and BAD_RANGE are left out
 */
export function rmqueue(zone: Zone, order: Order): Page | typeof NONE {
  for (let current = order; current < zone.orders; current++) {
    const freeList = zone.freeListOf(current);
    const head = zone.nextOf(freeList);
    if (head === freeList) continue;

    zone.listDel(head);
    if (current !== zone.orders - 1) zone.markUsed(head, current);
    zone.counters.add(0, -(1 << order));

    return expand(zone, head, order, current);
  }
  return NONE;
}

/**
 * Frees the block of 2^order pages at `page`, and joins it with its buddy as long as the pair's bit says that the buddy is
 * wholly free. Precondition: the block is in use at exactly this order; otherwise the bit says nothing.
 * @clause BLOCK-2 @clause PAIR-2 @clause PAIR-3 @clause PAIR-4 @clause GIVE-2 @clause PLACE-4
 * @clause MAP-2 @clause MAP-3 @clause MAP-4 @clause LIST-3 @clause COUNT-1 @linux mm/page_alloc.c __free_pages_ok
 */
export function freePagesOk(zone: Zone, page: Page, order: Order): void {
  if ((page & ((1 << order) - 1)) !== 0) outOfRange('misaligned page', page);
  zone.counters.add(0, 1 << order);

  const top = zone.orders - 1;
  let index = page;
  let current = order;
  for (; current < top; current++) {
    const buddyIsFree = zone.markUsed(index, current);
    if (!buddyIsFree) break;
    zone.listDel(index ^ (1 << current));
    index &= ~(1 << current);
  }
  zone.listAdd(index, zone.freeListOf(current));
}
