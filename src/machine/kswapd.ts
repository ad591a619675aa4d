// The task kswapd that reclaims in the background until zones have more than pages_high free.
import { GFP_KSWAPD } from './gfp.ts';
import { nrFreePages } from './machine-zone.ts';
import type { MachineZone } from './machine-zone.ts';
import type { PgData } from './pgdat.ts';
import type { Reclaim, Task } from './reclaim.ts';

/**
 * Reports whether no zone of a class has more than its pages_high free.
 * @clause RECLAIM-3 @linux mm/vmscan.c check_classzone_need_balance
 */
export function checkClasszoneNeedBalance(classZone: MachineZone, { zones }: PgData): boolean {
  for (const zone of zones) {
    if (zone.id <= classZone.id && nrFreePages(zone) > zone.pagesHigh) return false;
  }
  return true;
}

/**
 * Reclaims once from each zone of a node that asks for it, the highest first. Returns whether a zone goes on asking.
 * @clause RECLAIM-3 @linux mm/vmscan.c kswapd_balance_pgdat
 * @departure CLOCK after a reclaim that failed, kswapd sleeps for a second; here the caller has the clock and decides when kswapd runs next
 */
export function kswapdBalancePgdat(pgdat: PgData, task: Task, { reclaimer, classOf, free }: Reclaim): boolean {
  let needMoreBalance = false;
  for (const zone of pgdat.zones.toReversed()) {
    if (zone.needBalance.get(0) === 0) continue;
    if (!reclaimer.tryToFreePagesZone(classOf(zone), GFP_KSWAPD, free(task))) {
      zone.needBalance.put(0, 0);
    } else if (checkClasszoneNeedBalance(zone, pgdat)) {
      needMoreBalance = true;
    } else {
      zone.needBalance.put(0, 0);
    }
  }
  return needMoreBalance;
}

/**
 * Balances every node once. Returns whether a zone goes on asking.
 * @clause RECLAIM-3 @linux mm/vmscan.c kswapd_balance
 */
export function kswapdBalance(pgdatList: readonly PgData[], task: Task, reclaim: Reclaim): boolean {
  let needMoreBalance = false;
  for (const pgdat of pgdatList) {
    if (kswapdBalancePgdat(pgdat, task, reclaim)) needMoreBalance = true;
  }
  return needMoreBalance;
}
