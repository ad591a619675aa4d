import { FREE_MISUSES, claimOf } from './misuse.ts';
import { isPowerOfTwo } from './arena.ts';
import type { Claims, FreeMisuse } from '../../../protocol/index.ts';
import type { Sight, Sightings } from './coverage.ts';

const MUST: readonly Sight[] = ['arena ready', 'emptied arena', 'refusal'];
const WITH_LARGER_BLOCKS: readonly Sight[] = ['split', 'grant across frames granted apart before'];
const ODD: Sight = 'arena not a power of two';
const NEEDS_LARGER_BLOCKS: readonly FreeMisuse[] = ['wrong-order', 'misaligned', 'inner-page'];

/** The shapes that a run was confined to; an empty list confines nothing. */
export interface Confines {
  readonly pages: readonly number[];
  readonly orders: readonly number[];
}

/** What a run must have seen before its silence means anything, and has not seen; nothing that it was not free to see. */
export function missing(claims: Claims, { counts }: Sightings, { pages, orders }: Confines): readonly Sight[] {
  const some = (list: readonly number[], is: (n: number) => boolean): boolean => list.length === 0 || list.some(is);
  const large = some(pages, (n) => n > 1) && some(orders, (n) => n > 1);
  const odd = some(pages, (n) => !isPowerOfTwo(n)) && counts['arena not a power of two unsupported'] === 0;
  const claimed = FREE_MISUSES.filter((one) => claims.has(claimOf(one)))
    .filter((one) => large || !NEEDS_LARGER_BLOCKS.includes(one))
    .map((one): Sight => `rejected ${one}`);
  return [...MUST, ...(large ? WITH_LARGER_BLOCKS : []), ...(odd ? [ODD] : []), ...claimed].filter(
    (sight) => counts[sight] === 0,
  );
}
