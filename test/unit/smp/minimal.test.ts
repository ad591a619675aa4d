/** Tests of the smallest part of a history that is wrong: what leaves it alone, what leaves it with something else, and what stays. */

import { arenaOf, plainShape } from '../../arbitrary/arena.ts';
import { expect, test } from 'vitest';
import { order, pfn } from '../../../spec/unit.ts';
import { rejected } from '../../../spec/buddy/misuse.ts';
import { smallestRefuted, startPlaced } from '../../../spec/index.ts';
import type { Call, Claims, History, Outcome } from '../../../protocol/index.ts';

/** Pages 0 to 3, all free, in orders 0 to 2. */
const smallest = (claims: Claims, history: History): History | undefined =>
  smallestRefuted(claims, startPlaced('2.4', arenaOf(plainShape('2.4', 4, 3))).state, history);

const NONE: Claims = new Set();
const COMPLETE: Claims = new Set(['complete']);
const EXHAUSTED: Outcome = { kind: 'exhausted' };
const DONE: Outcome = { kind: 'done' };
const granted = (head: number): Outcome => ({ kind: 'granted', head: pfn(head) });

const asks = (of: number, outcome: Outcome, invoked: number, returned: number, processor = 0): Call => ({
  processor,
  command: { kind: 'allocate', order: order(of) },
  outcome,
  invoked,
  returned,
});
const frees = (head: number, of: number, outcome: Outcome, invoked: number, returned: number): Call => ({
  processor: 0,
  command: { kind: 'free', head: pfn(head), order: order(of) },
  outcome,
  invoked,
  returned,
});

test('SMP-1 · a grant takes no free of another block along', () => {
  const other = frees(2, 0, DONE, 2, 3);
  expect(smallest(NONE, [asks(0, granted(3), 0, 1), other])).toEqual([other]);
  const smaller = frees(2, 0, DONE, 2, 3);
  expect(smallest(NONE, [asks(1, granted(2), 0, 1), smaller])).toEqual([smaller]);
});

test('SMP-1 · a grant takes the first free of its block along, in whatever sequence they are told', () => {
  const [once, twice] = [frees(3, 0, DONE, 2, 3), frees(3, 0, DONE, 4, 5)];
  expect(smallest(NONE, [asks(0, granted(3), 0, 1), once, twice])).toEqual([twice]);
  expect(smallest(NONE, [asks(0, granted(3), 0, 1), twice, once])).toEqual([twice]);
});

test('SMP-1 · a free that was made as the grant was answered is not of it', () => {
  const [at, later] = [{ ...frees(3, 0, DONE, 5, 6), processor: 1 }, frees(3, 0, DONE, 7, 8)];
  expect(smallest(NONE, [asks(0, granted(3), 0, 5), at, later])).toEqual([at]);
});

test('SMP-1 · a call that was made as the first wrong answer came was under way with it', () => {
  const [wrong, at, after] = [frees(2, 0, DONE, 0, 3), frees(1, 0, DONE, 3, 4), frees(0, 0, DONE, 5, 6)];
  expect(smallest(NONE, [wrong, { ...at, processor: 1 }, after])).toEqual([wrong, { ...at, processor: 1 }]);
});

test('SMP-1 · refusals and rejections leave alone', () => {
  const right = [asks(0, EXHAUSTED, 0, 1), frees(3, 0, rejected('never-allocated'), 2, 3)];
  const wrong = frees(2, 0, DONE, 4, 5);
  expect(smallest(NONE, [...right, wrong])).toEqual([wrong]);
  const both = [asks(0, granted(3), 6, 7), asks(0, granted(3), 8, 9)];
  expect(smallest(NONE, [...right, ...both])).toEqual(both);
});

test('TAKE-6, SMP-1 · what is wrong by a claim alone keeps its grants and frees, and loses what was refused or rejected', () => {
  const [grant, free] = [asks(2, granted(0), 0, 1), frees(0, 2, DONE, 6, 7)];
  const right = [asks(0, EXHAUSTED, 2, 3), frees(1, 0, rejected('inner-page'), 4, 5)];
  const wrong = asks(0, EXHAUSTED, 8, 9);
  expect(smallest(COMPLETE, [grant, ...right, free, wrong])).toEqual([grant, free, wrong]);
  expect(smallest(COMPLETE, [frees(1, 0, rejected('never-allocated'), 4, 5), wrong])).toEqual([wrong]);
  expect(smallest(COMPLETE, [grant, ...right, free])).toBeUndefined();
});
