/** Tests the lockstep of 2.6 in arenas of up to 512 pages. */
import { expect, test } from 'vitest';
import { runInStep, starts } from './run.ts';

test('PLACE-1, PLACE-3, PLACE-4, MARK-1, MISUSE-7, STEP-2 · in any arena 2.6 answers and holds what its specification does', () => {
  const seen = runInStep(starts('2.6'), 300, 600, 25);
  expect(seen.missing()).toEqual([]);
  expect(seen.commands).toBeGreaterThan(1000);
  expect(seen.ones).toEqual([]);
});
