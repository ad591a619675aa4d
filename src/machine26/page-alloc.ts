// The function __alloc_pages of 2.6.24: how a request walks its zonelist, wakes kswapd, and reclaims.
import { PAGE_ALLOC_COSTLY_ORDER, allocFlags, cannotFail, doRetry, mayDrain, mayKill, mayWait } from './gfp.ts';
import { zoneWatermarkOk } from './zone-watermark.ts';
import type { Gfp, Order, Outcome26, Task26 } from '../../protocol/index.ts';
import type { MachineZone, Zonelist } from './zone.ts';

type Mark = 'pagesMin' | 'pagesLow' | 'pagesHigh';

const EXHAUSTED: Outcome26 = { kind: 'exhausted' };
const STALLED: Outcome26 = { kind: 'stalled' };
const OUT_OF_MEMORY: Outcome26 = { kind: 'out-of-memory' };

function bufferedRmqueue(zone: MachineZone, order: Order): Outcome26 | undefined {
  const outcome = zone.allocator.allocate(order);
  return outcome.kind === 'granted' ? outcome : undefined;
}

/**
 * Takes a block from the first zone of a list that stays above a mark and has one; undefined if there is none.
 * @clause GATE-2 @clause GATE-3 @clause GATE-14 @linux mm/page_alloc.c get_page_from_freelist (2.6.24)
 */
function getPageFromFreelist(zonelist: Zonelist, order: Order, mark: Mark, flags: number): Outcome26 | undefined {
  const classIndex = zonelist[0]?.id ?? 0;
  for (const zone of zonelist) {
    if (!zoneWatermarkOk(zone, order, zone[mark], classIndex, flags)) continue;
    const taken = bufferedRmqueue(zone, order);
    if (taken !== undefined) return taken;
  }
  return undefined;
}

/** Takes a block from the first zone of a list that has one, whatever its marks. @clause GATE-11 */
function takeAnything(zonelist: Zonelist, order: Order): Outcome26 | undefined {
  for (const zone of zonelist) {
    const taken = bufferedRmqueue(zone, order);
    if (taken !== undefined) return taken;
  }
  return undefined;
}

/** What a request needs besides its zones. */
export interface Reclaim {
  readonly wakeKswapd: () => void;
  /** Reclaims memory. Returns how many blocks became free. */
  readonly tryToFreePages: (mask: Gfp, order: Order) => number;
}

/** Ends a request of a task that reclaims or is being killed. @clause GATE-11 */
function allocExempt(mask: Gfp, order: Order, zonelist: Zonelist): Outcome26 {
  if (!mayDrain(mask)) return EXHAUSTED;
  return takeAnything(zonelist, order) ?? (cannotFail(mask) ? STALLED : EXHAUSTED);
}

/**
 * Allocates a block of 2^order pages from one of the zones of a list. Precondition: `order` is one of the machine's.
 * @clause GATE-6 @clause GATE-9 @clause GATE-10 @clause GATE-12
 * @linux mm/page_alloc.c __alloc_pages (2.6.24)
 * @departure RETRY-ENDS where the kernel would wait and try again after a reclaim in vain, the call ends; the next call begins with pages_low
 * @departure KILLER-ENDS where the kernel would have somebody killed and begin anew, the call ends; the caller decides who gives up memory
 */
export function allocPages(mask: Gfp, order: Order, task: Task26, zonelist: Zonelist, reclaim: Reclaim): Outcome26 {
  if (zonelist.length === 0) return EXHAUSTED;
  let page = getPageFromFreelist(zonelist, order, 'pagesLow', 0);
  if (page !== undefined) return page;

  reclaim.wakeKswapd();

  const flags = allocFlags(mask, task.realtime);
  page = getPageFromFreelist(zonelist, order, 'pagesMin', flags);
  if (page !== undefined) return page;

  if (task.exempt) return allocExempt(mask, order, zonelist);
  if (!mayWait(mask)) return EXHAUSTED;

  for (;;) {
    const progress = reclaim.tryToFreePages(mask, order);
    if (progress > 0) {
      page = getPageFromFreelist(zonelist, order, 'pagesMin', flags);
      if (page !== undefined) return page;
    } else if (mayKill(mask)) {
      page = getPageFromFreelist(zonelist, order, 'pagesHigh', 0);
      if (page !== undefined) return page;
      return order > PAGE_ALLOC_COSTLY_ORDER ? EXHAUSTED : OUT_OF_MEMORY;
    }
    if (!doRetry(mask, order)) return EXHAUSTED;
    if (progress === 0) return STALLED;
  }
}
