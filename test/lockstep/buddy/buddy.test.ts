/** Tests the lockstep of 2.4 in arenas of up to 512 pages. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainShape } from '../../arbitrary/arena.ts';
import { runInStep, starts } from './run.ts';
import { surroundings } from '../../arbitrary/region.ts';

test('PLACE-1, PLACE-2, PLACE-4, MAP-2, MAP-3, MISUSE-7, STEP-2 · in any arena 2.4 answers and holds what its specification does', () => {
  const seen = runInStep(starts('2.4'), 300, 600, 25);
  expect(seen.missing()).toEqual([]);
  expect(seen.commands).toBeGreaterThan(1000);
  for (let order = 0; order < 7; order++) {
    expect(seen.ones[order], `a bit of order ${order} that is 1`).not.toBe(0);
    expect(seen.zeros[order], `a bit of order ${order} that is 0`).not.toBe(0);
  }
});

test('MAP-1, MAP-4 · in 64 pages every bit of the maps is seen to be 0 and to be 1', () => {
  const start = fc.record({
    shape: fc.constant(plainShape('2.4', 64, 7)),
    waiting: fc.constant(0),
    around: surroundings,
  });
  const seen = runInStep(start, 1000, 80, 16);
  for (let order = 0; order < 6; order++) {
    const every = 2 ** (32 >> order) - 1;
    expect((seen.ones[order] ?? 0) >>> 0, `bits of order ${order} that were 1`).toBe(every);
    expect((seen.zeros[order] ?? 0) >>> 0, `bits of order ${order} that were 0`).toBe(every);
  }
  expect(seen.ones).toHaveLength(6);
});
