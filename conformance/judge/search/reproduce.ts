/** Reproduces a finding in a fresh subject. */
import { confirms } from '../finding.ts';
import type { Budget } from '../budget.ts';
import type { Finding } from '../finding.ts';
import type { Runner } from '../runner.ts';

/** Returns that many cases before a finding, or as many as there are. */
export type Earlier<C> = (count: number) => readonly C[];

/** Where chance decides what goes wrong, something else that does is not the end: so often it is looked for. */
const LOOKS = 8;

/**
 * Reproduces a finding in a fresh subject: (1) alone; (2) after a drain of the same arena; (3) after the fewest preceding cases that
 * suffice; each of these one operation per request, and then as it was batched. Returns undefined if none does. One operation
 * per request, what is shown is looked at more often: another clause may be refuted, and earlier.
 */
export async function reproduce<P extends object, C extends object, F extends C>(
  runner: Runner<P, C, F>,
  found: Finding<F>,
  earlier: Earlier<C>,
  grain: number,
  budget: Budget,
): Promise<Finding<F> | undefined> {
  const primer = runner.kind.primer(found.case);
  const grains = [...new Set([1, grain])];
  const looks = runner.tries > 1 ? grains.flatMap((at) => new Array<number>(LOOKS).fill(at)) : grains;
  for (const before of waysTo(found, primer === undefined ? [] : [primer], earlier)) {
    for (const at of looks) {
      const again = await runner.again(found.case, before, at, budget);
      if (budget.wasStopped()) return undefined;
      if (again !== undefined && confirms(again, found)) return again;
      if (budget.isSpent) return undefined;
    }
  }
  return undefined;
}

/** Yields the cases to carry out before, the fewest first. */
function* waysTo<C, F extends C>(
  found: Finding<F>,
  primer: readonly C[],
  earlier: Earlier<C>,
): Generator<readonly C[]> {
  yield found.before;
  if (primer.length > 0) yield primer;
  for (let count = 1; ; count *= 2) {
    const before = earlier(count);
    if (before.length === 0) return;
    yield before;
    if (before.length < count) return;
  }
}
