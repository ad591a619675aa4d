/** Tests of what may be answered to optional requests, and of the state after them: resizing, frees at once, numbers of frames. */
import {
  afterBulk,
  afterSized,
  afterSizedFree,
  blocksIn,
  buddy,
  cutOff,
  nameOfSized,
  order,
  pfn,
} from '../../../spec/index.ts';
import { CLAUSE_OF, refuteBulk, refuteResize, refuteSized, refuteSizedFree, resized } from '../../../spec/index.ts';
import { expect, test } from 'vitest';
import type { Arena, Block, Claims, Counterexample, Outcome } from '../../../protocol/index.ts';
import type { Buddy } from '../../../spec/index.ts';

const CLAIMS: Claims = new Set(['complete', 'best-fit']);

/** Frames 9 to 16, of which 16 is a hole; blocks are counted from frame 9, or from frame 8. */
const arena: Arena = { base: pfn(9), pages: 8, orders: 3, holes: [[pfn(16), 1]], alignment: 'base' };
const absolute: Arena = { ...arena, alignment: 'absolute' };

const block = (head: number, of: number): Block => ({ head: pfn(head), order: order(of) });
const fresh = (): Buddy => buddy.start(arena);
/** The blocks at frames 9, of order 1, and 13 are outstanding. */
const used = (): Buddy => [block(9, 1), block(13, 0)].reduce(buddy.reserve, fresh());

const granted = (head: number): Outcome => ({ kind: 'granted', head: pfn(head) });
const done: Outcome = { kind: 'done' };
const exhausted: Outcome = { kind: 'exhausted' };
const rejected: Outcome = { kind: 'rejected', misuse: 'misaligned', clause: CLAUSE_OF.misaligned };

const told = (clause: Counterexample['clause'], place: string, ...facts: [string, string]): Counterexample => ({
  clause,
  place,
  facts,
});

test.each([
  ['frames that are free', 7, 'frame 16 is reserved'],
  ['nothing', 8, undefined],
  ['nothing, as it grows', 9, undefined],
] as const)('RESIZE-1 · cut off is %s: %i frames', (_, pages, why) => {
  expect(cutOff(used(), pages)).toBe(why);
});

test('RESIZE-1 · holes are cut off if their last frame is', () => {
  const state = buddy.start({
    ...arena,
    holes: [
      [pfn(10), 1],
      [pfn(12), 2],
    ],
  });
  expect([5, 4, 3, 2].map((pages) => cutOff(state, pages))).toEqual([
    undefined,
    'frame 13 is reserved',
    'frame 12 is reserved',
    'frame 12 is reserved',
  ]);
});

test('RESIZE-1 · an outstanding block is cut off if its last frame is', () => {
  const plain = buddy.reserve(buddy.start({ ...arena, holes: [] }), block(11, 1));
  expect([4, 3, 1].map((pages) => cutOff(plain, pages))).toEqual([
    undefined,
    'the order 1 block at frame 11 is outstanding',
    'the order 1 block at frame 11 is outstanding',
  ]);
});

test.each([
  [4, exhausted, undefined],
  [8, done, undefined],
  [8, granted(9), told('USE-3', 'resizing to 8 frames', 'it was answered granted', 'it can be done or refused')],
  [
    4,
    done,
    told(
      'RESIZE-1',
      'resizing to 4 frames',
      'it was done',
      'the order 0 block at frame 13 is outstanding, and is cut off',
    ),
  ],
])('RESIZE-1 · resizing to %i frames is refuted by two facts, or permitted: %#', (pages, outcome, wrong) => {
  expect(refuteResize(used(), pages, outcome)).toEqual(wrong);
});

test('RESIZE-2 · what an arena loses is not free, what it gains is, and the rest is as it was', () => {
  const before = buddy.liberate(buddy.reserve(buddy.start({ ...arena, holes: [] }), block(9, 1)), block(9, 1));
  const held = buddy.reserve(before, block(13, 1));
  const small = resized(held, 6);
  const frames = Array.from({ length: 10 }, (_, n) => pfn(8 + n));
  const freeIn = (state: Buddy): readonly number[] => frames.filter((frame) => buddy.isFree(state, frame));
  expect(small.arena).toEqual({ ...held.arena, pages: 6 });
  expect(freeIn(small)).toEqual([9, 10, 11, 12]);
  expect(buddy.ownerOf(small, pfn(9))).toBe(buddy.ownerOf(held, pfn(9)));
  expect(resized(small, 8)).toEqual(held);
});

test('BULK-1 · blocks that are freed at once are free, whichever comes first', () => {
  const blocks = [block(9, 1), block(13, 0)];
  const [one, other] = [afterBulk(used(), blocks), afterBulk(used(), blocks.toReversed())];
  expect(one).toEqual(other);
  expect(one.pairs).toEqual(fresh().pairs);
  expect(buddy.outstandingBlocks(one)).toEqual([]);
});

