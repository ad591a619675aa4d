/** Tests the lockstep of machines of 2.6.24. */
import { expect, test } from 'vitest';
import { runMachines26 } from './run.ts';

/** What a run must see: every row that ends a request, every zone, every misuse. */
const WORTH_SEEING: readonly string[] = [
  ...['low: granted', 'min: granted', 'emergency: granted', 'never fails: stalled', 'nothing left: exhausted'],
  ...['cannot wait: exhausted', 'again: granted', 'too large: exhausted'],
  ...['killer: out-of-memory', 'not retried: exhausted', 'no progress: stalled'],
  ...['from DMA', 'from DMA32', 'from Normal', 'from HighMem', 'granted after the second reclaim', 'set'],
  ...['out-of-range', 'wrong-order', 'misaligned', 'inner-page', 'double-free', 'never-allocated'],
  ...['no-such-order', 'no-such-flags', 'no-such-settings'],
];

test('GATE-1, GATE-2, GATE-3, GATE-4, GATE-5, GATE-6, GATE-7, GATE-8, GATE-9, GATE-10, GATE-11, GATE-12, GATE-13 · any machine answers and holds what its specification does', () => {
  const seen = runMachines26(80, 60);
  expect(WORTH_SEEING.filter((what) => !seen.has(what))).toEqual([]);
});
