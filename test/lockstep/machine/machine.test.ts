/** Tests the lockstep of machines whose reclaim is scripted. */
import { expect, test } from 'vitest';
import { runMachines } from './run.ts';

test('PASS-1, PASS-2, PASS-3, PASS-4, PASS-5, PASS-6, PASS-7, ZONE-2, ZONE-4, RECLAIM-2, RECLAIM-3, NODE-1, NODE-2, NODE-3, NODE-4, NODE-5, PAGE-1, PAGE-2, PAGE-3, PAGE-4 · any machine answers and holds what its specification does', () => {
  const seen = runMachines(250, 100, 60);
  expect(seen.missing()).toEqual([]);
  expect(seen.commands).toBeGreaterThan(5000);
  expect(seen.invariants).toBeGreaterThan(50);
});
