/** Where a kernel grants, and which rule of it another grant breaks. */
import { answered } from '../tell/answers.ts';
import { buddy, valuesOf } from '../../../../spec/index.ts';
import type { Claims, Clause, Counterexample, Freed, Kernel, Outcome } from '../../../../protocol/index.ts';
import type { Placed } from '../../../../spec/index.ts';
import type { Request } from '../case.ts';

const FREED: Freed = -1;

/** Which kernel's placement is claimed. */
export function placementOf(claims: Claims): Kernel | undefined {
  if (claims.has('placement:linux-2.4')) return '2.4';
  return claims.has('placement:linux-2.6') ? '2.6' : undefined;
}

/** Reports whether two answers are the same. */
export const sameOutcome = (a: Outcome, b: Outcome): boolean => {
  if (a.kind === 'granted') return b.kind === 'granted' && a.head === b.head;
  return a.kind === b.kind && (a.kind !== 'rejected' || (b.kind === 'rejected' && a.misuse === b.misuse));
};

/** Which rule of placement a grant broke: which block is taken, which half of it is kept, or how the lists begin. */
function placeClause(kernel: Kernel, { state }: Placed, expected: Outcome, seen: Outcome): Clause {
  if (expected.kind !== 'granted' || seen.kind !== 'granted') return 'PLACE-1';
  const from = buddy.freeBlockAround(state, expected.head);
  const taken = buddy.freeBlockAround(state, seen.head);
  if (from.head === taken.head) return kernel === '2.4' ? 'PLACE-2' : 'PLACE-3';
  const untouched = valuesOf(state.owners).every((owner) => owner < FREED);
  return untouched && from.order === taken.order ? 'PLACE-5' : 'PLACE-1';
}

/** Refutes an answer that is permitted, but is not the one that the kernel gives. */
export function refutePlace(placed: Placed, command: Request, expected: Outcome, seen: Outcome): Counterexample {
  const { kernel } = placed;
  const place = command.kind === 'allocate' ? `allocating order ${command.order}` : 'freeing';
  const facts = [answered(seen), `Linux ${kernel}: ${answered(expected)}`] as const;
  return { clause: placeClause(kernel, placed, expected, seen), place, facts };
}
