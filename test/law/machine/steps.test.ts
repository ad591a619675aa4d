/** Tests of the steps that requests take on a machine of several processors, counted by hand. */

import { ATOMIC, EXHAUSTED, MEMALLOC, STALLED, USER, after, granted, request, start } from './three-zones.ts';
import { describe, expect, test } from 'vitest';
import { nodeId, order, pfn } from '../../../spec/unit.ts';
import { placeMachine, startMachine, startShared, stepShared } from '../../../spec/index.ts';
import { plainMachine } from '../../unit/machine/low-memory.ts';
import type { MachineState, SharedState } from '../../../spec/index.ts';
import type { PageCommand, PageOutcome } from '../../../protocol/index.ts';

/** Carries a call out with nobody between its steps. Returns how many it took, the answer and the state. */
function alone(
  state: SharedState,
  command: PageCommand,
  steps = 1,
): { readonly steps: number; readonly outcome: PageOutcome; readonly state: MachineState } {
  const { next, outcome } = stepShared(state, 0, command);
  return outcome === undefined ? alone(next, command, steps + 1) : { steps, outcome, state: next.state };
}

const empty = (): MachineState => after(USER, 16, MEMALLOC);
/** Of Normal 3 pages are free and of DMA 5: no mark lets a page go. */
const scarce = (): MachineState => after(USER, 11);

describe('SMP-6 · the steps of a call', () => {
  test.each<[what: string, state: () => MachineState, command: PageCommand, steps: number, outcome: PageOutcome]>([
    ['a count seen above pages_low, a page taken', start, request(USER), 2, granted(15)],
    ['the same on one node', start, { ...request(USER), kind: 'allocate-on-node' }, 2, granted(15)],
    ['low twice, wake, min twice, again twice', empty, request(USER), 7, STALLED],
    ['low twice, wake, min twice', empty, request(ATOMIC), 5, EXHAUSTED],
    ['low twice, wake, min twice, and a page asked for twice', empty, request(USER, 0, MEMALLOC), 7, EXHAUSTED],
    ['low twice, wake, min twice, and a page taken without a mark', scarce, request(USER, 0, MEMALLOC), 6, granted(10)],
    ['low twice, wake, min twice, again twice, too large', empty, request(USER, 4), 7, EXHAUSTED],
    ['no order of the machine', start, request(USER, 5), 1, EXHAUSTED],
    ['misuse', start, request(0x200), 1, { kind: 'rejected', misuse: 'no-such-flags', clause: 'GFP-2' }],
    ['no zone for the request', () => startMachine(plainMachine([[0, 0, 8]])), request(USER), 1, EXHAUSTED],
    ['a turn of kswapd', empty, { kind: 'kswapd' }, 1, { kind: 'done' }],
    ['a free', empty, { kind: 'free-pages', head: pfn(3), order: order(0) }, 1, { kind: 'done' }],
  ])('%s', (_, state, command, steps, outcome) => {
    expect(alone(startShared(state()), command)).toMatchObject({ steps, outcome });
  });
});

/** Two nodes of eight pages of DMA, with the marks 2, 4 and 6; all pages of node 0 are taken. */
function halfTaken(): MachineState {
  const balance = { ratio: 4, least: 0, most: 4 };
  const two = plainMachine([[8], [8]], { balance: { DMA: balance, Normal: balance, HighMem: balance } });
  const takes = Array<PageCommand>(8).fill({ ...request(USER, 0, MEMALLOC), kind: 'allocate-on-node' });
  return takes.reduce((state, command) => placeMachine(state, command, []).next, startMachine(two));
}

const asking = (state: MachineState): readonly boolean[] => state.zones.map(({ needBalance }) => needBalance);

test('SMP-6, NODE-1, NODE-3 · after low, wake and min on one node a request begins anew on the next, unless it is retried', () => {
  const refused = alone(startShared(halfTaken()), request(ATOMIC));
  expect([refused.steps, refused.outcome, asking(refused.state)]).toEqual([5, granted(15), [true, false]]);
  expect(alone(startShared(halfTaken()), request(USER))).toMatchObject({ steps: 4, outcome: STALLED });
});

test('SMP-6, NODE-4 · with round-robin the first step moves the cursor, and no other does', () => {
  const inTurn = startShared(startMachine(plainMachine([[64], [64]], { policy: 'round-robin' })));
  const { next, outcome } = stepShared(inTurn, 0, request(USER));
  expect([next.state, outcome]).toEqual([{ ...inTurn.state, cursor: nodeId(1) }, undefined]);
  const ended = alone(inTurn, request(USER));
  expect([ended.steps, ended.outcome, ended.state.cursor]).toEqual([3, granted(127), 1]);
});
