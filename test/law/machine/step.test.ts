/** Tests of what a machine of one node is permitted to answer. */

import { ATOMIC, EXHAUSTED, MEMALLOC, STALLED, USER, after, granted, request, start } from './three-zones.ts';
import { expect, test } from 'vitest';
import {
  afterMachine,
  bootMachine,
  placeMachine,
  refuteMachine,
  startMachine,
  stepMachine,
} from '../../../spec/index.ts';
import { freePages } from '../../../spec/machine/zone.ts';
import { nodeId, order, pfn } from '../../../spec/unit.ts';
import { plainMachine } from '../../unit/machine/low-memory.ts';
import type { Claim, Clause, PageCommand, PageOutcome, Round } from '../../../protocol/index.ts';
import type { MachineState } from '../../../spec/index.ts';

/** What may be answered: frames granted, `-` for refused, `stalled`. */
const permitted = (state: MachineState, command: PageCommand, rounds: readonly Round[] = []): string =>
  stepMachine(new Set<Claim>(['complete']), state, command, rounds)
    .map(({ outcome }) =>
      outcome.kind === 'granted' ? outcome.head : outcome.kind === 'exhausted' ? '-' : outcome.kind,
    )
    .join(' ');

const clauseOf = (
  state: MachineState,
  command: PageCommand,
  outcome: PageOutcome,
  rounds: readonly Round[] = [],
): Clause | undefined => refuteMachine(new Set<Claim>(['complete']), state, command, rounds, outcome)?.clause;

const range = (from: number, end: number): readonly number[] => Array.from({ length: end - from }, (_, n) => from + n);

test('ZONE-4, WATER-2, PASS-7 · any frame of any zone that the request goes to is permitted, as long as the marks are', () => {
  expect(permitted(start(), request(USER))).toBe(range(0, 16).join(' '));
  expect(permitted(start(), request(USER | 1))).toBe(range(0, 8).join(' '));
  expect(permitted(start(), request(0x1d2))).toBe(range(0, 24).join(' '));
});

test('WATER-2, WATER-3, WATER-4 · with less free, DMA must keep the marks of Normal too, a quarter of them, or nothing', () => {
  const state = after(USER, 11); // Normal goes down to 3 pages, DMA to 5, and then nothing is granted any more
  expect(state.zones.map(freePages)).toEqual([5, 3, 8]);
  expect(clauseOf(state, request(USER), granted(0))).toBe('WATER-2');
  expect(clauseOf(state, request(ATOMIC), granted(0))).toBeUndefined();
});

test('PASS-6, PASS-5, PASS-4 · who may wait is never refused at order 3 or below, and who may not never stalls', () => {
  const empty = after(USER, 16, MEMALLOC);
  expect(empty.zones.map(freePages)).toEqual([0, 0, 8]);
  expect(permitted(empty, request(USER))).toBe('stalled');
  expect(permitted(empty, request(USER, 3))).toBe('stalled');
  expect(permitted(empty, request(USER, 4))).toBe('-');
  expect(permitted(empty, request(ATOMIC))).toBe('-');
  expect(permitted(empty, request(USER, 0, MEMALLOC))).toBe('-');
  expect(clauseOf(empty, request(USER), EXHAUSTED)).toBe('PASS-6');
  expect(clauseOf(empty, request(ATOMIC), STALLED)).toBe('PASS-6');
});

test('PASS-4 · memory that was reclaimed for who may not wait, or needs no mark, is refuted', () => {
  const empty = after(USER, 16, MEMALLOC);
  const rounds = [{ freed: [{ head: pfn(3), order: order(0) }], success: true }];
  expect(clauseOf(empty, request(ATOMIC), EXHAUSTED, rounds)).toBe('PASS-4');
  expect(clauseOf(empty, request(USER, 0, MEMALLOC), granted(3), rounds)).toBe('PASS-4');
  expect(clauseOf(empty, request(USER), granted(3), rounds)).toBeUndefined();
});

