// The outcomes of one zone, and the clause that each misuse is against.
import type { Clause, FreeMisuse, Misuse, Outcome } from '../../protocol/index.ts';

/** The clause that each wrong free is against. */
export const FREE_CLAUSES: Readonly<Record<FreeMisuse, Clause>> = {
  'out-of-range': 'MISUSE-1',
  'wrong-order': 'MISUSE-2',
  misaligned: 'MISUSE-3',
  'inner-page': 'MISUSE-4',
  'double-free': 'MISUSE-5',
  'never-allocated': 'MISUSE-6',
};

const CLAUSES: Readonly<Record<Misuse, Clause>> = {
  ...FREE_CLAUSES,
  'no-such-frame': 'HAND-3',
  'handed-over-twice': 'HAND-2',
  'no-such-order': 'TAKE-5',
};

export const exhausted: Outcome = { kind: 'exhausted' };
export const done: Outcome = { kind: 'done' };

/** Returns the outcome of a command that was rejected, with the clause that the misuse is against. @clause MISUSE-7 */
export function rejected(misuse: Misuse): Outcome {
  return { kind: 'rejected', misuse, clause: CLAUSES[misuse] };
}
