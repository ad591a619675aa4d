import { isLike } from './finding.ts';
import type { Case } from '../kinds/buddy/case.ts';
import type { Finding } from './finding.ts';
import type { Runner } from './runner.ts';

/**
 * Finds a fault again in a fresh subject: by its case alone, one operation a request and then as it was sent; then after the
 * same arena was drained, as it is to learn what a fresh one grants; then with the cases before it, as few of them as do. Undefined where it does not come back.
 */
export async function confirm(
  runner: Runner,
  found: Finding,
  before: readonly Case[],
  grain: number,
): Promise<Finding | undefined> {
  for (const at of [1, grain]) {
    const again = await runner.again(found.case, [], at);
    if (again !== undefined && isLike(again, found)) return again;
  }
  const drained: Case = { shape: found.case.shape, script: [], drain: true };
  const forgotten = await runner.again(found.case, [drained], grain);
  if (forgotten !== undefined && isLike(forgotten, found)) return forgotten;
  for (let count = 1; before.length > 0; count *= 2) {
    const again = await runner.again(found.case, before.slice(-count), grain);
    if (again !== undefined && isLike(again, found)) return again;
    if (count >= before.length) break;
  }
  return undefined;
}