test('RECLAIM-1, PASS-6 · what reclaim kept is granted against all marks; where it freed something, nobody stalls', () => {
  const empty = after(USER, 16, MEMALLOC);
  const one = [{ freed: [{ head: pfn(3), order: order(0) }], success: true }];
  const failed = one.map((round) => ({ ...round, success: false }));
  expect(permitted(empty, request(USER), one)).toBe('3');
  expect(permitted(empty, request(USER), failed)).toBe('');
  expect(permitted(empty, request(USER), [...failed, { freed: [], success: false }])).toBe('stalled');
});

test('RECLAIM-2 · what reclaim kept is free afterwards, also if another block was granted', () => {
  const heads = [0, 1, 2, 3, 4, 5, 6, 7].map((head) => ({ head: pfn(head), order: order(0) }));
  const rounds = [{ freed: heads, success: true }];
  const empty = after(USER, 16, MEMALLOC);
  // Frame 0 is kept; of DMA 7 pages are free then, more than one page and the marks of both zones, 2 and 2.
  expect(permitted(empty, request(USER), rounds)).toBe(range(0, 8).join(' '));
  for (const head of [0, 7]) {
    expect(afterMachine(empty, request(USER), rounds, granted(head)).zones.map(freePages)).toEqual([7, 0, 8]);
  }
});

test('HAND-1 · before any frame is handed over, no zone has a free page', () => {
  const { machine } = start();
  expect(bootMachine(machine).zones.map(freePages)).toEqual([0, 0, 0]);
});

test('TAKE-5, GFP-2, NODE-1, PAGE-4, RECLAIM-3 · what has one answer has no other', () => {
  expect(permitted(start(), request(USER, 5))).toBe('-');
  expect(permitted(start(), request(0x200))).toBe('rejected');
  expect(permitted(start(), { ...request(USER), node: nodeId(1) })).toBe('rejected');
  expect(permitted(start(), { kind: 'get-page', head: pfn(3) })).toBe('rejected');
  expect(permitted(start(), { kind: 'free-pages', head: pfn(3), order: order(0) })).toBe('rejected');
  expect(permitted(start(), { kind: 'kswapd' })).toBe('done');
});

test('PASS-5, NODE-1 · a large request has one reclaim on each node, also where nobody says what they free', () => {
  const nodes = startMachine(plainMachine([[8], [8], [8]], { orders: 5 }));
  const { outcome, used } = placeMachine(nodes, request(USER, 4), []);
  expect([outcome.kind, used]).toEqual(['exhausted', 3]);
  expect(clauseOf(start(), request(USER, 9), EXHAUSTED, [{ freed: [], success: false }])).toBe('PASS-4');
});

test('PASS-2, ZONE-2 · after any permitted grant the class zone asks exactly where no zone stays above pages_low', () => {
  const asks = (state: MachineState): readonly boolean[] => state.zones.map(({ needBalance }) => needBalance);
  const next = (state: MachineState, head: number): MachineState =>
    afterMachine(state, request(USER), [], granted(head));
  expect(asks(next(start(), 3))).toEqual([false, false, false]);
  const low = after(USER | 1, 4);
  const both = after(USER, 3);
  expect([freePages(low.zones[0] ?? expect.fail()), freePages(both.zones[1] ?? expect.fail())]).toEqual([4, 5]);
  expect(asks(next(both, 8))).toEqual([false, true, false]);
});

test('PAGE-1, PAGE-2 · a shared block stays outstanding until its last user frees it', () => {
  const taken = placeMachine(start(), request(USER), []);
  const get: PageCommand = { kind: 'get-page', head: pfn(15) };
  const free: PageCommand = { kind: 'free-pages', head: pfn(15), order: order(0) };
  const shared = placeMachine(taken.next, get, []).next;
  const once = placeMachine(shared, free, []).next;
  expect(once).toEqual(taken.next);
  expect([start(), taken.next, shared, once].map(({ zones }) => freePages(zones[1] ?? expect.fail()))).toEqual([
    8, 7, 7, 7,
  ]);
  expect(freePages(placeMachine(once, free, []).next.zones[1] ?? expect.fail())).toBe(8);
});
