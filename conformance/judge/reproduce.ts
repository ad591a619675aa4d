/** Reproduces a finding in a fresh subject. */
import { confirms, standsFor } from './finding.ts';
import type { Budget } from './budget.ts';
import type { Finding } from './finding.ts';
import type { Runner } from './runner.ts';

/** Cases before a finding, the latest first asked for; undefined where there is none, or it is forgotten. */
export type Earlier<C> = (count: number) => readonly C[];

/**
 * Reproduces a finding in a fresh subject: (1) alone, one operation per request; (2) as it was batched; (3) after a drain of the
 * same arena; (4) after the fewest preceding cases that suffice. Returns undefined if none does. What shows the same clause
 * comes first, another refutation only if nothing does.
 */
export async function reproduce<P extends object, C extends object, F extends C>(
  runner: Runner<P, C, F>,
  found: Finding<F>,
  earlier: Earlier<C>,
  grain: number,
  budget: Budget,
): Promise<Finding<F> | undefined> {
  let other: Finding<F> | undefined;
  const primer = runner.kind.primer(found.case);
  for (const [before, at] of ways(found, primer === undefined ? [] : [primer], earlier, grain)) {
    const again = await runner.again(found.case, before, at, budget);
    if (again !== undefined && standsFor(again, found)) return again;
    if (again !== undefined && confirms(again, found)) other ??= again;
    if (other !== undefined && before.length > 0) return other;
    if (budget.isSpent) break;
  }
  return other;
}

/** Cases to carry out before, and how many operations to put into a request. */
function* ways<C, F extends C>(
  found: Finding<F>,
  primer: readonly C[],
  earlier: Earlier<C>,
  grain: number,
): Generator<readonly [before: readonly C[], grain: number]> {
  yield [found.before, 1];
  yield [found.before, grain];
  if (primer.length > 0) yield [primer, grain];
  for (let count = 1, most = Infinity; count <= most; count *= 2) {
    const before = earlier(count);
    if (before.length === 0) return;
    yield [before, grain];
    if (before.length < count) most = 0;
  }
}
