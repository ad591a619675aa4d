/** Tests of how an answer of a machine is refuted: the clause, the place and two facts. */

import { ATOMIC, EXHAUSTED, MEMALLOC, STALLED, USER, after, granted, request, start } from './three-zones.ts';
import { expect, test } from 'vitest';
import { nodeId, order, pfn } from '../../../spec/unit.ts';
import { placeMachine, refuteMachine } from '../../../spec/index.ts';
import type { Claim, Clause, PageCommand, PageMisuse, PageOutcome, Round } from '../../../protocol/index.ts';
import type { MachineState } from '../../../spec/index.ts';

const empty = (): MachineState => after(USER, 16, MEMALLOC);
/** Of Normal and of DMA one page is left to whom a quarter of the marks, here none, is enough. */
const scarce = (): MachineState => after(ATOMIC, 14);
const taken = (): MachineState => placeMachine(start(), request(USER), []).next;
const FREED: readonly Round[] = [{ freed: [{ head: pfn(3), order: order(0) }], success: true }];
const getPage = (head: number): PageCommand => ({ kind: 'get-page', head: pfn(head) });
const freeOne = (head: number): PageCommand => ({ kind: 'free-pages', head: pfn(head), order: order(0) });
const rejected = (misuse: PageMisuse, clause: Clause): PageOutcome => ({ kind: 'rejected', misuse, clause });
const DONE: PageOutcome = { kind: 'done' };
const BELOW = 'its free pages do not exceed the block and the marks up to it';
const OTHER = 'it was legal, and has another kind of answer';

/** What is refuted, and the two facts that it is refuted with. */
const REFUTED: readonly (readonly [
  state: () => MachineState,
  command: PageCommand,
  outcome: PageOutcome,
  rounds: readonly Round[],
  ...told: readonly [clause: Clause, place: string, observed: string, expected: string],
])[] = [
  [
    start,
    request(USER),
    granted(24),
    [],
    'TAKE-1',
    'order 0 block at frame 24',
    'it was granted',
    'its first frame lies in no zone',
  ],
  [
    start,
    request(USER),
    granted(16),
    [],
    'ZONE-4',
    'order 0 block at frame 16',
    'it was granted from node 0 HighMem',
    'that is not in its zonelist',
  ],
  [
    taken,
    request(USER),
    granted(15),
    [],
    'TAKE-4',
    'order 0 block at frame 15',
    'it was granted',
    'the order 0 block at frame 15 is outstanding: both hold frame 15',
  ],
  [
    empty,
    request(USER),
    granted(0),
    [],
    'TAKE-4',
    'order 0 block at frame 0',
    'it was granted',
    'the order 0 block at frame 0 is outstanding: both hold frame 0',
  ],
  [
    () => after(USER, 11),
    request(USER),
    granted(0),
    [],
    'WATER-2',
    'order 0 block at frame 0',
    'it was granted from node 0 DMA',
    BELOW,
  ],
  [
    scarce,
    request(ATOMIC),
    granted(0),
    [],
    'WATER-3',
    'order 0 block at frame 0',
    'it was granted from node 0 DMA',
    BELOW,
  ],
  [
    empty,
    request(USER),
    EXHAUSTED,
    [],
    'PASS-6',
    'order 0',
    'the request was refused',
    'it may wait, and is of order 3 or below',
  ],
  [
    empty,
    request(USER, 3),
    EXHAUSTED,
    [],
    'PASS-6',
    'order 3',
    'the request was refused',
    'it may wait, and is of order 3 or below',
  ],
  [empty, request(ATOMIC), STALLED, [], 'PASS-6', 'order 0', 'it was answered stalled', 'such a request is refused'],
  [
    empty,
    request(USER),
    STALLED,
    FREED,
    'PASS-6',
    'order 0',
    'it was answered stalled',
    'the last reclaim freed memory',
  ],
  [
    start,
    request(USER),
    STALLED,
    [],
    'PASS-7',
    'order 0',
    'it was answered stalled',
    'node 0 Normal has a block, and pages beyond its marks',
  ],
  [
    start,
    request(ATOMIC),
    EXHAUSTED,
    [],
    'PASS-7',
    'order 0',
    'the request was refused',
    'node 0 Normal has a block, and pages beyond its marks',
  ],
  [
    empty,
    request(ATOMIC),
    EXHAUSTED,
    FREED,
    'PASS-4',
    'order 0',
    'memory was reclaimed for the request',
    'it may not wait, or needs no mark, or has no order of the machine',
  ],
  [
    start,
    request(USER, 5),
    EXHAUSTED,
    FREED,
    'PASS-4',
    'order 5',
    'memory was reclaimed for the request',
    'it may not wait, or needs no mark, or has no order of the machine',
  ],
  [
    start,
    request(USER, 5),
    granted(0),
    [],
    'TAKE-5',
    'order 5',
    'it was answered granted',
    'the machine has the orders 0 to 4',
  ],
  [
    start,
    request(0x200),
    EXHAUSTED,
    [],
    'GFP-2',
    'machine',
    'it was answered exhausted',
    'it was misuse: no-such-flags',
  ],
  [
    start,
    { ...request(USER), node: nodeId(1) },
    EXHAUSTED,
    [],
    'NODE-1',
    'machine',
    'it was answered exhausted',
    'it was misuse: no-such-node',
  ],
  [start, request(USER), DONE, [], 'USE-3', 'machine', 'it was answered done', OTHER],
  [
    start,
    request(USER),
    rejected('no-such-order', 'TAKE-5'),
    [],
    'USE-3',
    'machine',
    'it was answered rejected as no-such-order',
    OTHER,
  ],
  [start, getPage(3), DONE, [], 'PAGE-4', 'machine', 'it was answered done', 'it was misuse: no-such-page'],
  [
    taken,
    getPage(15),
    rejected('no-such-page', 'PAGE-4'),
    [],
    'PAGE-4',
    'machine',
    'it was answered rejected as no-such-page',
    OTHER,
  ],
  [start, freeOne(3), DONE, [], 'MISUSE-6', 'machine', 'it was answered done', 'it was misuse: never-allocated'],
  [
    taken,
    freeOne(15),
    rejected('double-free', 'MISUSE-5'),
    [],
    'GIVE-1',
    'machine',
    'it was answered rejected as double-free',
    OTHER,
  ],
  [start, { kind: 'kswapd' }, EXHAUSTED, [], 'RECLAIM-3', 'machine', 'it was answered exhausted', OTHER],
];

test.each(REFUTED)(
  'STEP-1 · what a machine may not is refuted by two facts: %#',
  (state, command, outcome, rounds, ...told) => {
    const [clause, place, ...facts] = told;
    expect(refuteMachine(new Set<Claim>(['complete']), state(), command, rounds, outcome)).toEqual({
      clause,
      place,
      facts,
    });
  },
);

test('PASS-7 · where nobody claims to refuse only what cannot be given, a refusal by who may not wait is right', () => {
  expect(refuteMachine(new Set<Claim>(), start(), request(ATOMIC), [], EXHAUSTED)).toBeUndefined();
});
