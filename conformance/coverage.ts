import { FREE_MISUSES, claimOf } from './misuse.ts';
import type { Claims } from '../protocol/index.ts';
import type { Sight, Sightings } from './sightings.ts';

const MUST: readonly Sight[] = [
  'arena ready',
  'split',
  'grant across frames granted apart before',
  'emptied arena',
  'refusal',
];

/** What a run must have seen before its silence means anything, and has not seen. */
export function missing(claims: Claims, { counts }: Sightings): readonly Sight[] {
  const odd: Sight = 'arena not a power of two';
  const oddUnsupported = counts[odd] === 0 && counts['arena not a power of two unsupported'] > 0;
  const claimed = FREE_MISUSES.filter((misuse) => claims.has(claimOf(misuse))).map(
    (misuse): Sight => `rejected ${misuse}`,
  );
  return [...MUST, ...(oddUnsupported ? [] : [odd]), ...claimed].filter((sight) => counts[sight] === 0);
}