test.each([
  [done, undefined],
  [exhausted, 'it was answered exhausted'],
  [rejected, 'it was rejected as misaligned'],
])('BULK-1, SIZED-3 · a free of what is outstanding is legal: %#', (outcome, answer) => {
  const wrong = (clause: 'BULK-1' | 'SIZED-3', place: string): Counterexample | undefined =>
    answer === undefined ? undefined : told(clause, place, answer, 'it was legal');
  const bulk = wrong('BULK-1', 'freeing the blocks at frames 9 13');
  expect(refuteBulk([block(9, 1), block(13, 0)], outcome)).toEqual(bulk);
  expect(refuteSizedFree([pfn(9), 1], outcome)).toEqual(wrong('SIZED-3', 'freeing 1 frame from frame 9 on'));
  expect(refuteSizedFree([pfn(9), 3], outcome)).toEqual(wrong('SIZED-3', 'freeing 3 frames from frame 9 on'));
});

test.each([
  [1, 1, '1 frame'],
  [3, 1, '3 frames'],
  [3, 2, '3 frames at a multiple of 2'],
])('SIZED-1 · a request for %i frames at a multiple of %i has a name', (frames, align, name) => {
  expect(nameOfSized({ frames, align })).toBe(name);
});

test.each([
  [9, 4, [block(9, 2)]],
  [9, 7, [block(9, 2), block(13, 1), block(15, 0)]],
  [10, 5, [block(10, 0), block(11, 1), block(13, 1)]],
  [12, 1, [block(12, 0)]],
])('BLOCK-1 · frames are the largest blocks that they are made of: %i, %i', (first, count, blocks) => {
  expect(blocksIn(fresh(), [pfn(first), count])).toEqual(blocks);
});

const OUTSIDE = 'the arena has the frames 9 to 16';

test.each([
  ['SIZED-1 · frames in a row', fresh, 3, 1, granted(10), undefined],
  ['SIZED-1 · all of them', fresh, 7, 1, granted(9), undefined],
  [
    'TAKE-1 · frames before the arena',
    fresh,
    2,
    1,
    granted(8),
    told('TAKE-1', '2 frames from frame 8 on', 'they were granted', OUTSIDE),
  ],
  [
    'TAKE-1 · frames after it',
    fresh,
    3,
    1,
    granted(15),
    told('TAKE-1', '3 frames from frame 15 on', 'they were granted', OUTSIDE),
  ],
  [
    'TAKE-1 · no frame',
    fresh,
    1,
    1,
    granted(9.5),
    told('TAKE-1', '1 frame from frame 9.5 on', 'they were granted', OUTSIDE),
  ],
  [
    'TAKE-3 · a hole',
    fresh,
    2,
    1,
    granted(15),
    told('TAKE-3', '2 frames from frame 15 on', 'it was granted', 'frame 16 is a hole'),
  ],
  ['SIZED-1 · a multiple of 2 from the base', fresh, 3, 2, granted(11), undefined],
  ['SIZED-1 · a multiple of 4 from the base', fresh, 1, 4, granted(13), undefined],
  [
    'SIZED-1 · none',
    fresh,
    3,
    2,
    granted(10),
    told(
      'SIZED-1',
      '3 frames from frame 10 on',
      'they were granted',
      'frame 10 is no multiple of 2 frames from frame 9',
    ),
  ],
  ['SIZED-1 · a multiple of 2 from frame 0', () => buddy.start(absolute), 3, 2, granted(10), undefined],
  [
    'SIZED-1 · none of 4 from frame 0',
    () => buddy.start(absolute),
    3,
    4,
    granted(10),
    told(
      'SIZED-1',
      '3 frames from frame 10 on',
      'they were granted',
      'frame 10 is no multiple of 4 frames from frame 0',
    ),
  ],
  [
    'TAKE-6 · a block would hold them',
    used,
    2,
    1,
    exhausted,
    told('TAKE-6', '2 frames', 'the request was refused', 'the order 1 block at frame 11 is wholly free'),
  ],
  ['TAKE-6 · no block would hold them', used, 3, 1, exhausted, undefined],
  ['TAKE-6 · no block is aligned so', used, 1, 4, exhausted, undefined],
  [
    'USE-3 · no answer to it',
    fresh,
    1,
    2,
    done,
    told('USE-3', '1 frame at a multiple of 2', 'it was answered done', 'it can be granted or refused'),
  ],
] as const)('%s', (_, state, frames, align, outcome, wrong) => {
  expect(refuteSized(CLAIMS, state(), { frames, align }, outcome)).toEqual(wrong);
});

test('SIZED-2, SIZED-3 · frames are taken, the rest of their block is free, and all are free again', () => {
  const taken = afterSized(fresh(), [pfn(9), 3]);
  expect(buddy.outstandingBlocks(taken)).toEqual([block(9, 1), block(11, 0)]);
  expect(buddy.isFree(taken, pfn(12))).toBe(true);
  const freed = afterSizedFree(taken, [pfn(9), 3]);
  expect(freed.pairs).toEqual(fresh().pairs);
  expect(buddy.outstandingBlocks(freed)).toEqual([]);
});
