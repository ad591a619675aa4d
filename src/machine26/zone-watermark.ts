// The kernel's test whether a zone may give a block and stay above a mark.
import { ALLOC_HARDER, ALLOC_HIGH } from './gfp.ts';

/** What the test reads of a zone. */
export interface WatermarkZone {
  readonly freePages: number;
  /** For each order, the number of free blocks. */
  readonly nrFree: ArrayLike<number>;
  /** For each class of requests, the pages that the zone keeps from it. */
  readonly lowmemReserve: ArrayLike<number>;
}

/**
 * Reports whether a zone has a mark's pages left after it gives a block of an order; `classIndex` is the index of the class zone.
 * @clause GATE-1 @clause GATE-2 @clause GATE-3
 * @linux mm/page_alloc.c zone_watermark_ok (2.6.24)
 */
export function zoneWatermarkOk(
  zone: WatermarkZone,
  order: number,
  mark: number,
  classIndex: number,
  flags: number,
): boolean {
  let min = mark;
  let free = zone.freePages - 2 ** order + 1;
  if ((flags & ALLOC_HIGH) !== 0) min -= Math.floor(min / 2);
  if ((flags & ALLOC_HARDER) !== 0) min -= Math.floor(min / 4);
  if (free <= min + (zone.lowmemReserve[classIndex] ?? 0)) return false;
  for (let at = 0; at < order; at++) {
    free -= (zone.nrFree[at] ?? 0) * 2 ** at;
    min = Math.floor(min / 2);
    if (free <= min) return false;
  }
  return true;
}
