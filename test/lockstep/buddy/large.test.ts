/** Tests the lockstep of large arenas, and that it reaches every order and every map of several words. */
import { describe, expect, test } from 'vitest';
import { mutating } from '../../arbitrary/campaign.ts';
import { runLarge } from './large.ts';
import type { Coverage } from './coverage.ts';
import type { Kernel } from '../../../protocol/index.ts';

const TOP = 10;
/** Lives of each kernel. */
const RUNS = 100;
/** Orders whose map has several words in 4,096 pages: 2,048 pairs of order 0, 64 of order 5. */
const SEVERAL_WORDS = [0, 1, 2, 3, 4, 5];

/** Returns what the run failed to exercise. */
function missing(kernel: Kernel, { reach }: Coverage): readonly string[] {
  const from1 = Array.from({ length: TOP }, (_, n) => n + 1);
  const absent = (counts: readonly number[], orders: readonly number[], what: string): readonly string[] =>
    orders.filter((of) => (counts[of] ?? 0) === 0).map((of) => `${what} ${of}`);
  return [
    ...absent(reach.splits, from1, 'split from order'),
    ...absent(reach.joins, from1, 'join to order'),
    ...(kernel === '2.4' ? absent(reach.farToggles, SEVERAL_WORDS, 'toggle beyond the first word of order') : []),
  ];
}

describe.each(['2.4', '2.6'] as const)('%s', (kernel) => {
  test('PLACE-1, PLACE-2, PLACE-3, PLACE-4, MAP-2, MARK-1 · up to 4,096 pages and 11 orders, answers and state are the specification’s', () => {
    const coverage = runLarge(kernel, { runs: RUNS });
    if (!mutating) expect(missing(kernel, coverage)).toEqual([]);
  });
});
