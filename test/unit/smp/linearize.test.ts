/** Tests of the search for an order: what it makes of stamps, how far it follows orders, and what it says if there is none. */

import { arenaOf, plainShape } from '../../arbitrary/arena.ts';
import { expect, test } from 'vitest';
import { linearize, linuxOne, startPlaced } from '../../../spec/index.ts';
import { order, pfn } from '../../../spec/unit.ts';
import type { Call, CallOf, Counterexample } from '../../../protocol/index.ts';
import type { Sequential } from '../../../spec/smp/sequential.ts';

/** Returns a thing that is asked to write letters, and may as long as they begin one of some words. */
const spelling = (...words: readonly string[]): Sequential<string, string, 'done'> => ({
  refute: (written, letter) =>
    words.some((word) => word.startsWith(written + letter))
      ? undefined
      : { clause: 'SMP-1', place: `'${written}'`, facts: ['it was written', 'no word begins so'] },
  after: (written, letter) => written + letter,
  keyOf: (written) => written,
  nameOf: (letter) => `writes ${letter}`,
});

const writes = (processor: number, command: string, invoked: number, returned: number): CallOf<string, 'done'> => ({
  processor,
  command,
  outcome: 'done',
  invoked,
  returned,
});

test('SMP-1 · the calls of a processor are ordered by their stamps, in whatever sequence they are told', () => {
  const [first, second] = [writes(0, 'a', 0, 1), writes(0, 'b', 2, 3)];
  for (const history of [
    [first, second],
    [second, first],
  ]) {
    expect(linearize(spelling('ab'), '', history)).toEqual({
      kind: 'linearizable',
      order: [first, second],
      states: ['ab'],
    });
    expect(linearize(spelling('ba'), '', history).kind).toBe('refuted');
  }
});

test('SMP-1 · a call that is made as another is answered may come before it, one that is made later may not', () => {
  const first = writes(0, 'a', 0, 5);
  expect(linearize(spelling('ba'), '', [first, writes(1, 'b', 5, 6)]).kind).toBe('linearizable');
  expect(linearize(spelling('ba'), '', [first, writes(1, 'b', 6, 7)]).kind).toBe('refuted');
});

test('SMP-1 · two orders that lead to one state are two if other calls are left', () => {
  const asks = { command: { kind: 'allocate', order: order(2) }, outcome: { kind: 'granted', head: pfn(0) } } as const;
  const frees = { command: { kind: 'free', head: pfn(0), order: order(2) }, outcome: { kind: 'done' } } as const;
  const history: readonly Call[] = [
    { processor: 0, ...asks, invoked: 0, returned: 9 },
    { processor: 1, ...asks, invoked: 1, returned: 20 },
    { processor: 0, ...frees, invoked: 11, returned: 12 },
  ];
  const zone = startPlaced('2.4', arenaOf(plainShape('2.4', 4, 3)));
  expect(linearize(linuxOne, zone, history)).toMatchObject({
    kind: 'linearizable',
    order: [history[0], history[2], history[1]],
  });
});

test('SMP-1 · as many orders are followed as may be; with one more, nothing is known', () => {
  const history = [writes(0, 'a', 0, 2), writes(1, 'b', 1, 3)];
  expect(linearize(spelling('ab', 'ba'), '', history, 2)).toMatchObject({ kind: 'linearizable', states: ['ab', 'ba'] });
  expect(linearize(spelling('ab', 'ba'), '', history, 1)).toBe('undecided');
});

const none = (place: string, reasons: readonly string[]): Counterexample => ({
  clause: 'SMP-1',
  place,
  facts: ['they have an order in which each answer is right', `none of the next may follow: ${reasons.join('; ')}`],
});
const reason = (processor: number, letter: string, written: string): string =>
  `processor ${processor} writes ${letter}: SMP-1 at '${written}', it was written, but no word begins so`;

test('SMP-1 · without an order, it is said of each call why it may not be next', () => {
  const [never, first, second] = [writes(0, 'x', 0, 20), writes(1, 'a', 1, 30), writes(2, 'b', 2, 31)];
  expect(linearize(spelling('ab', 'b'), '', [never, first, second])).toEqual({
    kind: 'refuted',
    longest: [first, second],
    counterexample: none('after 2 calls', [reason(0, 'x', 'b'), reason(1, 'a', 'b'), reason(0, 'x', 'ab')]),
  });
});

test('SMP-1 · of two orders, the one is told that explains the answers for longer', () => {
  const [late, early] = [writes(0, 'x', 0, 20), writes(1, 'y', 1, 10)];
  expect(linearize(spelling('x', 'y'), '', [late, early])).toEqual({
    kind: 'refuted',
    longest: [early],
    counterexample: none('after 1 calls', [reason(0, 'x', 'y')]),
  });
});
