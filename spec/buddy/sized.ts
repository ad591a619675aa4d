/** A request for a number of frames, the rest of whose block is given back at once: what may be answered to it, and the state after it. */
import { isWhole, orderFor, ordersOf, sizeOf } from '../arithmetic.ts';
import { liberate, reserve } from './state.ts';
import { order, pfn } from '../unit.ts';
import { refute, refuteFrames } from './step.ts';
import { refuted } from '../refuted.ts';
import type { Block, Claims, Counterexample, Outcome, Run } from '../../protocol/index.ts';
import type { Buddy } from './state.ts';

/** A request for a number of frames, 1 or more, whose first is a multiple of `align`, a power of two. */
export interface SizedRequest {
  readonly frames: number;
  readonly align: number;
}

const framesOf = (count: number): string => (count === 1 ? '1 frame' : `${count} frames`);

/** Returns what a sized request asks for, in words. */
export const nameOfSized = ({ frames, align }: SizedRequest): string =>
  align === 1 ? framesOf(frames) : `${framesOf(frames)} at a multiple of ${align}`;

/** Returns the name of what a sized request was granted. */
const nameOfRun = ([first, count]: Run): string => `${framesOf(count)} from frame ${first} on`;

/** Returns the largest blocks that frames of an arena are made of, ascending: these are outstanding while the frames are. @clause BLOCK-1 */
export function blocksIn({ arena, origin }: Buddy, [first, count]: Run): readonly Block[] {
  const blocks: Block[] = [];
  for (let at: number = first; at < first + count;) {
    const fits = (size: number): boolean => (at - origin) % size === 0 && at + size <= first + count;
    const of = order(ordersOf(arena).findLastIndex((one) => fits(sizeOf(one))));
    blocks.push({ head: pfn(at), order: of });
    at += sizeOf(of);
  }
  return blocks;
}

/** @clause SIZED-1 */
function refuteGrant(state: Buddy, run: Run, align: number): Counterexample | undefined {
  const { arena } = state;
  const [first, count] = run;
  const place = nameOfRun(run);
  if (!isWhole(first) || first < arena.base || first + count > arena.base + arena.pages) {
    const frames = `the arena has the frames ${arena.base} to ${arena.base + arena.pages - 1}`;
    return refuted('TAKE-1', place, 'they were granted', frames);
  }
  const from = arena.alignment === 'base' ? arena.base : 0;
  if ((first - from) % align !== 0) {
    const fact = `frame ${first} is no multiple of ${align} frames from frame ${from}`;
    return refuted('SIZED-1', place, 'they were granted', fact);
  }
  return refuteFrames(state, place, run);
}

/**
 * Returns why an answer to a sized request is not permitted; undefined if it is. Any frames will do that are free and aligned; a
 * refusal is judged by the block that would hold them. @clause SIZED-1 @clause TAKE-6 @clause BLOCK-3
 */
export function refuteSized(
  claims: Claims,
  state: Buddy,
  request: SizedRequest,
  outcome: Outcome,
): Counterexample | undefined {
  const { frames, align } = request;
  if (outcome.kind === 'granted') return refuteGrant(state, [outcome.head, frames], align);
  const of = orderFor(Math.max(frames, align));
  const wrong = refute(claims, state, { kind: 'allocate', order: of }, outcome);
  return wrong === undefined ? undefined : { ...wrong, place: nameOfSized(request) };
}

/** Returns the state after a sized request was granted: its frames are taken, the rest of their block is free. @clause SIZED-2 */
export const afterSized = (state: Buddy, run: Run): Buddy => blocksIn(state, run).reduce(reserve, state);

/** Returns why an answer to a free of what a sized request was granted is not permitted; undefined if it is. @clause SIZED-3 */
export function refuteSizedFree(run: Run, outcome: Outcome): Counterexample | undefined {
  if (outcome.kind === 'done') return undefined;
  const answer = outcome.kind === 'rejected' ? `rejected as ${outcome.misuse}` : `answered ${outcome.kind}`;
  return refuted('SIZED-3', `freeing ${nameOfRun(run)}`, `it was ${answer}`, 'it was legal');
}

/** Returns the state after what a sized request was granted is freed: all its frames are free, and no other changes. @clause SIZED-3 */
export const afterSizedFree = (state: Buddy, run: Run): Buddy => blocksIn(state, run).reduce(liberate, state);
