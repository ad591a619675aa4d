/** Tests that threads which share a zone are answered as in some order of their calls, and leave the zone that it leaves. */

import { explained } from './explained.ts';
import { overlaps } from '../../../conformance/kinds/smp/oracle.ts';
import { CALLS, PER_ROUND, patience, sharing } from './threads.ts';
import { arenaOf, plainShape } from '../../arbitrary/arena.ts';
import { expect, test } from 'vitest';
import { linearize, linuxOne, permissive, smallestRefuted, startPlaced } from '../../../spec/index.ts';
import { rejected } from '../../../spec/buddy/misuse.ts';
import type { Call } from '../../../protocol/index.ts';

test.each([
  ['2.4', 2],
  ['2.6', 2],
  ['2.4', 4],
] as const)(
  'SMP-1 · %s, %i threads: each history has an order, and leads to the zone',
  { timeout: patience },
  async (...one) => {
    const [kernel, processors] = one;
    const shape = plainShape(kernel, 64, 7);
    const threads = sharing(shape, processors);
    try {
      let placed = startPlaced(kernel, arenaOf(shape));
      let [calls, overlapping] = [0, 0];
      while (calls < CALLS || (overlapping === 0 && calls < 10 * CALLS)) {
        const history = await threads.run(PER_ROUND);
        placed = explained(placed, history, threads.observe());
        calls += history.length;
        overlapping += overlaps(history);
      }
      expect(overlapping).toBeGreaterThan(0);
    } finally {
      await threads.end();
    }
  },
);

test('SMP-1 · a history of threads is refuted after one answer in it was changed', { timeout: patience }, async () => {
  const shape = plainShape('2.4', 64, 7);
  const threads = sharing(shape, 2);
  try {
    const start = startPlaced('2.4', arenaOf(shape));
    const history = await threads.run(200);
    // Once a processor was granted a frame, that frame has headed a block for ever after.
    const wasGranted = ({ processor, command, invoked }: Call): boolean =>
      history.some(
        (other) =>
          other.processor === processor &&
          other.returned < invoked &&
          other.outcome.kind === 'granted' &&
          command.kind === 'free' &&
          other.outcome.head === command.head,
      );
    const at = history.findIndex((call) => call.outcome.kind === 'done' && wasGranted(call));
    const wrong = history.map((call, n) => (n === at ? { ...call, outcome: rejected('never-allocated') } : call));
    expect(linearize(linuxOne, start, history).kind).toBe('linearizable');
    expect(linearize(linuxOne, start, wrong).kind).toBe('refuted');
    // It need not hold the answer that was changed: a block whose free was rejected is granted a second time.
    const smallest = smallestRefuted(new Set(), start.state, wrong) ?? [];
    expect(smallest.length).toBeLessThan(wrong.length / 2);
    expect(linearize(permissive(new Set()), start.state, smallest).kind).toBe('refuted');
  } finally {
    await threads.end();
  }
});
