/** The passes of 2.6.24: which mark a request is held to, one after the other, until it is refused. */
import type { Gfp, Watermarks } from '../../protocol/index.ts';
import type { Hurry } from './watermark.ts';

const DMA = 0x01;
const HIGHMEM = 0x02;
const DMA32 = 0x04;
const WAIT = 0x10;
const HIGH = 0x20;
const FS = 0x80;
const NORETRY = 0x1000;

/** A zone of 2.6.24. */
export type ZoneName26 = 'DMA' | 'DMA32' | 'Normal' | 'HighMem' | 'Movable';

/** One pass over the zones of the list; no mark at all for a task that reclaims or is being killed. */
export interface Pass {
  readonly mark: keyof Watermarks | 'none';
  readonly hurry: Hurry;
}

const has = (gfp: Gfp, bit: number): boolean => (gfp & bit) !== 0;

/** Returns the highest zone that a mask permits. @clause GATE-7 */
export function highestZone(gfp: Gfp): ZoneName26 {
  if (has(gfp, DMA)) return 'DMA';
  if (has(gfp, DMA32)) return 'DMA32';
  return has(gfp, HIGHMEM) ? 'HighMem' : 'Normal';
}

/** Reports whether a request may wait for memory. @clause GATE-6 */
export const waits = (gfp: Gfp): boolean => has(gfp, WAIT);

const PATIENT: Hurry = { high: false, harder: false };

/** Returns who a request is below pages_min. @clause GATE-6 */
export const hurryOf = (gfp: Gfp): Hurry => ({ high: has(gfp, HIGH), harder: !waits(gfp) });

/**
 * Returns the passes that a request makes before it is refused, for a task that reclaims (`exempt`) or not; `killer` asks for the
 * pass before the out-of-memory killer is called, which only a request with FS and without NORETRY makes. @clause GATE-6
 */
export function passesOf(gfp: Gfp, exempt: boolean, killer: boolean): readonly Pass[] {
  const min: Pass = { mark: 'min', hurry: hurryOf(gfp) };
  const first: readonly Pass[] = [{ mark: 'low', hurry: PATIENT }, min];
  if (exempt) return [...first, { mark: 'none', hurry: PATIENT }];
  const kills = killer && waits(gfp) && has(gfp, FS) && !has(gfp, NORETRY);
  return kills ? [...first, { mark: 'high', hurry: PATIENT }] : first;
}
