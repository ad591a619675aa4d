import { add, get, put } from './mem-map.ts';
import { bug } from './bug.ts';
import { changeBit, testAndChangeBit } from './bitmap.ts';
import { freeAreaOf } from './free-area.ts';
import { listAdd, listDel, nextOf } from './list-head.ts';
import type { FreeArea, Zone } from './free-area.ts';

/** What `rmqueue` gives where the kernel gives NULL. */
export const NONE = -1;

/** Complements the bit of the pair that the block at `index` belongs to. @clause MAP-2 @linux mm/page_alloc.c MARK_USED */
function markUsed(zone: Zone, index: number, order: number, area: FreeArea): void {
  changeBit(zone.map, area.firstBit + (index >>> (order + 1)));
}

/**
 * Splits the block at `page` from order `high` down to `low`: each lower half goes on its list, the upper half is split on.
 * @clause TAKE-2 @clause PLACE-2 @clause MAP-3 @clause LIST-4 @linux mm/page_alloc.c expand
 */
function expand(zone: Zone, page: number, low: number, high: number): number {
  let size = 1 << high;
  let order = high;
  while (order > low) {
    order--;
    size >>>= 1;
    const area = freeAreaOf(zone, order);
    listAdd(zone.links, page, area.freeList);
    markUsed(zone, page, order, area);
    page += size;
  }
  return page;
}

/**
 * Takes a block of 2^order pages out of the smallest order that has one; its first page's index, or NONE.
 * The caller sees to it that `order` is one of the zone's.
 * @clause TAKE-4 @clause TAKE-7 @clause PLACE-1 @clause STEP-2 @clause COUNT-1 @linux mm/page_alloc.c rmqueue
 * @departure ACCOUNT the count of free pages changes last; the kernel changes it before it splits or joins, under the same lock
 * @departure LOCK one caller at a time: the zone's lock and the switching off of interrupts have no counterpart yet
 * @departure FLAGS pages have no flags and no zone of their own: the kernel's checks of PG_lru, PG_active and BAD_RANGE are left out
 */
export function rmqueue(zone: Zone, order: number): number {
  for (let current = order; current < zone.orders; current++) {
    const area = freeAreaOf(zone, current);
    const head = nextOf(zone.links, area.freeList);
    if (head === area.freeList) continue;

    listDel(zone.links, head);
    if (current !== zone.orders - 1) markUsed(zone, head, current, area);

    const page = expand(zone, head, order, current);

    add(zone.counters, 0, -(1 << order));
    put(zone.pageCount, page, 1);
    return page;
  }
  return NONE;
}

/**
 * Frees the block of 2^order pages at `index`, joining it with its buddy for as long as the pair's bit says that the buddy
 * is wholly free. The block must be in use at exactly this order: the bit tells nothing otherwise.
 * @clause BLOCK-2 @clause PAIR-2 @clause PAIR-3 @clause PAIR-4 @clause GIVE-2 @clause PLACE-4
 * @clause MAP-2 @clause MAP-3 @clause MAP-4 @clause LIST-3 @clause COUNT-1 @linux mm/page_alloc.c __free_pages_ok
 * @departure PAGE-COUNT a count other than 1 stops at once; the kernel's __free_pages lowers it, and frees where it becomes 0
 */
export function freePagesOk(zone: Zone, page: number, order: number): void {
  if ((page & ((1 << order) - 1)) !== 0) bug(`page ${page} is no block of order ${order}`);
  if (get(zone.pageCount, page) !== 1) bug(`page ${page} freed with count ${get(zone.pageCount, page)}`);
  put(zone.pageCount, page, 0);

  const top = zone.orders - 1;
  let index = page;
  let current = order;
  let area = freeAreaOf(zone, current);
  for (; current < top; area = freeAreaOf(zone, ++current)) {
    const buddyIsFree = testAndChangeBit(zone.map, area.firstBit + (index >>> (current + 1)));
    if (!buddyIsFree) break;
    listDel(zone.links, index ^ (1 << current));
    index &= ~(1 << current);
  }
  listAdd(zone.links, index, area.freeList);

  add(zone.counters, 0, 1 << order);
}
