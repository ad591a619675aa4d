/** Tests of how an answer of the buddy system is refuted: the clause, the place and two facts. */

import { CLAUSE_OF, buddy, order, pfn, refute } from '../../../spec/index.ts';
import { expect, test } from 'vitest';
import type { Arena, Claims, Command, Counterexample, Misuse, Outcome } from '../../../protocol/index.ts';
import type { Buddy } from '../../../spec/index.ts';

const CLAIMS: Claims = new Set(['complete', 'best-fit']);

/** Frames 8 to 14, and a hole; blocks are counted from frame 8. */
const arena: Arena = { base: pfn(8), pages: 8, orders: 3, holes: [[pfn(15), 1]], alignment: 'base' };
/** Frames 6 to 13; blocks are counted from frame 4. */
const absolute: Arena = { base: pfn(6), pages: 8, orders: 3, holes: [], alignment: 'absolute' };

const take = (state: Buddy, ...blocks: readonly (readonly [head: number, of: number])[]): Buddy =>
  blocks.reduce((before, [head, of]) => buddy.reserve(before, { head: pfn(head), order: order(of) }), state);

const booted = (): Buddy => buddy.boot(arena);
const fresh = (): Buddy => buddy.start(arena);
/** One frame is outstanding: a block of order 0 is left beside it, and one of order 1. */
const used = (): Buddy => take(fresh(), [8, 0]);
const full = (): Buddy => take(buddy.start(absolute), [6, 1], [8, 2], [12, 0]);

const allocate = (of: number): Command => ({ kind: 'allocate', order: order(of) });
const free = (head: number, of: number): Command => ({ kind: 'free', head: pfn(head), order: order(of) });
const handOver = (frame: number): Command => ({ kind: 'hand-over', frame: pfn(frame) });

const granted = (head: number): Outcome => ({ kind: 'granted', head: pfn(head) });
const exhausted: Outcome = { kind: 'exhausted' };
const done: Outcome = { kind: 'done' };
const rejected = (misuse: Misuse): Outcome => ({ kind: 'rejected', misuse, clause: CLAUSE_OF[misuse] });

type Told = readonly [clause: Counterexample['clause'], place: string, observed: string, expected: string];

