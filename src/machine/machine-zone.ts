import { NONE, rmqueue } from '../buddy/buddy.ts';
import { order as orderFrom } from '../words/unit.ts';
import { setPageCount } from './page.ts';
import type { Allocator } from '../buddy/allocator.ts';
import type { Balance, NodeId, Watermarks, ZoneLimits, ZoneName } from '../../protocol/index.ts';
import type { Field } from '../words/field.ts';
import type { Zone } from '../buddy/zone.ts';

/** The zones of a node by their number. @linux include/linux/mmzone.h MAX_NR_ZONES */
export const ZONE_NAMES: readonly ZoneName[] = ['DMA', 'Normal', 'HighMem'];

/** A zone of a machine: its buddy system, its watermarks, the users of its pages. @linux include/linux/mmzone.h zone_t */
export interface MachineZone {
  /** Among all zones of the machine. */
  readonly place: number;
  readonly node: NodeId;
  readonly name: ZoneName;
  /** 0 for DMA, 1 for Normal, 2 for HighMem. */
  readonly id: number;
  readonly buddy: Zone;
  readonly allocator: Allocator;
  readonly counts: Field;
  readonly pagesMin: number;
  readonly pagesLow: number;
  readonly pagesHigh: number;
  /** The zone asks to be balanced. */
  needBalance: boolean;
}

/** A PC's: DMA up to 16 MiB, Normal up to 896. @clause ZONE-1 @linux arch/i386/mm/init.c paging_init */
export const I386_LIMITS: { readonly dma: number; readonly normal: number } = { dma: 4096, normal: 229376 };

/** What 2.4.22 sets where nobody says otherwise. @clause WATER-1 @linux mm/page_alloc.c zone_balance_ratio */
const BALANCE: Balance = { ratio: 128, least: 20, most: 255 };

/** The same for all three zones. @clause WATER-1 */
export const DEFAULT_BALANCE: Readonly<Record<ZoneName, Balance>> = { DMA: BALANCE, Normal: BALANCE, HighMem: BALANCE };

/** The frames [first, end) of a node, by zone; zones without frames are left out. @clause ZONE-1 */
export function zoneSizes(
  { dma, normal }: ZoneLimits,
  first: number,
  end: number,
): readonly { readonly name: ZoneName; readonly base: number; readonly pages: number }[] {
  const bounds = [0, dma, normal, Infinity];
  return ZONE_NAMES.map((name, id) => {
    const base = Math.max(first, bounds[id] ?? 0);
    return { name, base, pages: Math.min(end, bounds[id + 1] ?? 0) - base };
  }).filter(({ pages }) => pages > 0);
}

/** The watermarks of a zone with so many pages that are there. @clause WATER-1 @linux mm/page_alloc.c free_area_init_core */
export function watermarks({ ratio, least, most }: Balance, realsize: number): Watermarks {
  let mask = Math.floor(realsize / ratio);
  if (mask < least) mask = least;
  else if (mask > most) mask = most;
  return { min: mask, low: mask * 2, high: mask * 3 };
}

/** Pages that are free. */
export const nrFreePages = (zone: MachineZone): number => zone.buddy.counters.get(0);

/**
 * Takes a block out of a zone and gives it one user. Returns the index of its first page, or NONE.
 * @clause PAGE-3 @clause PASS-7 @linux mm/page_alloc.c rmqueue
 */
export function takePages(zone: MachineZone, order: number): number {
  const page = rmqueue(zone.buddy, order);
  if (page === NONE) return NONE;
  grantPages(zone, page, order);
  return page;
}

/**
 * Grants a block that is on no list: records its order, and that it has one user.
 * @clause PAGE-1
 * @departure COUNTED-ABOVE the count of users is set by the caller of the buddy system, which has none; the kernel's rmqueue sets it itself
 */
export function grantPages({ buddy, counts }: MachineZone, page: number, order: number): void {
  buddy.owners.grant(page, orderFrom(order));
  setPageCount(counts, page, 1);
}

/** Whether a zone serves requests of a class zone. @clause RECLAIM-1 @linux include/linux/mmzone.h memclass */
export const memclass = (zone: MachineZone, classZone: MachineZone): boolean =>
  zone.node === classZone.node && zone.id <= classZone.id;
