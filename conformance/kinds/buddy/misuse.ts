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

/** The least frames and orders of an arena that can show a kind of misuse. */
export const NEEDED: Readonly<Record<FreeMisuse, { readonly pages: number; readonly orders: number }>> = {
  'out-of-range': { pages: 1, orders: 1 },
  'wrong-order': { pages: 2, orders: 2 },
  misaligned: { pages: 3, orders: 2 },
  'inner-page': { pages: 2, orders: 2 },
  'double-free': { pages: 1, orders: 1 },
  'never-allocated': { pages: 1, orders: 1 },
};

export const isFreeMisuse = (text: unknown): text is FreeMisuse => FREE_MISUSES.some((misuse) => misuse === text);

export const claimOf = (misuse: FreeMisuse): Claim => `misuse:${misuse}`;

/** Reports whether misuse of a kind is judged: by name, or because every misuse is to be noticed. */
export const isClaimed = (claims: Claims, misuse: FreeMisuse): boolean =>
  claims.has('misuse') || claims.has(claimOf(misuse));

export const rejected = (misuse: FreeMisuse): Outcome => ({ kind: 'rejected', misuse, clause: CLAUSE_OF[misuse] });
