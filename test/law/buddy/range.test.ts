/** Tests what may be answered to a request within a range of frames. */
import { after, order, pfn, refuteRange, startPlaced } from '../../../spec/index.ts';
import { describe, expect, test } from 'vitest';
import type { Arena, Claims, Outcome } from '../../../protocol/index.ts';
import type { Buddy } from '../../../spec/index.ts';

/** Eight frames from 8 on, of which frame 12 is outstanding: free are 8 to 11, 13, and 14 with 15. */
const ARENA: Arena = { base: pfn(8), pages: 8, orders: 4, holes: [], alignment: 'base' };
const state = (): Buddy =>
  after(startPlaced('2.4', ARENA).state, { kind: 'allocate', order: order(0) }, { kind: 'granted', head: pfn(12) });
const COMPLETE: Claims = new Set(['complete', 'best-fit']);
const EXHAUSTED: Outcome = { kind: 'exhausted' };

const clause = (of: number, low: number, end: number, outcome: Outcome): string | undefined =>
  refuteRange(COMPLETE, state(), { order: order(of), low: pfn(low), end: pfn(end) }, outcome)?.clause;
const granted = (head: number): Outcome => ({ kind: 'granted', head: pfn(head) });

describe('a grant within a range', () => {
  test.each([
    ['TAKE-8 · the whole range', 1, 14, 16, granted(14), undefined],
    ['TAKE-8 · one frame before it', 1, 15, 18, granted(14), 'TAKE-8'],
    ['TAKE-8 · one frame after it', 1, 12, 15, granted(14), 'TAKE-8'],
    ['TAKE-4 · a block that is not free', 1, 8, 16, granted(12), 'TAKE-4'],
    ['TAKE-7 · best fit is not asked of it', 0, 8, 16, granted(8), undefined],
  ] as const)('%s', (_, of, low, end, outcome, wrong) => {
    expect(clause(of, low, end, outcome)).toBe(wrong);
  });
});

describe('a refusal within a range', () => {
  test.each([
    ['TAKE-6 · a block of the range is free', 1, 14, 16, 'TAKE-6'],
    ['TAKE-6 · the range cuts the only block', 1, 13, 15, undefined],
    ['TAKE-6 · a free block lies before the range alone', 2, 9, 16, undefined],
    ['TAKE-6 · an empty range', 0, 9, 9, undefined],
    ['TAKE-6 · a range around the arena', 2, 0, 99, 'TAKE-6'],
    ['TAKE-5 · an order that the arena lacks', 4, 0, 99, undefined],
  ] as const)('%s', (_, of, low, end, wrong) => {
    expect(clause(of, low, end, EXHAUSTED)).toBe(wrong);
  });
});

test.each([
  [
    'TAKE-6',
    0,
    12,
    15,
    EXHAUSTED,
    'order 0 within frames 12 to 14',
    'the request was refused',
    'the order 0 block at frame 13 is wholly free',
  ],
  [
    'TAKE-6',
    1,
    12,
    17,
    EXHAUSTED,
    'order 1 within frames 12 to 16',
    'the request was refused',
    'the order 1 block at frame 14 is wholly free',
  ],
  ['TAKE-8', 1, 8, 15, granted(14), 'order 1 block at frame 14', 'it was granted', 'the request is for frames 8 to 14'],
] as const)('%s · it is refuted by two facts: %#', (id, of, low, end, outcome, place, ...facts) => {
  const wrong = refuteRange(COMPLETE, state(), { order: order(of), low: pfn(low), end: pfn(end) }, outcome);
  expect(wrong).toEqual({ clause: id, place, facts });
});

test('TAKE-6 · without the claim a refusal is permitted', () => {
  expect(refuteRange(new Set(), state(), { order: order(0), low: pfn(8), end: pfn(16) }, EXHAUSTED)).toBeUndefined();
});
