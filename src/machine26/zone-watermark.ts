// The kernel's test whether a zone may give a block and stay above a mark.

/** What the test reads of a zone. */
export interface WatermarkZone {
  readonly freePages: number;
  /** For each order, the number of free blocks. */
  readonly nrFree: ArrayLike<number>;
  /** For each class of requests, the pages that the zone keeps from it. */
  readonly lowmemReserve: ArrayLike<number>;
}

/** Let through below the mark, because the mask has HIGH. */
export const ALLOC_HIGH = 0x20;
/** Let through further, because the request cannot wait. */
export const ALLOC_HARDER = 0x10;

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

const WAIT = 0x10;
const HIGH = 0x20;

/** Returns the flags of the test at pages_min. @clause GATE-6 @linux mm/page_alloc.c __alloc_pages (2.6.24) */
export function allocFlags(gfp: number): number {
  return ((gfp & WAIT) === 0 ? ALLOC_HARDER : 0) | ((gfp & HIGH) === 0 ? 0 : ALLOC_HIGH);
}

/** Returns the index of the highest zone that a mask permits, in the order DMA, DMA32, Normal, HighMem. @clause GATE-7 @linux include/linux/gfp.h gfp_zone (2.6.24) */
export function gfpZone(gfp: number): number {
  if ((gfp & 0x01) !== 0) return 0;
  if ((gfp & 0x04) !== 0) return 1;
  return (gfp & 0x02) !== 0 ? 3 : 2;
}
