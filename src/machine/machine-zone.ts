// A zone of a machine: a buddy system with a name, watermarks, and counts of the users of its pages.
import { NONE, rmqueue } from '../buddy/buddy.ts';
import { lockIrqsave, unlockIrqrestore } from '../smp/guard.ts';
import { pfn } from '../words/unit.ts';
import { setPageCount } from './page.ts';
import type { Allocator } from '../buddy/allocator.ts';
import type { Balance, NodeId, Order, Pfn, Watermarks, ZoneLimits, ZoneName } from '../../protocol/index.ts';
import type { Count, Page } from '../words/unit.ts';
import type { Field } from '../words/field.ts';
import type { Guarded } from '../smp/guard.ts';
import type { PageCounts } from './page.ts';
import type { Zone } from '../buddy/zone.ts';

/** The zones of a node, by their number. @linux include/linux/mmzone.h MAX_NR_ZONES */
export const ZONE_NAMES: readonly ZoneName[] = ['DMA', 'Normal', 'HighMem'];

/** A zone of a machine: its buddy system, its watermarks, the users of its pages, its lock. @linux include/linux/mmzone.h zone_t */
export interface MachineZone extends Guarded {
  /** The zone's place among all zones of the machine. */
  readonly place: number;
  readonly node: NodeId;
  readonly name: ZoneName;
  /** 0 for DMA, 1 for Normal, 2 for HighMem. */
  readonly id: number;
  readonly buddy: Zone;
  /** The public face of `buddy`. */
  readonly allocator: Allocator;
  readonly counts: PageCounts;
  readonly pagesMin: number;
  readonly pagesLow: number;
  readonly pagesHigh: number;
  /** One word: 1 if the zone asks to be balanced. It is written without the lock. */
  readonly needBalance: Field<number, 0 | 1>;
}

const MIB = 2 ** 20;

/** Returns a PC's limits, in pages of a size: DMA up to 16 MiB, Normal up to 896. @clause ZONE-1 @linux arch/i386/mm/init.c paging_init */
export const i386Limits = (pageSize: number): ZoneLimits => ({
  dma: pfn((16 * MIB) / pageSize),
  normal: pfn((896 * MIB) / pageSize),
});

/** The balance that 2.4.22 has unless the command line says otherwise. @clause WATER-1 @linux mm/page_alloc.c zone_balance_ratio */
const BALANCE: Balance = { ratio: 128, least: 20, most: 255 };

/** The balance of 2.4.22, for all three zones. @clause WATER-1 */
export const DEFAULT_BALANCE: Readonly<Record<ZoneName, Balance>> = { DMA: BALANCE, Normal: BALANCE, HighMem: BALANCE };

/** Divides the frames [first, end) of a node into zones; leaves out zones without frames. @clause ZONE-1 */
export function zoneSizes(
  { dma, normal }: ZoneLimits,
  first: number,
  end: number,
): readonly { readonly name: ZoneName; readonly base: Pfn; readonly pages: number }[] {
  const bounds: readonly (readonly [name: ZoneName, from: number, to: number])[] = [
    ['DMA', 0, dma],
    ['Normal', dma, normal],
    ['HighMem', normal, Infinity],
  ];
  return bounds
    .map(([name, from, to]) => {
      const base = pfn(Math.max(first, from));
      return { name, base, pages: Math.min(end, to) - base };
    })
    .filter(({ pages }) => pages > 0);
}

/** Returns the watermarks of a zone that has `realsize` pages besides its holes. @clause WATER-1 @linux mm/page_alloc.c free_area_init_core */
export function watermarks({ ratio, least, most }: Balance, realsize: number): Watermarks {
  let mask = Math.floor(realsize / ratio);
  if (mask < least) mask = least;
  else if (mask > most) mask = most;
  return { min: mask, low: mask * 2, high: mask * 3 };
}

/** Returns the number of a zone's free pages. It is read without the lock: it may be another one at once. @clause SMP-5 */
export const nrFreePages = (zone: MachineZone): Count => zone.buddy.counters.get(0);

/**
 * Takes a block from a zone and grants it, under the zone's lock. Returns its first page, or NONE.
 * @clause PAGE-3 @clause PASS-7 @clause SMP-6 @linux mm/page_alloc.c rmqueue
 */
export function takePages(zone: MachineZone, order: Order): Page | typeof NONE {
  const flags = lockIrqsave(zone);
  const page = rmqueue(zone.buddy, order);
  if (page !== NONE) grantPages(zone, page, order);
  unlockIrqrestore(zone, flags);
  return page;
}

/**
 * Grants a block that is on no list: records its order, and that it has one user. If the machine has several processors, the
 * caller holds the zone's lock.
 * @clause PAGE-1
 * @departure COUNTED-ABOVE the count of users is set by the caller of the buddy system, which has none; the kernel's rmqueue sets it itself
 * @departure USERS-LOCKED users are counted under the zone's lock, so that a free and a second free at once are a free and a double free; the kernel counts them without it, and notices neither
 */
export function grantPages(zone: MachineZone, page: Page, order: Order): void {
  zone.buddy.owners.grant(page, order);
  setPageCount(zone.counts, page, 1);
}

/** Reports whether a zone serves requests of a class zone. @clause RECLAIM-1 @linux include/linux/mmzone.h memclass */
export const memclass = (zone: MachineZone, classZone: MachineZone): boolean =>
  zone.node === classZone.node && zone.id <= classZone.id;
