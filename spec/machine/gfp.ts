/** The masks of requests and the flags of tasks, as 2.4.22 numbers them. */
import type { Gfp, TaskFlags, ZoneName } from '../../protocol/index.ts';

const DMA = 0x001;
const HIGHMEM = 0x002;
const WAIT = 0x010;
const HIGH = 0x020;
const IO = 0x040;
const HIGHIO = 0x080;
const FS = 0x100;
const EVERY_BIT = DMA | HIGHMEM | WAIT | HIGH | IO | HIGHIO | FS;

const MEMALLOC = 0x0800;
const MEMDIE = 0x1000;
const EVERY_FLAG = MEMALLOC | MEMDIE;

/** Reports whether a number is a mask: it has no bits but those with a name. @clause GFP-2 */
export const isGfp = (n: number): n is Gfp => (n & EVERY_BIT) === n;

/** Reports whether a number is the flags of a task. @clause GFP-2 */
export const isTaskFlags = (n: number): n is TaskFlags => (n & EVERY_FLAG) === n;

/** Returns the zone that a request wants. It is tried first, if it has frames. @clause GFP-1 */
export function wantedZone(gfp: Gfp): ZoneName {
  if ((gfp & (DMA | HIGHMEM)) === HIGHMEM) return 'HighMem';
  return (gfp & DMA) === 0 ? 'Normal' : 'DMA';
}

/** Reports whether the caller may wait. The bit HIGH says nothing about that. @clause GFP-3 */
export const mayWait = (gfp: Gfp): boolean => (gfp & WAIT) !== 0;

/** Reports whether a reclaim may enter the filesystem. @clause RECLAIM-7 */
export const mayEnterFs = (gfp: Gfp): boolean => (gfp & FS) === FS;

/** Reports whether a reclaim may start I/O on a page: on one of high memory only if two bits are set. @clause RECLAIM-8 @clause RECLAIM-9 */
export function mayStartIo(gfp: Gfp, isHighmem: boolean): boolean {
  const needed = isHighmem ? IO | HIGHIO : IO;
  return (gfp & needed) === needed;
}

/** Reports whether a task ignores the watermarks, because it is reclaiming or being killed. @clause WATER-4 */
export const isExempt = (task: TaskFlags): boolean => (task & EVERY_FLAG) !== 0;
