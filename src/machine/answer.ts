// The outcomes of a machine, and the clause that each misuse is against.
import { FREE_CLAUSES } from '../buddy/answer.ts';
import type { Clause, PageMisuse, PageOutcome } from '../../protocol/index.ts';

const CLAUSES: Readonly<Record<PageMisuse, Clause>> = {
  ...FREE_CLAUSES,
  'no-such-order': 'TAKE-5',
  'no-such-flags': 'GFP-2',
  'no-such-node': 'NODE-1',
  'no-such-page': 'PAGE-4',
  'no-address': 'PAGE-6',
  'in-page-cache': 'RECLAIM-5',
};

/** An outcome of a machine that grants nothing. */
export type Ungranted = Exclude<PageOutcome, { readonly kind: 'granted' }>;

export const exhausted: Ungranted = { kind: 'exhausted' };
export const stalled: Ungranted = { kind: 'stalled' };
export const done: Ungranted = { kind: 'done' };

/** Returns the outcome of a command that was rejected, with the clause that the misuse is against. @clause MISUSE-7 */
export function rejected(misuse: PageMisuse): Ungranted {
  return { kind: 'rejected', misuse, clause: CLAUSES[misuse] };
}
