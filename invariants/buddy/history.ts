/** Invariants of two moments: the past of a zone leaves no trace in it. */
import { FREED, NOBODY, ownerName } from './owner.ts';
import { NONE } from './layer.ts';
import { bitOf, changedPair } from './bitmap.ts';
import { frameIndex, order } from '../unit.ts';
import { frameName, pairName } from './place.ts';
import { offsetOf } from '../arithmetic.ts';
import { read } from './reading.ts';
import { refuted } from '../invariant.ts';
import type { Clause, Counterexample, FrameIndex, Observation } from '../../protocol/index.ts';
import type { Invariant, Moments } from '../invariant.ts';

type Found = Counterexample | undefined;

/** The part of an owner that concerns the present: that a frame headed a block in the past is history. */
const useOf = (owner: number | undefined): number => (owner === FREED ? NOBODY : (owner ?? NOBODY));

/** The first frame that is used differently: as a hole, by boot memory, as the head of an outstanding block of an order, or as none of these. */
function otherUse({ after, before }: Moments): FrameIndex | undefined {
  for (let n = 0; n < before.arena.pages; n++) {
    if (useOf(before.owners[n]) !== useOf(after.owners[n])) return frameIndex(n);
  }
  return undefined;
}

const headed = (of: number): string => (of < 0 ? 'no free block' : `a free block of order ${of}`);

function refuteFreeSet(clause: Clause, { after, before }: Moments): Found {
  const [was, is] = [read(before).listed.orders, read(after).listed.orders];
  for (let n = 0; n < before.arena.pages; n++) {
    const [then, now] = [was[n] ?? NONE, is[n] ?? NONE];
    if (then === now) continue;
    const place = frameName(before.arena, frameIndex(n));
    return refuted(
      clause,
      place,
      `it headed ${headed(then)}`,
      `with the same blocks outstanding it heads ${headed(now)}`,
    );
  }
  return undefined;
}

function refuteMaps(clause: Clause, { after, before }: Moments): Found {
  for (let n = 0; n < before.maps.length; n++) {
    const of = order(n);
    const pair = changedPair(before, after, of);
    if (pair === undefined) continue;
    const [was, is] = [bitOf(before, of, pair), bitOf(after, of, pair)];
    return refuted(clause, pairName(of, pair), `map bit was ${was}`, `with the same blocks outstanding it is ${is}`);
  }
  return undefined;
}

const sameGeometry = (one: Observation, other: Observation): boolean =>
  one.arena.base === other.arena.base &&
  one.arena.pages === other.arena.pages &&
  one.arena.orders === other.arena.orders &&
  offsetOf(one.arena) === offsetOf(other.arena);

/**
 * Compares two observations of one zone, or of two. It says nothing if the arenas differ, or the outstanding blocks, or the
 * frames handed over. Maps are compared only if both observations are of the same kernel. @clause STATE-2
 */
export const historyLeavesNoTrace: Invariant<Moments> = {
  clause: 'STATE-2',
  statement:
    'The free blocks and the maps depend only on what is outstanding and what was handed over, not on the history.',
  refute: (moments) => {
    const { after, before } = moments;
    if (!sameGeometry(before, after) || otherUse(moments) !== undefined) return undefined;
    const found = refuteFreeSet('STATE-2', moments);
    return found ?? (before.kernel === after.kernel ? refuteMaps('STATE-2', moments) : undefined);
  },
};

/** Compares the moment right before an allocation with the moment right after the free of the block that it granted. @clause STATE-3 */
export const freeUndoesAllocate: Invariant<Moments> = {
  clause: 'STATE-3',
  statement: 'Allocating a block and freeing it again restores the free blocks, the outstanding blocks and the maps.',
  refute: (moments) => {
    const { after, before } = moments;
    const frame = otherUse(moments);
    if (frame === undefined) return refuteFreeSet('STATE-3', moments) ?? refuteMaps('STATE-3', moments);
    const [was, is] = [before.owners[frame], after.owners[frame]];
    const fact = 'the block that was granted since was freed';
    return refuted(
      'STATE-3',
      frameName(before.arena, frame),
      `its owner went from ${ownerName(was)} to ${ownerName(is)}`,
      fact,
    );
  },
};
