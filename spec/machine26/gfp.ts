/** The mask of a request to 2.6.24: what its bits permit. */
import type { Gfp, ZoneName26 } from '../../protocol/index.ts';

const DMA = 0x01;
const HIGHMEM = 0x02;
const DMA32 = 0x04;
const WAIT = 0x10;
const HIGH = 0x20;
const IO = 0x40;
const FS = 0x80;
const COLD = 0x100;
const NOWARN = 0x200;
const REPEAT = 0x400;
const NOFAIL = 0x800;
const NORETRY = 0x1000;
const COMP = 0x4000;
const ZERO = 0x8000;
const NOMEMALLOC = 0x10000;
const HARDWALL = 0x20000;
const THISNODE = 0x40000;
const RECLAIMABLE = 0x80000;
const MOVABLE = 0x100000;

const ALL = [
  ...[DMA, HIGHMEM, DMA32, WAIT, HIGH, IO, FS, COLD, NOWARN, REPEAT, NOFAIL, NORETRY, COMP, ZERO],
  ...[NOMEMALLOC, HARDWALL, THISNODE, RECLAIMABLE, MOVABLE],
].reduce((mask, bit) => mask + bit, 0);

const has = (gfp: Gfp, bit: number): boolean => (gfp & bit) !== 0;

/** Reports whether a number is a mask: whole, and of these bits alone. @clause GATE-8 */
export const isGfp26 = (n: number): n is Gfp => Number.isInteger(n) && n >= 0 && n <= ALL && (n & ~ALL) === 0;

/** Returns the highest zone that a mask permits. @clause GATE-7 */
export function highestZone(gfp: Gfp): ZoneName26 {
  if (has(gfp, DMA)) return 'DMA';
  if (has(gfp, DMA32)) return 'DMA32';
  return has(gfp, HIGHMEM) ? 'HighMem' : 'Normal';
}

/** Reports whether a request may wait for memory. @clause GATE-6 */
export const waits = (gfp: Gfp): boolean => has(gfp, WAIT);

/** Reports whether a request may use what is kept for emergencies. @clause GATE-1 */
export const isHigh = (gfp: Gfp): boolean => has(gfp, HIGH);

/** Reports whether the marks are waived for a task that reclaims or is being killed. @clause GATE-11 */
export const waivesMarks = (gfp: Gfp): boolean => !has(gfp, NOMEMALLOC);

/** Reports whether a request is tried for ever. @clause GATE-11 @clause GATE-12 */
export const neverFails = (gfp: Gfp): boolean => has(gfp, NOFAIL);

/** Reports whether somebody may be killed for a request. @clause GATE-6 */
export const mayKill = (gfp: Gfp): boolean => has(gfp, FS) && !has(gfp, NORETRY);

/** The largest order that is tried for ever without being asked to, and that somebody is killed for. */
const LARGEST_RETRIED = 3;

/** Reports whether an order is too large for somebody to be killed for it. @clause GATE-12 */
export const isCostly = (order: number): boolean => order > LARGEST_RETRIED;

/** Reports whether a request is tried again after a reclaim. @clause GATE-12 */
export const isRetried26 = (gfp: Gfp, order: number): boolean =>
  !has(gfp, NORETRY) && (!isCostly(order) || has(gfp, REPEAT) || neverFails(gfp));
