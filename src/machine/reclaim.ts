import { PF_FREE_PAGES, PF_MEMALLOC } from './gfp.ts';
import { NONE, freePagesOk } from '../buddy/buddy.ts';
import { grantPages, memclass } from './machine-zone.ts';
import type { Gfp, NodeId, Order, PageOutcome, Pfn, ZoneName } from '../../protocol/index.ts';
import type { MachineZone } from './machine-zone.ts';

/** What a reclaimer is told of the zone that memory is wanted for. */
export interface ClassZone {
  readonly node: NodeId;
  readonly name: ZoneName;
  /** Whether a frame, if it were free, would serve a request of this class. */
  memclass(frame: Pfn): boolean;
}

/** How a reclaimer frees what it gives up: as the caller on whose behalf it works. */
export type Free = (head: Pfn, order: Order) => PageOutcome;

/** The port through which memory is got back: ours is `LruReclaimer`; tests have others. */
export interface Reclaimer {
  /** Somebody asks for balance; nothing is freed yet. @linux mm/page_alloc.c wakeup_kswapd */
  wakeKswapd(): void;
  /** Frees what it can by `free`; whether it freed enough. @linux mm/vmscan.c try_to_free_pages_zone */
  tryToFreePagesZone(classZone: ClassZone, gfp: Gfp, free: Free): boolean;
}

/** What the kernel keeps of a task in its task_struct. @linux include/linux/sched.h task_struct */
export interface Task {
  flags: number;
  /** The block that was kept: its zone, first page and order; no zone where there is none. */
  localZone: MachineZone | undefined;
  localPage: number;
  localOrder: number;
  /** Blocks that became free in the reclaim under way. */
  freed: number;
}

export const newTask = (flags: number): Task => ({
  flags,
  localZone: undefined,
  localPage: NONE,
  localOrder: 0,
  freed: 0,
});

/**
 * Makes a block free whose last user is gone; the first one of a direct reclaim is kept for the task instead.
 * @clause RECLAIM-1 @clause RECLAIM-2 @linux mm/page_alloc.c __free_pages_ok
 */
export function freeFor(task: Task, zone: MachineZone, page: number, order: number): void {
  task.freed++;
  zone.buddy.owners.free(page);
  if ((task.flags & PF_FREE_PAGES) === 0 || task.localZone !== undefined) {
    freePagesOk(zone.buddy, page, order);
    return;
  }
  task.localZone = zone;
  task.localPage = page;
  task.localOrder = order;
}

/** What `balanceClasszone` needs besides the task. */
export interface Reclaim {
  readonly reclaimer: Reclaimer;
  readonly classOf: (zone: MachineZone) => ClassZone;
  readonly free: (task: Task) => Free;
}

/**
 * Reclaims for a request that may wait; the frame of the block that was kept for it, or NONE.
 * @clause PASS-4 @clause RECLAIM-1 @clause RECLAIM-2 @linux mm/page_alloc.c balance_classzone
 */
export function balanceClasszone(
  classZone: MachineZone,
  gfp: Gfp,
  order: number,
  task: Task,
  reclaim: Reclaim,
): number {
  const { reclaimer, classOf, free } = reclaim;
  task.flags |= PF_MEMALLOC | PF_FREE_PAGES;
  task.freed = 0;
  const success = reclaimer.tryToFreePagesZone(classOf(classZone), gfp, free(task));
  task.flags &= ~(PF_MEMALLOC | PF_FREE_PAGES);

  const { localZone: zone, localPage: page, localOrder } = task;
  task.localZone = undefined;
  if (zone === undefined) return NONE;
  if (success && localOrder === order && memclass(zone, classZone)) {
    grantPages(zone, page, order);
    return zone.buddy.base + page;
  }
  freePagesOk(zone.buddy, page, localOrder);
  return NONE;
}
