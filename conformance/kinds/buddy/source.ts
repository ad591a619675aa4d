/** The cases of a search over the buddy system, and what a run must have seen. */
import { FREE_MISUSES, NEEDED, isClaimed } from './misuse.ts';
import { generate } from './generate.ts';
import { isPowerOfTwo } from './drive/arena.ts';
import type { BuddyCoverage, BuddySight } from './sights.ts';
import type { Case } from './case.ts';
import type { Source, Sweep } from '../../judge/kind.ts';
import type { Unseen } from '../../judge/coverage.ts';

const MUST: readonly BuddySight[] = ['arena ready', 'emptied arena', 'refusal'];
const WITH_LARGER_BLOCKS: readonly BuddySight[] = ['split', 'grant across frames granted apart before'];
const ODD: BuddySight = 'arena not a power of two';

/** Returns what a run must have seen before its silence means anything, and has not seen; nothing that it was not free to see. */
export function unseenIn({ claims, orders, pages }: Sweep, { counts }: BuddyCoverage): readonly Unseen[] {
  const some = (list: readonly number[], is: (n: number) => boolean): boolean => list.length === 0 || list.some(is);
  const large = some(pages, (n) => n > 1) && some(orders, (n) => n > 1);
  const odd = some(pages, (n) => !isPowerOfTwo(n)) && counts['arena not a power of two unsupported'] === 0;
  const claimed = FREE_MISUSES.filter((one) => isClaimed(claims, one))
    .filter((one) => some(pages, (n) => n >= NEEDED[one].pages) && some(orders, (n) => n >= NEEDED[one].orders))
    .map((one): BuddySight => `rejected ${one}`);
  const byFrame: readonly BuddySight[] = FREE_MISUSES.some((one) => isClaimed(claims, one)) ? ['free by frame'] : [];
  const must = [...MUST, ...(large ? WITH_LARGER_BLOCKS : []), ...(odd ? [ODD] : []), ...claimed, ...byFrame];
  return must.filter((sight) => counts[sight] === 0).map((sight) => ({ sight, seen: 0, wanted: 1 }));
}

/** Returns the cases that a sweep draws, one after the other. */
export function buddySource(sweep: Sweep): Source<Case> {
  let n = 0;
  return {
    next: () => generate(sweep, n++),
    at: (at) => generate(sweep, at),
    learn: () => undefined,
    unseen: (coverage) => unseenIn(sweep, coverage),
  };
}
