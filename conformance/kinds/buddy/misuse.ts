/** How a free can be misuse, as claims and answers name it. */
import { CLAUSE_OF } from '../../../spec/index.ts';
import type { Claim, Claims, FreeMisuse, Outcome } from '../../../protocol/index.ts';

/** What a free can do wrong, as claims and answers name it. */
export const FREE_MISUSES: readonly FreeMisuse[] = [
  'out-of-range',
  'wrong-order',
  'misaligned',
  'inner-page',
  'double-free',
  'never-allocated',
];

export const isFreeMisuse = (text: unknown): text is FreeMisuse => FREE_MISUSES.some((misuse) => misuse === text);

export const claimOf = (misuse: FreeMisuse): Claim => `misuse:${misuse}`;

/** Reports whether misuse of a kind is judged: by name, or because every misuse is to be noticed. */
export const isClaimed = (claims: Claims, misuse: FreeMisuse): boolean =>
  claims.has('misuse') || claims.has(claimOf(misuse));

export const rejected = (misuse: FreeMisuse): Outcome => ({ kind: 'rejected', misuse, clause: CLAUSE_OF[misuse] });
