// The masks of requests, as 2.6.24 numbers them.
import { gfp } from '../words/unit.ts';
import type { Gfp } from '../../protocol/index.ts';

const DMA = 0x01;
const HIGHMEM = 0x02;
const DMA32 = 0x04;
const WAIT = 0x10;
const HIGH = 0x20;
const IO = 0x40;
const FS = 0x80;
const REPEAT = 0x400;
const NOFAIL = 0x800;
const NORETRY = 0x1000;
const NOMEMALLOC = 0x10000;

/** All bits that 2.6.24 has a meaning for: 0x08 and 0x2000 have none. @linux include/linux/gfp.h __GFP_BITS_MASK (2.6.24) */
const BITS = 0x1fdff7;

/** Cannot sleep: interrupt handlers. @clause GATE-8 @linux include/linux/gfp.h GFP_ATOMIC (2.6.24) */
export const GFP_ATOMIC26: Gfp = gfp(HIGH);

/** An ordinary request of the kernel. @clause GATE-8 @linux include/linux/gfp.h GFP_KERNEL (2.6.24) */
export const GFP_KERNEL26: Gfp = gfp(WAIT | IO | FS);

/** May sleep, may not enter a filesystem. @clause GATE-8 @linux include/linux/gfp.h GFP_NOFS (2.6.24) */
export const GFP_NOFS26: Gfp = gfp(WAIT | IO);

/** Reports whether a number is a mask. @clause GATE-8 */
export const isGfp = (n: number): boolean => Number.isInteger(n) && n >= 0 && n <= BITS && (n & ~BITS) === 0;

/** Let through below the mark, because the mask has HIGH. */
export const ALLOC_HIGH = 0x20;
/** Let through further, because the request cannot wait or its task is a realtime one. */
export const ALLOC_HARDER = 0x10;

/** Returns the flags of the test at pages_min. @clause GATE-6 @linux mm/page_alloc.c __alloc_pages (2.6.24) */
export function allocFlags(mask: number, isRealtime = false): number {
  return ((mask & WAIT) === 0 || isRealtime ? ALLOC_HARDER : 0) | ((mask & HIGH) === 0 ? 0 : ALLOC_HIGH);
}

/** Returns the index of the highest zone that a mask permits, in the order DMA, DMA32, Normal, HighMem. @clause GATE-7 @linux include/linux/gfp.h gfp_zone (2.6.24) */
export function gfpZone(mask: number): number {
  if ((mask & DMA) !== 0) return 0;
  if ((mask & DMA32) !== 0) return 1;
  return (mask & HIGHMEM) !== 0 ? 3 : 2;
}

/** Reports whether the caller may sleep. @clause GATE-10 */
export const mayWait = (mask: number): boolean => (mask & WAIT) !== 0;

/** Reports whether a task that reclaims, or is being killed, may take the last pages. @clause GATE-11 @linux include/linux/gfp.h __GFP_NOMEMALLOC (2.6.24) */
export const mayDrain = (mask: number): boolean => (mask & NOMEMALLOC) === 0;

/** Reports whether the caller cannot handle failure. @clause GATE-11 @clause GATE-12 @linux include/linux/gfp.h __GFP_NOFAIL (2.6.24) */
export const cannotFail = (mask: number): boolean => (mask & NOFAIL) !== 0;

/** Reports whether the killer may be called. @clause GATE-12 */
export const mayKill = (mask: number): boolean => (mask & FS) !== 0 && (mask & NORETRY) === 0;

/** The largest order that is worth a kill, and a retry that nobody asked for. @linux include/linux/mmzone.h PAGE_ALLOC_COSTLY_ORDER (2.6.24) */
export const PAGE_ALLOC_COSTLY_ORDER = 3;

/** Reports whether a request is tried again. @clause GATE-12 @linux mm/page_alloc.c __alloc_pages (2.6.24) */
export function doRetry(mask: number, order: number): boolean {
  if ((mask & NORETRY) !== 0) return false;
  return order <= PAGE_ALLOC_COSTLY_ORDER || (mask & (REPEAT | NOFAIL)) !== 0;
}
