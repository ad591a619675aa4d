import { FREED, NOBODY, ownerName } from './owner.ts';
import { NONE } from './layer.ts';
import { bitOf, changedPair } from './bitmap.ts';
import { frameIndex, order } from '../unit.ts';
import { frameName, pairName } from '../place.ts';
import { offsetOf } from '../arithmetic.ts';
import { read } from './reading.ts';
import { refuted } from '../invariant.ts';
import type { Clause, Counterexample, FrameIndex, Observation } from '../../protocol/index.ts';
import type { Invariant, Moments } from '../invariant.ts';

type Found = Counterexample | undefined;

/** What an owner says of now; whether a frame headed a block once is history. */
const useOf = (owner: number | undefined): number => (owner === FREED ? NOBODY : (owner ?? NOBODY));

/** The first frame whose use differs: hole, boot memory's, head of an outstanding block of some order, or none of these. */
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
 * Over two observations of one zone, or of two: where the arenas differ, or what is outstanding or handed over does,
 * nothing is said. Maps are compared where both are of one kernel. @clause STATE-2
 */
export const historyLeavesNoTrace: Invariant<Moments> = {
  clause: 'STATE-2',
  statement:
    'What is free, and the map, depend on what is outstanding and handed over alone, not on how it came to be so.',
  refute: (moments) => {
    const { after, before } = moments;
    if (!sameGeometry(before, after) || otherUse(moments) !== undefined) return undefined;
    const found = refuteFreeSet('STATE-2', moments);
    return found ?? (before.kernel === after.kernel ? refuteMaps('STATE-2', moments) : undefined);
  },
};

/** Over the moments right before an allocation and right after the free of what it granted. @clause STATE-3 */
export const freeUndoesAllocate: Invariant<Moments> = {
  clause: 'STATE-3',
  statement: 'Allocating a block and freeing it restores what is free, what is outstanding, and the map.',
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
