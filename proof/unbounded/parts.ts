/** The parts of `npm run prove` that Coq checks. */

import { FILES, checkAll, textOf } from './coq.ts';
import { must } from '../result.ts';
import type { Part } from '../result.ts';

function checked(twice: boolean): string {
  const theorems = checkAll(twice);
  const lines = FILES.reduce((sum, file) => sum + textOf(file).split('\n').length - 1, 0);
  must(theorems > 0, 'there are no theorems');
  return `${theorems} theorems in ${lines} lines, none of which rests on an axiom`;
}

export const UNBOUNDED: readonly Part[] = [
  {
    claim:
      '2.4, any number of orders and pages: free, allocate and hand-over do what the specification says; allocation succeeds exactly when it can, out of the smallest order; only the free pages matter; swapping buddies changes nothing; the map alone cannot tell a legal free',
    how: 'theorems in Coq 8.16, no axioms',
    limits:
      '2.6; the owner table; that the definitions say what src does, which proof/unbounded/README.md sets side by side',
    run: () => checked(false),
  },
  {
    claim: 'the same, and every theorem of Coq itself that it needs, checked by a second program',
    how: 'coqchk',
    limits: 'the same',
    long: true,
    run: () => checked(true),
  },
];
