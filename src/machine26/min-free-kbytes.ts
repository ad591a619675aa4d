// How the kernel sets the watermarks and reserves of its zones, from their sizes and min_free_kbytes.
import type { Settings26 } from '../../protocol/index.ts';

/** What the pages above each zone are divided by, unless it is set. @clause GATE-4 @linux mm/page_alloc.c sysctl_lowmem_reserve_ratio (2.6.24) */
export const DEFAULT_RATIOS: Settings26['ratios'] = { DMA: 256, DMA32: 256, Normal: 32 };

/** A zone and what is set in it. */
export interface TunedZone {
  readonly presentPages: number;
  readonly isHighmem: boolean;
  pagesMin: number;
  pagesLow: number;
  pagesHigh: number;
  lowmemReserve: number[];
}

/** Returns a zone in which nothing is set. */
export const tunedZone = (presentPages: number, isHighmem: boolean): TunedZone => ({
  presentPages,
  isHighmem,
  pagesMin: 0,
  pagesLow: 0,
  pagesHigh: 0,
  lowmemReserve: [],
});

/** Returns the largest whole number whose square is at most n, without a root. @linux lib/int_sqrt.c int_sqrt (2.6.24) */
function intSqrt(n: number): number {
  let root = 0;
  for (let bit = 2 ** 15; bit >= 1; bit /= 2) if ((root + bit) ** 2 <= n) root += bit;
  return root;
}

/** Returns what min_free_kbytes begins as. @clause GATE-5 @linux mm/page_alloc.c init_per_zone_pages_min (2.6.24) */
export function initMinFreeKbytes(lowmemKbytes: number): number {
  const kbytes = intSqrt(lowmemKbytes * 16);
  if (kbytes < 128) return 128;
  return kbytes > 65536 ? 65536 : kbytes;
}

/** Sets the watermarks of all zones. @clause GATE-5 @linux mm/page_alloc.c setup_per_zone_pages_min (2.6.24) */
export function setupPerZonePagesMin(zones: readonly TunedZone[], pagesMin: number): void {
  let lowmem = 0;
  for (const zone of zones) if (!zone.isHighmem) lowmem += zone.presentPages;
  for (const zone of zones) {
    const share = lowmem === 0 ? 0 : Math.floor((pagesMin * zone.presentPages) / lowmem);
    zone.pagesMin = share;
    if (zone.isHighmem) {
      const few = Math.floor(zone.presentPages / 1024);
      zone.pagesMin = few < 32 ? 32 : few > 128 ? 128 : few;
    }
    zone.pagesLow = zone.pagesMin + (share >> 2);
    zone.pagesHigh = zone.pagesMin + (share >> 1);
  }
}

/** Sets what the zones of a node keep from each class, going down from the class. @clause GATE-4 @linux mm/page_alloc.c setup_per_zone_lowmem_reserve (2.6.24) */
export function setupPerZoneLowmemReserve(zones: readonly TunedZone[], ratios: ArrayLike<number>): void {
  for (const zone of zones) zone.lowmemReserve = zones.map(() => 0);
  for (let of = 0; of < zones.length; of++) {
    let present = zones[of]?.presentPages ?? 0;
    for (let at = of - 1; at >= 0; at--) {
      const zone = zones[at];
      if (zone === undefined) continue;
      zone.lowmemReserve[of] = Math.floor(present / Math.max(1, ratios[at] ?? 1));
      present += zone.presentPages;
    }
  }
}
