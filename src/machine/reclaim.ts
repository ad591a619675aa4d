// The port through which memory is reclaimed, and direct reclaim by the task that wants memory.
import { NONE, freePagesOk } from '../buddy/buddy.ts';
import { PF_FREE_PAGES, PF_MEMALLOC } from './gfp.ts';
import { grantPages, memclass } from './machine-zone.ts';
import { lockIrqsave, unlockIrqrestore } from '../smp/guard.ts';
import { putPages } from './put-pages.ts';
import { order as orderFrom, pfn } from '../words/unit.ts';
import type { Gfp, NodeId, Order, PageOutcome, Pfn, ZoneName } from '../../protocol/index.ts';
import type { Page } from '../words/unit.ts';
import type { MachineZone } from './machine-zone.ts';
import type { Put } from './put-pages.ts';

/** The zone for which memory is wanted, as a reclaimer sees it. */
export interface ClassZone {
  readonly node: NodeId;
  readonly name: ZoneName;
  /** Reports whether a frame, if it were free, would serve a request of this class. */
  memclass(frame: Pfn): boolean;
}

/** Frees a block that a reclaimer gives up, as the task on whose behalf it works. */
export type Free = (head: Pfn, order: Order) => PageOutcome;

/** The port through which memory is reclaimed: ours is `LruReclaimer`; tests have others. */
export interface Reclaimer {
  /** Notes that a zone asks to be balanced; frees nothing yet. @linux mm/page_alloc.c wakeup_kswapd */
  wakeKswapd(): void;
  /** Frees what it can by `free`. Returns whether it freed enough. @linux mm/vmscan.c try_to_free_pages_zone */
  tryToFreePagesZone(classZone: ClassZone, gfp: Gfp, free: Free): boolean;
  /** Is given the memory that it reclaims from, once, before anything is asked of it. */
  attach?(pages: PageUsers): void;
  /** Reports whether it is a user of an outstanding page itself: that user is not the caller's to take. @clause RECLAIM-5 */
  holds?(head: Pfn): boolean;
}

/** The users of pages, as a page cache counts itself among them. */
export interface PageUsers {
  /** Returns the number of users of an outstanding single page; 0 for any other. */
  usersOf(head: Pfn): number;
  /** Adds a user to the outstanding block at `head`. */
  getPage(head: Pfn): PageOutcome;
  /** Takes a user from the outstanding page at `head`. */
  putPage(head: Pfn): PageOutcome;
}

/** What the kernel keeps of a task in its task_struct. @linux include/linux/sched.h task_struct */
export interface Task {
  flags: number;
  /** The zone, first page and order of the block that was kept; undefined and NONE if no block was. */
  localZone: MachineZone | undefined;
  localPage: Page | typeof NONE;
  localOrder: Order;
  /** The number of blocks that became free in the reclaim under way. */
  freed: number;
}

/** Makes a task that has kept no block. */
export const newTask = (flags: number): Task => ({
  flags,
  localZone: undefined,
  localPage: NONE,
  localOrder: orderFrom(0),
  freed: 0,
});

/**
 * Takes one user from a block on behalf of a task, and frees it if that was the last; keeps the first one of a direct reclaim for
 * the task instead.
 * @clause GIVE-2 @clause RECLAIM-1 @clause RECLAIM-2 @linux mm/page_alloc.c __free_pages_ok
 */
export function putFor(task: Task, zone: MachineZone, head: Pfn, order: Order, isCached: boolean): Put {
  const isKept = (task.flags & PF_FREE_PAGES) !== 0 && task.localZone === undefined;
  const put = putPages(zone, head, order, { isCached, isKept });
  if (put !== 'freed') return put;
  task.freed++;
  if (!isKept) return put;
  task.localZone = zone;
  task.localPage = head - zone.buddy.base;
  task.localOrder = order;
  return put;
}

/**
 * Ends the keeping of a block that a reclaim kept for a request of this order. Returns whether the request gets it; if not, it is
 * free.
 */
function grantKept(zone: MachineZone, page: Page, order: Order, suits: boolean): boolean {
  const flags = lockIrqsave(zone);
  if (suits) grantPages(zone, page, order);
  else freePagesOk(zone.buddy, page, order);
  unlockIrqrestore(zone, flags);
  return suits;
}

/** What reclaiming needs besides the task: the port, and how zones and tasks are shown to it. */
export interface Reclaim {
  readonly reclaimer: Reclaimer;
  readonly classOf: (zone: MachineZone) => ClassZone;
  readonly free: (task: Task) => Free;
}

/**
 * Reclaims for a request that may wait. Returns the first frame of the block that was kept for it and is granted, or NONE.
 * @clause PASS-4 @clause RECLAIM-1 @clause RECLAIM-2 @linux mm/page_alloc.c balance_classzone
 */
export function balanceClasszone(
  classZone: MachineZone,
  gfp: Gfp,
  order: Order,
  task: Task,
  reclaim: Reclaim,
): Pfn | typeof NONE {
  const { reclaimer, classOf, free } = reclaim;
  task.flags |= PF_MEMALLOC | PF_FREE_PAGES;
  task.freed = 0;
  const success = reclaimer.tryToFreePagesZone(classOf(classZone), gfp, free(task));
  task.flags &= ~(PF_MEMALLOC | PF_FREE_PAGES);

  const { localZone: zone, localPage: page, localOrder } = task;
  task.localZone = undefined;
  if (zone === undefined || page === NONE) return NONE;
  const suits = success && localOrder === order && memclass(zone, classZone);
  return grantKept(zone, page, localOrder, suits) ? pfn(zone.buddy.base + page) : NONE;
}
