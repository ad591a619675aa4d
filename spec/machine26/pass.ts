/** The passes of 2.6.24: which mark a request is held to, one after the other, until it is refused. */
import { isHigh, mayKill, waits, waivesMarks } from './gfp.ts';
import type { Gfp, Watermarks } from '../../protocol/index.ts';
import type { Hurry } from './watermark.ts';

/** One pass over the zones of the list; no mark at all for a task that reclaims or is being killed. */
export interface Pass {
  readonly mark: keyof Watermarks | 'none';
  readonly hurry: Hurry;
}

/** Nothing is let through below the mark. */
export const PATIENT: Hurry = { high: false, harder: false };

/** Returns who a request is below pages_min; `realtime` if a realtime task makes it. @clause GATE-6 */
export const hurryOf = (gfp: Gfp, realtime = false): Hurry => ({ high: isHigh(gfp), harder: realtime || !waits(gfp) });

/**
 * Returns the passes that a request makes before it is refused, for a task that reclaims (`exempt`) or not; `killer` asks for the
 * pass before the out-of-memory killer is called, which only a request with FS and without NORETRY makes. @clause GATE-6
 */
export function passesOf(gfp: Gfp, exempt: boolean, killer: boolean): readonly Pass[] {
  const min: Pass = { mark: 'min', hurry: hurryOf(gfp) };
  const first: readonly Pass[] = [{ mark: 'low', hurry: PATIENT }, min];
  if (exempt) return waivesMarks(gfp) ? [...first, { mark: 'none', hurry: PATIENT }] : first;
  return killer && waits(gfp) && mayKill(gfp) ? [...first, { mark: 'high', hurry: PATIENT }] : first;
}
