import { isWhole } from '../arithmetic.ts';
import type { Gfp, TaskFlags, ZoneName } from '../../protocol/index.ts';

/** What each bit of a request's mask permits, and which tasks are free of the watermarks. */
const DMA = 0x001;
const HIGHMEM = 0x002;
const WAIT = 0x010;
const EVERY_BIT = 0x1ff;
const MEMALLOC = 0x0800;
const MEMDIE = 0x1000;
const EVERY_FLAG = MEMALLOC | MEMDIE;

/** Whether a number is a mask. @clause GFP-2 */
export const isGfp = (n: number): n is Gfp => isWhole(n) && n <= EVERY_BIT;

/** Whether a number is the flags of a task. */
export const isTaskFlags = (n: number): n is TaskFlags => isWhole(n) && n <= EVERY_FLAG && (n & EVERY_FLAG) === n;

/** The zone that a request would have its block in: the first that is asked, where it has frames. @clause GFP-1 */
export function wantedZone(gfp: Gfp): ZoneName {
  if ((gfp & DMA) !== 0) return 'DMA';
  return (gfp & HIGHMEM) !== 0 ? 'HighMem' : 'Normal';
}

/** Whether the caller can wait. That it is of high priority says nothing here. @clause GFP-3 */
export const mayWait = (gfp: Gfp): boolean => (gfp & WAIT) !== 0;

/** Whether the task is freeing memory itself, or is being killed. @clause WATER-4 */
export const isExempt = (task: TaskFlags): boolean => (task & EVERY_FLAG) !== 0;
