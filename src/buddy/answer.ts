import type { Clause, Misuse, Outcome, PageMisuse, PageOutcome } from '../../protocol/index.ts';

const CLAUSES: Readonly<Record<Misuse | PageMisuse, Clause>> = {
  'out-of-range': 'MISUSE-1',
  'wrong-order': 'MISUSE-2',
  misaligned: 'MISUSE-3',
  'inner-page': 'MISUSE-4',
  'double-free': 'MISUSE-5',
  'never-allocated': 'MISUSE-6',
  'no-such-frame': 'HAND-3',
  'handed-over-twice': 'HAND-2',
  'no-such-order': 'TAKE-5',
  'no-such-flags': 'GFP-2',
  'no-such-node': 'NODE-1',
  'no-such-page': 'PAGE-4',
  'no-address': 'PAGE-6',
};

export const exhausted: Outcome = { kind: 'exhausted' };
export const done: Outcome = { kind: 'done' };

/** @clause MISUSE-7 */
export function rejected(misuse: Misuse): Outcome {
  return { kind: 'rejected', misuse, clause: CLAUSES[misuse] };
}

/** What a machine answers where it grants nothing. */
export type Ungranted = Exclude<PageOutcome, { readonly kind: 'granted' }>;

export const pageExhausted: Ungranted = { kind: 'exhausted' };
export const pageStalled: Ungranted = { kind: 'stalled' };
export const pageDone: Ungranted = { kind: 'done' };

/** @clause MISUSE-7 */
export function rejectedPage(misuse: PageMisuse): Ungranted {
  return { kind: 'rejected', misuse, clause: CLAUSES[misuse] };
}
