// The masks of requests and the flags of tasks, as 2.4.22 numbers them.
import { gfp, taskFlags, zonelessGfp } from '../words/unit.ts';
import type { Gfp, TaskFlags, ZonelessGfp } from '../../protocol/index.ts';

const DMA = 0x01;
const HIGHMEM = 0x02;
const WAIT = 0x10;
const HIGH = 0x20;
const IO = 0x40;
const HIGHIO = 0x80;
const FS = 0x100;

/** The bits of a mask that choose its zonelist. @linux include/linux/mmzone.h GFP_ZONEMASK */
export const GFP_ZONEMASK = 0x0f;

/** Cannot sleep: interrupt handlers. @clause GFP-2 @linux include/linux/mm.h GFP_ATOMIC */
export const GFP_ATOMIC: ZonelessGfp = zonelessGfp(HIGH);

/** May sleep, may start no I/O. @clause GFP-2 @linux include/linux/mm.h GFP_NOIO */
export const GFP_NOIO: ZonelessGfp = zonelessGfp(HIGH | WAIT);

/** May start I/O on low memory alone. @clause GFP-2 @linux include/linux/mm.h GFP_NOHIGHIO */
export const GFP_NOHIGHIO: ZonelessGfp = zonelessGfp(HIGH | WAIT | IO);

/** May not enter a filesystem. @clause GFP-2 @linux include/linux/mm.h GFP_NOFS */
export const GFP_NOFS: ZonelessGfp = zonelessGfp(HIGH | WAIT | IO | HIGHIO);

/** An ordinary request of the kernel. @clause GFP-2 @linux include/linux/mm.h GFP_KERNEL */
export const GFP_KERNEL: ZonelessGfp = zonelessGfp(HIGH | WAIT | IO | HIGHIO | FS);

/** GFP_KERNEL by its old name. @clause GFP-2 @linux include/linux/mm.h GFP_NFS */
export const GFP_NFS: ZonelessGfp = GFP_KERNEL;

/** A request on behalf of a user's program. @clause GFP-2 @linux include/linux/mm.h GFP_USER */
export const GFP_USER: ZonelessGfp = zonelessGfp(WAIT | IO | HIGHIO | FS);

/** A request of kswapd itself. @clause GFP-2 @linux include/linux/mm.h GFP_KSWAPD */
export const GFP_KSWAPD: ZonelessGfp = GFP_USER;

/** A page of a user's program, in high memory if there is any. @clause GFP-2 @linux include/linux/mm.h GFP_HIGHUSER */
export const GFP_HIGHUSER: Gfp = gfp(GFP_USER | HIGHMEM);

/** Memory for old devices; without another mask the request cannot wait. @clause GFP-2 @linux include/linux/mm.h GFP_DMA */
export const GFP_DMA: Gfp = gfp(DMA);

/** Adds a zone modifier to a mask that has none. @clause GFP-1 */
export const withZone = (mask: ZonelessGfp, modifier: 'DMA' | 'HIGHMEM'): Gfp =>
  gfp(mask | (modifier === 'DMA' ? DMA : HIGHMEM));

/** Adds DMA to a mask; DMA takes precedence over HIGHMEM. @clause GFP-1 */
export const withDma = (mask: Gfp): Gfp => gfp(mask | DMA);

/** Reports whether the caller may sleep. HIGH has no effect, here or anywhere. @clause GFP-3 */
export const mayWait = (mask: Gfp): boolean => (mask & WAIT) !== 0;

/** Reports whether reclaim may enter the filesystem: to write a page, or to wait for one. @clause RECLAIM-7 @linux include/linux/mm.h __GFP_FS */
export const mayEnterFs = (mask: Gfp): boolean => (mask & FS) !== 0;

/** Reports whether reclaim may start I/O on the buffers of a page, of high memory or not. @clause RECLAIM-8 @clause RECLAIM-9 @linux include/linux/mm.h __GFP_IO */
export const mayStartIo = (mask: Gfp, isHighmem: boolean): boolean =>
  (mask & IO) !== 0 && (!isHighmem || (mask & HIGHIO) !== 0);

/** Reports whether a mask asks for high memory: the granted block may have no address. @clause PAGE-6 */
export const wantsHighmem = (mask: Gfp): boolean => (mask & (HIGHMEM | DMA)) === HIGHMEM;

/** The task reclaims memory itself. @clause WATER-4 @linux include/linux/sched.h PF_MEMALLOC */
export const PF_MEMALLOC: TaskFlags = taskFlags(0x800);

/** The task is being killed because memory is short. @clause WATER-4 @linux include/linux/sched.h PF_MEMDIE */
export const PF_MEMDIE: TaskFlags = taskFlags(0x1000);

/** The first block that the task frees is kept for it. @clause RECLAIM-1 @linux include/linux/sched.h PF_FREE_PAGES */
export const PF_FREE_PAGES: TaskFlags = taskFlags(0x2000);

/** A task without flags. */
export const PF_NONE: TaskFlags = taskFlags(0);

/** Reports whether a task ignores the watermarks. @clause WATER-4 */
export const isExempt = (flags: number): boolean => (flags & (PF_MEMALLOC | PF_MEMDIE)) !== 0;

/** Reports whether a number has no bits but these: `&` gives a whole number of them, so nothing else is equal to it. */
const isWithin = (n: number, bits: number): boolean => (n & bits) === n;

/** Reports whether a number is a mask. @clause GFP-2 */
export const isGfp = (n: number): boolean => isWithin(n, DMA | HIGHMEM | GFP_KERNEL);

/** Reports whether a number is flags that a caller may have. @clause GFP-2 */
export const isTaskFlags = (n: number): boolean => isWithin(n, PF_MEMALLOC | PF_MEMDIE);
