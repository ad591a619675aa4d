// The function __alloc_pages: how a request walks its zonelist, waits for kswapd, and reclaims.
import { NONE } from '../buddy/buddy.ts';
import { balanceClasszone } from './reclaim.ts';
import { isExempt, mayWait } from './gfp.ts';
import { nrFreePages, takePages } from './machine-zone.ts';
import { pfn } from '../words/unit.ts';
import type { Gfp, Order, Pfn } from '../../protocol/index.ts';
import type { Reclaim, Task } from './reclaim.ts';
import type { Zonelist } from './zonelist.ts';

/** `allocPagesList` returns this where the kernel would try for ever. */
export const STALLED = -2;

/** The first frame of a block, or NONE. */
type Taken = Pfn | typeof NONE;

/** The first frame of a block, NONE or STALLED. */
export type Answer = Taken | typeof STALLED;

/** The largest order that is worth more than one direct reclaim. */
const MAX_RETRY_ORDER = 3;

/** Takes a block from the first zone that has it above the sum of pages_low so far. @clause WATER-2 @clause PASS-1 */
function takeAboveLow(zonelist: Zonelist, order: Order): Taken {
  let min = 1 << order;
  for (const zone of zonelist) {
    min += zone.pagesLow;
    if (nrFreePages(zone) <= min) continue;
    const page = takePages(zone, order);
    if (page !== NONE) return pfn(zone.buddy.base + page);
  }
  return NONE;
}

/**
 * Takes a block from the first zone that has it above the sum of pages_min, or of a quarter of each, so far.
 * @clause WATER-2 @clause WATER-3 @clause PASS-3
 */
function takeAboveMin(zonelist: Zonelist, order: Order, quarter: boolean): Taken {
  let min = 1 << order;
  for (const zone of zonelist) {
    let localMin = zone.pagesMin;
    if (quarter) localMin >>>= 2;
    min += localMin;
    if (nrFreePages(zone) <= min) continue;
    const page = takePages(zone, order);
    if (page !== NONE) return pfn(zone.buddy.base + page);
  }
  return NONE;
}

/** Takes a block from the first zone that has one, whatever the watermarks. @clause WATER-4 */
function takeAnything(zonelist: Zonelist, order: Order): Taken {
  for (const zone of zonelist) {
    const page = takePages(zone, order);
    if (page !== NONE) return pfn(zone.buddy.base + page);
  }
  return NONE;
}

/**
 * Allocates a block of 2^order pages from one of the zones of a list. Returns its first frame, NONE or STALLED. Watermarks are
 * compared and balance is asked for without any lock: another processor may come between.
 * Precondition: `order` is one of the machine's.
 * @clause PASS-1 @clause PASS-2 @clause PASS-3 @clause PASS-4 @clause PASS-5 @clause PASS-6 @clause ZONE-4 @clause SMP-6
 * @linux mm/page_alloc.c __alloc_pages
 * @departure STALLED if a direct reclaim freed nothing, and the kernel would yield and try again for ever, the call ends; the next call begins with pages_low
 */
export function allocPagesList(gfp: Gfp, order: Order, zonelist: Zonelist, task: Task, reclaim: Reclaim): Answer {
  const [classZone] = zonelist;
  if (classZone === undefined) return NONE;
  let frame = takeAboveLow(zonelist, order);
  if (frame !== NONE) return frame;

  classZone.needBalance.put(0, 1);
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
