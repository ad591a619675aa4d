/** Tests of a machine's calls and states as texts: what a counterexample prints, and which states are the same. */

import { EXHAUSTED, MEMALLOC, STALLED, USER, after, granted, request, start } from './three-zones.ts';
import { expect, test } from 'vitest';
import { keyOfShared, namedPages, printedPages } from '../../../spec/machine/run/shared.ts';
import { nodeId, order, pfn } from '../../../spec/unit.ts';
import { placeMachine, startShared, stepShared } from '../../../spec/index.ts';
import { withBalance } from '../../../spec/machine/state.ts';
import type { MachineState, SharedState } from '../../../spec/index.ts';
import type { PageCommand } from '../../../protocol/index.ts';

const free = (head: number, of = 0): PageCommand => ({ kind: 'free-pages', head: pfn(head), order: order(of) });
const share = (head: number): PageCommand => ({ kind: 'get-page', head: pfn(head) });

test('SMP-6 · a call is printed with all that it asks', () => {
  expect(namedPages(request(USER))).toBe('asks for order 0, mask 0x1d0, from node 0');
  expect(namedPages({ ...request(0x20, 3, MEMALLOC), kind: 'allocate-on-node', node: nodeId(1) })).toBe(
    'asks for order 3, mask 0x20, on node 1, task 0x800',
  );
  expect(namedPages(free(8, 2))).toBe('frees the order 2 block at frame 8');
  expect(namedPages(share(8))).toBe('becomes a user of the block at frame 8');
  expect(namedPages({ kind: 'kswapd' })).toBe('runs kswapd');
});

test('SMP-6 · two answers are printed alike only if they are equal', () => {
  expect(printedPages(granted(3))).toBe('granted frame 3');
  expect(printedPages({ kind: 'rejected', misuse: 'double-free', clause: 'MISUSE-5' })).toBe('rejected as double-free');
  expect([EXHAUSTED, STALLED, { kind: 'done' } as const].map(printedPages)).toEqual(['exhausted', 'stalled', 'done']);
});

/** The state after some calls, each carried out at once. */
const through = (state: MachineState, ...commands: readonly PageCommand[]): MachineState =>
  commands.reduce((so, command) => placeMachine(so, command, []).next, state);

/** The machine on which processors have taken one step each of the same request. */
const begun = (...processors: readonly number[]): SharedState =>
  processors.reduce((so, processor) => stepShared(so, processor, request(USER)).next, startShared(start()));

test('SMP-6 · two machines are the same only if nothing differs on which an answer may depend', () => {
  const taken = after(USER, 4); // frames 15, 14, 13 and 12
  const states = [
    start(),
    withBalance(start(), 0, true),
    withBalance(start(), 1, true),
    { ...start(), cursor: nodeId(1) },
    taken,
    through(taken, free(12), free(14)),
    through(taken, free(14), free(12)),
    through(taken, share(12)),
    through(taken, share(12), share(12)),
    through(taken, share(14)),
  ].map(startShared);
  const [low = expect.fail()] = states;
  const lower = stepShared(low, 0, request(USER | 1)).next;
  const keys = [...states, begun(0), begun(1), begun(0, 1), lower].map(keyOfShared);
  expect(new Set(keys).size).toBe(keys.length);
});

test('SMP-6 · it is the same machine, whichever of two processors began first, and after what changed has changed back', () => {
  expect(keyOfShared(begun(0, 1))).toBe(keyOfShared(begun(1, 0)));
  const taken = after(USER, 1);
  expect(keyOfShared(startShared(through(taken, share(15), free(15))))).toBe(keyOfShared(startShared(taken)));
});
