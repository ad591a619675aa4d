import { NONE } from '../buddy/buddy.ts';
import { balanceClasszone } from './reclaim.ts';
import { isExempt, mayWait } from './gfp.ts';
import { nrFreePages, takePages } from './machine-zone.ts';
import type { Gfp } from '../../protocol/index.ts';
import type { Reclaim, Task } from './reclaim.ts';
import type { Zonelist } from './zonelist.ts';

/** What `allocPagesList` gives where the kernel would try for ever. */
export const STALLED = -2;

/** An order above this is not worth more than one direct reclaim. */
const MAX_RETRY_ORDER = 3;

/** Each zone's pages_low adds up. @clause WATER-2 @clause PASS-1 */
function takeAboveLow(zonelist: Zonelist, order: number): number {
  let min = 1 << order;
  for (const zone of zonelist) {
    min += zone.pagesLow;
    if (nrFreePages(zone) <= min) continue;
    const page = takePages(zone, order);
    if (page !== NONE) return zone.buddy.base + page;
  }
  return NONE;
}

/** Each zone's pages_min adds up, or a quarter of each. @clause WATER-2 @clause WATER-3 @clause PASS-3 */
function takeAboveMin(zonelist: Zonelist, order: number, quarter: boolean): number {
  let min = 1 << order;
  for (const zone of zonelist) {
    let localMin = zone.pagesMin;
    if (quarter) localMin >>= 2;
    min += localMin;
    if (nrFreePages(zone) <= min) continue;
    const page = takePages(zone, order);
    if (page !== NONE) return zone.buddy.base + page;
  }
  return NONE;
}

/** Whatever the marks. @clause WATER-4 */
function takeAnything(zonelist: Zonelist, order: number): number {
  for (const zone of zonelist) {
    const page = takePages(zone, order);
    if (page !== NONE) return zone.buddy.base + page;
  }
  return NONE;
}

/**
 * The frame of a block of 2^order pages from one of the zones of a list; NONE, or STALLED. `order` is one of the machine's.
 * @clause PASS-1 @clause PASS-2 @clause PASS-3 @clause PASS-4 @clause PASS-5 @clause PASS-6 @clause ZONE-4
 * @linux mm/page_alloc.c __alloc_pages
 * @departure STALLED where a direct reclaim freed nothing, and the kernel would yield and try again for ever, the call ends; to call again begins with pages_low
 */
export function allocPagesList(gfp: Gfp, order: number, zonelist: Zonelist, task: Task, reclaim: Reclaim): number {
  const [classZone] = zonelist;
  if (classZone === undefined) return NONE;
  let frame = takeAboveLow(zonelist, order);
  if (frame !== NONE) return frame;

  classZone.needBalance = true;
  reclaim.reclaimer.wakeKswapd();

  frame = takeAboveMin(zonelist, order, !mayWait(gfp));
  if (frame !== NONE) return frame;

  for (;;) {
    if (isExempt(task.flags)) return takeAnything(zonelist, order);
    if (!mayWait(gfp)) return NONE;

    frame = balanceClasszone(classZone, gfp, order, task, reclaim);
    if (frame !== NONE) return frame;

    frame = takeAboveMin(zonelist, order, false);
    if (frame !== NONE) return frame;
    if (order > MAX_RETRY_ORDER) return NONE;
    if (task.freed === 0) return STALLED;
  }
}
