/** Tests that the checker of histories accepts what has an order, and refutes what was corrupted on purpose. */

import { linearize, linuxOne, permissive, placement, smallestRefuted, startPlaced } from '../../../spec/index.ts';
import { arenaOf, plainShape } from '../../arbitrary/arena.ts';
import { campaign } from '../../arbitrary/campaign.ts';
import { concurrent, doubtful } from '../../arbitrary/concurrent.ts';
import { expect, test } from 'vitest';
import { order, pfn } from '../../../spec/unit.ts';
import fc from 'fast-check';
import type { Call, Claims, History, Outcome } from '../../../protocol/index.ts';
import type { Placed } from '../../../spec/index.ts';
import type { Sequential } from '../../../spec/smp/sequential.ts';

const CLAIMS: Claims = new Set(['complete', 'best-fit']);
const one = (): Placed => startPlaced('2.4', arenaOf(plainShape('2.4', 4, 3)));
const none = new Set<never>();

test('SMP-1 · a history that was made from an order has one, and leads to the same zone', () => {
  fc.assert(
    fc.property(concurrent, ({ start, history, end }) => {
      const found = linearize(linuxOne, start, history);
      if (found.kind === 'refuted') expect.fail(found.counterexample.facts.join(', but '));
      expect(found.order).toHaveLength(history.length);
      expect(found.order.reduce((placed, { command }) => placement(placed, command).next, start)).toEqual(
        found.states[0],
      );
      expect(found.states.map(linuxOne.keyOf)).toContain(linuxOne.keyOf(end));
      expect(linearize(permissive(CLAIMS), start.state, history).kind).toBe('linearizable');
      expect(smallestRefuted(CLAIMS, start.state, history)).toBeUndefined();
    }),
    campaign(100),
  );
});

/** All orders of some calls. */
function permutations(calls: History): readonly History[] {
  if (calls.length === 0) return [[]];
  return calls.flatMap((call) => permutations(calls.filter((other) => other !== call)).map((rest) => [call, ...rest]));
}

const keepsTime = (calls: History): boolean =>
  calls.every((call, n) => calls.slice(n + 1).every(({ returned }) => returned > call.invoked));

function isRight(start: Placed, calls: History): boolean {
  let placed = start;
  return calls.every(({ command, outcome, processor }) => {
    if (linuxOne.refute(placed, command, outcome, processor) !== undefined) return false;
    placed = linuxOne.after(placed, command, outcome, processor);
    return true;
  });
}

test('SMP-1 · a history is refuted exactly if none of all its orders is right', () => {
  const seen = { linearizable: 0, refuted: 0 };
  fc.assert(
    fc.property(doubtful, ({ start, history }) => {
      const must = permutations(history).some((calls) => keepsTime(calls) && isRight(start, calls));
      const found = linearize(linuxOne, start, history);
      seen[found.kind]++;
      expect(found.kind).toBe(must ? 'linearizable' : 'refuted');
    }),
    campaign(300, 50),
  );
  expect(Math.min(seen.linearizable, seen.refuted)).toBeGreaterThan(5);
});

const granted = (head: number): Outcome => ({ kind: 'granted', head: pfn(head) });
const asks = (processor: number, of: number, outcome: Outcome, invoked: number, returned: number): Call => ({
  processor,
  command: { kind: 'allocate', order: order(of) },
  outcome,
  invoked,
  returned,
});
const frees = (processor: number, head: number, invoked: number, returned: number): Call => ({
  processor,
  command: { kind: 'free', head: pfn(head), order: order(0) },
  outcome: { kind: 'done' },
  invoked,
  returned,
});

test('SMP-1 · one frame that two processors were granted at once is refuted, whatever else happened', () => {
  const noise = [0, 1, 2].flatMap((n) => [
    asks(0, 0, granted(3), 10 * n, 10 * n + 1),
    frees(0, 3, 10 * n + 2, 10 * n + 3),
  ]);
  const twice = [asks(0, 0, granted(3), 40, 43), asks(1, 0, granted(3), 41, 42)];
  const found = linearize(linuxOne, one(), [...noise, ...twice]);
  expect(found).toMatchObject({ kind: 'refuted', counterexample: { clause: 'SMP-1', place: 'after 7 calls' } });
  expect(found.kind === 'refuted' && found.counterexample.facts[1]).toMatch(
    /processor [01] asks for order 0: TAKE-4 at order 0 block at frame 3/u,
  );
  expect(smallestRefuted(none, one().state, [...noise, ...twice, frees(0, 3, 50, 51)])).toEqual(twice);
});

test('SMP-1 · what is left of a history is wrong for the reason that the whole was', () => {
  // While the grant of processor 1 is under way, frame 3 is freed, granted and freed once more by processor 0.
  const around = asks(1, 0, granted(3), 3, 20);
  const right = [
    ...[asks(0, 0, granted(3), 1, 2), around, frees(0, 3, 4, 5)],
    ...[asks(0, 0, granted(3), 6, 7), frees(0, 3, 8, 9), frees(1, 3, 21, 22)],
  ];
  const twice = [asks(0, 0, granted(2), 30, 31), asks(1, 0, granted(2), 32, 33)];
  expect(linearize(permissive(none), one().state, right).kind).toBe('linearizable');
  expect(smallestRefuted(none, one().state, [...right, ...twice])).toEqual(twice);
});

test('SMP-1 · an answer that only a later call explains is refuted, and accepted if the two overlap', () => {
  const early = [asks(0, 0, granted(2), 0, 1), asks(1, 0, granted(3), 2, 3)];
  const overlapping = [asks(0, 0, granted(2), 0, 3), asks(1, 0, granted(3), 1, 2)];
  expect(linearize(linuxOne, one(), early).kind).toBe('refuted');
  expect(linearize(linuxOne, one(), overlapping)).toMatchObject({
    kind: 'linearizable',
    order: [overlapping[1], overlapping[0]],
  });
  expect(linearize(permissive(CLAIMS), one().state, early).kind).toBe('linearizable');
});

test('SMP-1 · a refusal is refuted by what stays free all the while, and only with the claim', () => {
  const refused = asks(1, 0, { kind: 'exhausted' }, 3, 4);
  const history = [asks(0, 1, granted(2), 1, 5), refused, frees(0, 1, 6, 7)];
  expect(smallestRefuted(new Set(['complete']), one().state, history.slice(0, 2))).toEqual(history.slice(0, 2));
  expect(linearize(permissive(none), one().state, history.slice(0, 2)).kind).toBe('linearizable');
});

/** What can be asked of a thing that counts: `slow` takes five steps, and is then wrong; `once` is right before them, and ends them. */
type Asked = 'slow' | 'once';
const WRONG = { clause: 'SMP-1', place: 'a thing that counts', facts: ['it was answered', 'that is wrong'] } as const;
const counting: Sequential<number, Asked, 'done'> = {
  goesOn: (steps, asked) => (asked === 'slow' && steps >= 0 && steps < 5 ? steps + 1 : undefined),
  refute: (steps, asked) => (asked === 'once' && steps === 0 ? undefined : WRONG),
  after: () => -1,
  keyOf: String,
  nameOf: (asked) => asked,
};

test('SMP-6 · the longest order is the one of most calls, not of most steps', () => {
  const slow = { processor: 0, command: 'slow', outcome: 'done', invoked: 0, returned: 9 } as const;
  const once = { processor: 1, command: 'once', outcome: 'done', invoked: 1, returned: 2 } as const;
  const found = linearize(counting, 0, [slow, once]);
  expect(found).toMatchObject({ kind: 'refuted', longest: [once], counterexample: { place: 'after 1 calls' } });
});
