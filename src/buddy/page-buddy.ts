import { stray } from '../words/bug.ts';
import { NONE } from './buddy.ts';
import type { Zone } from './zone.ts';

/** @clause MARK-1 @linux mm/page_alloc.c set_page_order (2.6.24) */
function setPageOrder(zone: Zone, page: number, order: number): void {
  zone.buddyFlag.put(page, 1);
  zone.privateOrder.put(page, order);
}

/** @clause MARK-1 @linux mm/page_alloc.c rmv_page_order (2.6.24) */
function rmvPageOrder(zone: Zone, page: number): void {
  zone.buddyFlag.put(page, 0);
  zone.privateOrder.put(page, 0);
}

/**
 * The page of the buddy, which may lie outside the zone.
 * @clause BLOCK-2 @linux mm/page_alloc.c __page_find_buddy (2.6.24)
 */
export function pageFindBuddy(pageIndex: number, order: number): number {
  return pageIndex ^ (1 << order);
}

/** The page of the parent. @clause BLOCK-2 @linux mm/page_alloc.c __find_combined_index (2.6.24) */
export function findCombinedIndex(pageIndex: number, order: number): number {
  return pageIndex & ~(1 << order);
}

/**
 * Whether `buddy` heads a free block of exactly this order. Without the comparison of orders a split buddy would be joined.
 * @clause PAIR-1 @clause MARK-1 @linux mm/page_alloc.c page_is_buddy (2.6.24)
 * @departure PFN-VALID a page of this zone is told by its index; 2.6 asks whether the page frame exists and compares the pages' zones
 */
export function pageIsBuddy(zone: Zone, buddy: number, order: number): boolean {
  if (buddy < 0 || buddy >= zone.pages) return false;
  return zone.buddyFlag.get(buddy) === 1 && zone.privateOrder.get(buddy) === order;
}

function enlist(zone: Zone, page: number, order: number): void {
  setPageOrder(zone, page, order);
  zone.listAdd(page, zone.freeListOf(order));
  zone.counters.add(1 + order, 1);
}

function delist(zone: Zone, page: number, order: number): void {
  zone.listDel(page);
  rmvPageOrder(zone, page);
  zone.counters.add(1 + order, -1);
}

/**
 * Splits the block at `page` from order `high` down to `low`: each upper half goes on its list, the lower half is split on.
 * @clause TAKE-2 @clause PLACE-3 @clause LIST-4 @linux mm/page_alloc.c expand (2.6.24)
 */
function expand(zone: Zone, page: number, low: number, high: number): void {
  for (let order = high - 1; order >= low; order--) enlist(zone, page + (1 << order), order);
}

/**
 * Takes a block of 2^order pages out of the smallest order that has one; its first page's index, or NONE.
 * @clause TAKE-4 @clause TAKE-7 @clause PLACE-1 @clause STEP-2 @clause COUNT-1 @linux mm/page_alloc.c __rmqueue_smallest (2.6.24)
 * @departure ONE-LIST each order has one list: no migrate types, and no lists of single pages for each CPU in front of it
 */
export function rmqueueSmallest(zone: Zone, order: number): number {
  for (let current = order; current < zone.orders; current++) {
    const freeList = zone.freeListOf(current);
    const page = zone.nextOf(freeList);
    if (page === freeList) continue;

    delist(zone, page, current);

    expand(zone, page, order, current);

    zone.counters.add(0, -(1 << order));
    return page;
  }
  return NONE;
}

/**
 * Frees the block of 2^order pages at `page`, joining it with its buddy for as long as that is marked free at the same order.
 * @clause PAIR-2 @clause PAIR-3 @clause PAIR-4 @clause GIVE-2 @clause PLACE-4 @clause LIST-3 @clause COUNT-1
 * @linux mm/page_alloc.c __free_one_page (2.6.24)
 */
export function freeOnePage(zone: Zone, page: number, order: number): void {
  const { offset } = zone;
  let pageIndex = page + offset;
  if ((pageIndex & ((1 << order) - 1)) !== 0) stray('misaligned page', page);

  let current = order;
  for (; current < zone.orders - 1; current++) {
    const buddy = pageFindBuddy(pageIndex, current) - offset;
    if (!pageIsBuddy(zone, buddy, current)) break;
    delist(zone, buddy, current);
    pageIndex = findCombinedIndex(pageIndex, current);
  }
  enlist(zone, pageIndex - offset, current);

  zone.counters.add(0, 1 << order);
}