/** What is refuted, and the two facts that it is refuted with. */
const REFUTED: readonly (readonly [state: () => Buddy, command: Command, outcome: Outcome, ...told: Told])[] = [
  [
    used,
    allocate(0),
    granted(8),
    'TAKE-4',
    'order 0 block at frame 8',
    'it was granted',
    'the order 0 block at frame 8 is outstanding: both hold frame 8',
  ],
  [
    () => take(fresh(), [10, 1]),
    allocate(2),
    granted(8),
    'TAKE-4',
    'order 2 block at frame 8',
    'it was granted',
    'the order 1 block at frame 10 is outstanding: both hold frame 10',
  ],
  [fresh, allocate(1), granted(14), 'TAKE-3', 'order 1 block at frame 14', 'it was granted', 'frame 15 is a hole'],
  [
    booted,
    allocate(0),
    granted(9),
    'TAKE-3',
    'order 0 block at frame 9',
    'it was granted',
    'frame 9 is held by boot memory',
  ],
  [
    used,
    allocate(0),
    granted(11),
    'TAKE-7',
    'order 0 block at frame 11',
    'it was taken out of the free order 1 block at frame 10',
    'a free block of order 0 would have sufficed',
  ],
  [
    fresh,
    allocate(3),
    granted(8),
    'TAKE-5',
    'order 3 block at frame 8',
    'it was granted',
    'the arena has the orders 0 to 2',
  ],
  [
    fresh,
    allocate(0),
    granted(7),
    'TAKE-1',
    'order 0 block at frame 7',
    'it was granted',
    'the arena has the frames 8 to 15',
  ],
  [
    fresh,
    allocate(0),
    granted(16),
    'TAKE-1',
    'order 0 block at frame 16',
    'it was granted',
    'the arena has the frames 8 to 15',
  ],
  [
    fresh,
    allocate(2),
    granted(14),
    'TAKE-1',
    'order 2 block at frame 14',
    'it was granted',
    'the arena has the frames 8 to 15',
  ],
  [
    fresh,
    allocate(1),
    granted(9),
    'TAKE-2',
    'order 1 block at frame 9',
    'it was granted',
    'frame 9 is no multiple of 2 frames from frame 8',
  ],
  [
    () => buddy.start(absolute),
    allocate(2),
    granted(6),
    'TAKE-2',
    'order 2 block at frame 6',
    'it was granted',
    'frame 6 is no multiple of 4 frames from frame 0',
  ],
  [
    used,
    allocate(1),
    exhausted,
    'TAKE-6',
    'order 1',
    'the request was refused',
    'the order 1 block at frame 10 is wholly free',
  ],
  [
    full,
    allocate(0),
    exhausted,
    'TAKE-6',
    'order 0',
    'the request was refused',
    'the order 0 block at frame 13 is wholly free',
  ],
  [fresh, allocate(-1), done, 'TAKE-5', 'order -1', 'it was answered done', 'it was misuse: no-such-order'],
  [fresh, allocate(0), done, 'USE-3', 'order 0', 'it was answered done', 'it can be granted or refused'],
  [
    used,
    free(8, 0),
    rejected('double-free'),
    'GIVE-1',
    'freeing the order 0 block at frame 8',
    'it was rejected as double-free',
    'it was legal',
  ],
  [
    used,
    free(8, 0),
    exhausted,
    'GIVE-1',
    'freeing the order 0 block at frame 8',
    'it was answered exhausted',
    'it was legal',
  ],
  [
    used,
    free(9, 0),
    done,
    'MISUSE-6',
    'freeing the order 0 block at frame 9',
    'it was answered done',
    'it was misuse: never-allocated',
  ],
  [
    used,
    free(9, 0),
    rejected('wrong-order'),
    'MISUSE-6',
    'freeing the order 0 block at frame 9',
    'it was rejected as wrong-order',
    'it was misuse: never-allocated',
  ],
  [
    booted,
    handOver(9),
    rejected('handed-over-twice'),
    'HAND-1',
    'handing over frame 9',
    'it was rejected as handed-over-twice',
    'it was legal',
  ],
  [
    fresh,
    handOver(9),
    done,
    'HAND-2',
    'handing over frame 9',
    'it was answered done',
    'it was misuse: handed-over-twice',
  ],
  [
    booted,
    handOver(15),
    done,
    'HAND-3',
    'handing over frame 15',
    'it was answered done',
    'it was misuse: no-such-frame',
  ],
];

test.each(REFUTED)('STEP-1 · what may not be is refuted by two facts: %#', (state, command, outcome, ...told) => {
  const [clause, place, ...facts] = told;
  expect(refute(CLAIMS, state(), command, outcome)).toEqual({ clause, place, facts });
});

/** What is not refuted: it is right, or what forbids it was not claimed. */
const PERMITTED: readonly (readonly [claims: Claims, state: () => Buddy, command: Command, outcome: Outcome])[] = [
  [CLAIMS, used, allocate(0), granted(9)],
  [CLAIMS, used, allocate(2), exhausted],
  [CLAIMS, fresh, allocate(3), exhausted],
  [CLAIMS, full, allocate(0), granted(13)],
  [new Set(['complete']), used, allocate(0), granted(11)],
  [new Set(['best-fit']), used, allocate(1), exhausted],
  [CLAIMS, used, free(8, 0), done],
  [CLAIMS, used, free(9, 0), rejected('never-allocated')],
  [CLAIMS, booted, handOver(9), done],
  [CLAIMS, fresh, handOver(9), rejected('handed-over-twice')],
];

test.each(PERMITTED)('STEP-1 · what may be is not: %#', (claims, state, command, outcome) => {
  expect(refute(claims, state(), command, outcome)).toBeUndefined();
});
