import type { Clause, Misuse, Outcome } from '../protocol/index.ts';

const CLAUSES: Readonly<Record<Misuse, Clause>> = {
  'out-of-range': 'MISUSE-1',
  'wrong-order': 'MISUSE-2',
  misaligned: 'MISUSE-3',
  'inner-page': 'MISUSE-4',
  'double-free': 'MISUSE-5',
  'never-allocated': 'MISUSE-6',
  'no-such-frame': 'HAND-3',
  'handed-over-twice': 'HAND-2',
  'no-such-order': 'TAKE-5',
};

export const exhausted: Outcome = { kind: 'exhausted' };
export const done: Outcome = { kind: 'done' };

/** @clause MISUSE-7 */
export function rejected(misuse: Misuse): Outcome {
  return { kind: 'rejected', misuse, clause: CLAUSES[misuse] };
}
