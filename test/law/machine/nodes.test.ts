/** Tests of what a machine of two nodes is permitted to answer. */

import { ATOMIC, EXHAUSTED, MEMALLOC, STALLED, USER, granted, after as onThreeZones, request } from './three-zones.ts';
import { afterMachine, placeMachine, refuteMachine, startMachine, stepMachine } from '../../../spec/index.ts';
import { describe, expect, test } from 'vitest';
import { freePages } from '../../../spec/machine/zone.ts';
import { nodeId, order, pfn } from '../../../spec/unit.ts';
import { plainMachine } from '../../unit/machine/low-memory.ts';
import type { Claim, Clause, Counterexample, PageCommand, PageOutcome, Round } from '../../../protocol/index.ts';
import type { MachineState } from '../../../spec/index.ts';

const NO_MARK = { ratio: 1, least: 0, most: 0 };
const NO_MARKS = { balance: { DMA: NO_MARK, Normal: NO_MARK, HighMem: NO_MARK }, orders: 5 };
/** Node 0 has the frames 0 to 31, node 1 those from 32 to 63, all of them DMA. */
const two = (): MachineState => startMachine(plainMachine([[32], [32]], NO_MARKS));
const LARGE = request(USER, 4);

/** Returns the state after a number of grants of order 4, as Linux makes them: 16, 0, 48, 32. */
function taken(blocks: number): MachineState {
  let state = two();
  for (let n = 0; n < blocks; n++) state = placeMachine(state, request(USER, 4, MEMALLOC), []).next;
  return state;
}

const half = (): MachineState => taken(2);
const full = (): MachineState => taken(4);

/** A reclaim that frees these blocks. */
const round = (of: number, ...heads: readonly number[]): Round => ({
  freed: heads.map((head) => ({ head: pfn(head), order: order(of) })),
  success: heads.length > 0,
});

const refute = (
  state: MachineState,
  command: PageCommand,
  outcome: PageOutcome,
  rounds: readonly Round[] = [],
): Counterexample | undefined => refuteMachine(new Set<Claim>(['complete']), state, command, rounds, outcome);

const clauseOf = (state: MachineState, command: PageCommand, outcome: PageOutcome): Clause | undefined =>
  refute(state, command, outcome)?.clause;

const freeAfter = (
  state: MachineState,
  command: PageCommand,
  outcome: PageOutcome,
  rounds: readonly Round[],
): readonly number[] => afterMachine(state, command, rounds, outcome).zones.map(freePages);

test('PASS-5, NODE-1 · a large request has one reclaim on each node, and may be granted what the second one kept', () => {
  expect(full().zones.map(freePages)).toEqual([0, 0]);
  expect(refute(full(), LARGE, granted(32), [round(4), round(4, 32)])).toBeUndefined();
  expect(refute(full(), LARGE, granted(0), [round(4), round(4, 32)])?.clause).toBe('TAKE-4');
});

describe('RECLAIM-2 · a block that was kept and not granted is free afterwards', () => {
  test.each<[PageOutcome, readonly Round[], readonly number[]]>([
    [EXHAUSTED, [round(4, 0), round(4)], [16, 0]],
    [EXHAUSTED, [round(4), round(4, 32)], [0, 16]],
    [granted(32), [round(4, 0), round(4, 32)], [16, 0]],
  ])('%j after %j', (outcome, rounds, free) => {
    expect(freeAfter(full(), LARGE, outcome, rounds)).toEqual(free);
  });

  test('also where another reclaim followed', () => {
    const empty = onThreeZones(USER, 16, MEMALLOC);
    const rounds = [round(0, 3), round(0)];
    expect(refute(empty, request(USER), STALLED, rounds)).toBeUndefined();
    expect(freeAfter(empty, request(USER), STALLED, rounds)).toEqual([1, 0, 8]);
  });
});

test('PAGE-2, PASS-6 · what a small request reclaimed is freed once, however many nodes it was tried on', () => {
  const shared = placeMachine(half(), { kind: 'get-page', head: pfn(0) }, []).next;
  expect(freeAfter(shared, request(USER), granted(40), [round(4, 0)])).toEqual([0, 31]);
  expect(freeAfter(half(), request(USER), granted(40), [round(4, 0)])).toEqual([16, 31]);
});

test('RECLAIM-3 · kswapd reclaims from the last node first', () => {
  const rounds: readonly Round[] = [
    { freed: [], success: false },
    { freed: [], success: true },
  ];
  const asking = (state: MachineState): readonly boolean[] => state.zones.map(({ needBalance }) => needBalance);
  expect(asking(full())).toEqual([true, true]);
  expect(asking(placeMachine(full(), { kind: 'kswapd' }, rounds).next)).toEqual([true, false]);
});

test('NODE-2 · a request for one node is granted its frames and no others', () => {
  const here: PageCommand = { ...request(USER), kind: 'allocate-on-node', node: nodeId(1) };
  const outcomes = stepMachine(new Set<Claim>(['complete']), two(), here, []).map(({ outcome }) => outcome);
  expect(outcomes).toEqual(Array.from({ length: 32 }, (_, n) => granted(32 + n)));
  expect(clauseOf(two(), here, granted(0))).toBe('ZONE-4');
});

test('PASS-6 · who may wait is refused only where there is no zone at all that the request goes to', () => {
  const other = startMachine(plainMachine([[8], [0, 0, 8]]));
  expect(clauseOf(other, request(USER), EXHAUSTED)).toBe('PASS-6');
  const none = startMachine(plainMachine([[0, 0, 8]]));
  expect(clauseOf(none, request(USER), EXHAUSTED)).toBeUndefined();
  expect(clauseOf(none, request(USER), STALLED)).toBe('PASS-6');
  expect(placeMachine(none, request(USER), []).outcome).toEqual(EXHAUSTED);
});

test('PASS-7, NODE-1 · a refusal is refuted by the second node too', () => {
  expect(refute(half(), request(ATOMIC), EXHAUSTED)?.facts[1]).toBe(
    'node 1 DMA has a block, and pages beyond its marks',
  );
});
