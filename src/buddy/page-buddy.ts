// The buddy system of Linux 2.6, which marks the first page of each free block instead of keeping a bit per pair.
import { order as orderFrom } from '../words/unit.ts';
import { NONE } from './buddy.ts';
import { outOfRange } from '../words/bug.ts';
import type { Order } from '../../protocol/index.ts';
import type { Page } from '../words/unit.ts';
import type { Zone } from './zone.ts';

/** Marks a page as the first of a free block of an order. @clause MARK-1 @linux mm/page_alloc.c set_page_order (2.6.24) */
function setPageOrder(zone: Zone, page: Page, order: Order): void {
  zone.buddyFlag.put(page, 1);
  zone.privateOrder.put(page, order);
}

/** Removes the mark of a page. @clause MARK-1 @linux mm/page_alloc.c rmv_page_order (2.6.24) */
function rmvPageOrder(zone: Zone, page: Page): void {
  zone.buddyFlag.put(page, 0);
  zone.privateOrder.put(page, 0);
}

/**
 * Returns where the buddy of the block at `pageIndex` begins, which may be outside the zone. Blocks are aligned in this
 * numbering, that of page frame numbers; `Zone.offset` tells how it differs from the zone's own.
 * @clause BLOCK-2 @linux mm/page_alloc.c __page_find_buddy (2.6.24)
 */
export function pageFindBuddy(pageIndex: number, order: Order): number {
  return pageIndex ^ (1 << order);
}

/** Returns where the block begins that a block and its buddy form. @clause BLOCK-2 @linux mm/page_alloc.c __find_combined_index (2.6.24) */
export function findCombinedIndex(pageIndex: number, order: Order): number {
  return pageIndex & ~(1 << order);
}

/**
 * Reports whether `buddy` is the first page of a free block of exactly this order. If the orders were not compared, a buddy
 * that was split would be joined. `buddy` may be outside the zone.
 * @clause PAIR-1 @clause MARK-1 @linux mm/page_alloc.c page_is_buddy (2.6.24)
 * @departure PFN-VALID a page is known to be of this zone by its index; 2.6 asks whether the page frame exists and compares the pages' zones
 */
export function pageIsBuddy(zone: Zone, buddy: Page, order: Order): boolean {
  if (buddy < 0 || buddy >= zone.pages) return false;
  return zone.buddyFlag.get(buddy) === 1 && zone.privateOrder.get(buddy) === order;
}

/** Puts a block on the list of its order, and marks and counts it. */
function enlist(zone: Zone, page: Page, order: Order): void {
  setPageOrder(zone, page, order);
  zone.listAdd(page, zone.freeListOf(order));
  zone.counters.add(1 + order, 1);
}

/** Takes a block off the list of its order, and neither marks nor counts it any more. */
function delist(zone: Zone, page: Page, order: Order): void {
  zone.listDel(page);
  rmvPageOrder(zone, page);
  zone.counters.add(1 + order, -1);
}

/**
 * Splits the block at `page` from order `high` down to `low`: each upper half goes on its list, the lower half is split on.
 * @clause TAKE-2 @clause PLACE-3 @clause LIST-4 @linux mm/page_alloc.c expand (2.6.24)
 */
function expand(zone: Zone, page: Page, low: Order, high: Order): void {
  for (let order = orderFrom(high - 1); order >= low; order--) enlist(zone, page + (1 << order), order);
}

/**
 * Takes a block of 2^order pages from the smallest order that has one. Returns its first page, or NONE if no order has one.
 * @clause TAKE-4 @clause TAKE-7 @clause PLACE-1 @clause STEP-2 @clause COUNT-1 @linux mm/page_alloc.c __rmqueue_smallest (2.6.24)
 * @departure ONE-LIST each order has one list: no migrate types, and no lists of single pages for each CPU in front of it
 */
export function rmqueueSmallest(zone: Zone, order: Order): Page | typeof NONE {
  for (let current = order; current < zone.orders; current++) {
    const freeList = zone.freeListOf(current);
    const page = zone.nextOf(freeList);
    if (page === freeList) continue;

    delist(zone, page, current);
    zone.counters.add(0, -(1 << order));

    expand(zone, page, order, current);
    return page;
  }
  return NONE;
}

/**
 * Frees the block of 2^order pages at `page`, and joins it with its buddy as long as that is marked free at the same order.
 * @clause PAIR-2 @clause PAIR-3 @clause PAIR-4 @clause GIVE-2 @clause PLACE-4 @clause LIST-3 @clause COUNT-1
 * @linux mm/page_alloc.c __free_one_page (2.6.24)
 */
export function freeOnePage(zone: Zone, page: Page, order: Order): void {
  const { offset } = zone;
  let pageIndex = page + offset;
  if ((pageIndex & ((1 << order) - 1)) !== 0) outOfRange('misaligned page', page);
  zone.counters.add(0, 1 << order);

  let current = order;
  for (; current < zone.orders - 1; current++) {
    const buddy: Page = pageFindBuddy(pageIndex, current) - offset;
    if (!pageIsBuddy(zone, buddy, current)) break;
    delist(zone, buddy, current);
    pageIndex = findCombinedIndex(pageIndex, current);
  }
  enlist(zone, pageIndex - offset, current);
}
