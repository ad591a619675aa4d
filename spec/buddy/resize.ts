/** An arena that becomes smaller or larger: what may be answered to that, and the state after it. */
import { endOf } from '../arithmetic.ts';
import { rowOf, valuesOf } from './row.ts';
import { isFree, isInside, outstandingBlocks, pairsOver } from './state.ts';
import { nameOf } from './step.ts';
import { pfn } from '../unit.ts';
import { refuted } from '../refuted.ts';
import type { Buddy } from './state.ts';
import type { Counterexample, Outcome } from '../../protocol/index.ts';

/** Returns what an arena of only so many frames would cut off, in words; undefined if nothing. */
export function cutOff(state: Buddy, pages: number): string | undefined {
  const { base, holes } = state.arena;
  const end = base + pages;
  const block = outstandingBlocks(state).find((one) => endOf(one) > end);
  if (block !== undefined) return `the ${nameOf(block)} is outstanding`;
  const hole = holes.find(([first, count]) => first + count > end);
  return hole === undefined ? undefined : `frame ${Math.max(hole[0], end)} is reserved`;
}

/** Returns why an answer to a resizing is not permitted; undefined if it is. Refusing is always permitted. @clause RESIZE-1 */
export function refuteResize(state: Buddy, pages: number, outcome: Outcome): Counterexample | undefined {
  if (outcome.kind === 'exhausted') return undefined;
  const place = `resizing to ${pages} frames`;
  if (outcome.kind !== 'done') {
    return refuted('USE-3', place, `it was answered ${outcome.kind}`, 'it can be done or refused');
  }
  const why = cutOff(state, pages);
  return why === undefined ? undefined : refuted('RESIZE-1', place, 'it was done', `${why}, and is cut off`);
}

/**
 * Returns the state after an arena was resized, never beyond the frames that it was made with: what it grew by is free, what it lost
 * is not. Owners stay, so that what was freed once is known as that. @clause RESIZE-2
 */
export function resized(state: Buddy, pages: number): Buddy {
  const { origin, owners } = state;
  const arena = { ...state.arena, pages };
  const free = valuesOf(owners).map((_, n) => {
    const frame = pfn(origin + n);
    return isInside(arena, frame) && (!isInside(state.arena, frame) || isFree(state, frame));
  });
  return { arena, origin, pairs: pairsOver(free, arena.orders).map(rowOf), owners };
}
