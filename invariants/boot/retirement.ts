/** Invariants of the hand-over from boot memory to the zones. */
import { BOOT, HOLE, NOBODY, ownerName } from '../buddy/owner.ts';
import { holds } from '../arithmetic.ts';
import { isTaken, mapOf } from './state.ts';
import { refuteAll } from '../buddy/all.ts';
import { refuted } from '../invariant.ts';
import type { BootNodeObservation, BootObservation, Counterexample, Observation } from '../../protocol/index.ts';
import type { Invariant } from '../invariant.ts';

/** Holds at every moment of boot memory. @clause FIT-2 */
export const lastPageIsTaken: Invariant<BootObservation> = {
  clause: 'FIT-2',
  statement: 'If the page of the last grant has a rest, it is a taken page of its node.',
  refute: ({ nodes }) => {
    for (const [at, node] of nodes.entries()) {
      const { end, lastOffset, lastPos, start } = node;
      if (lastOffset === 0 || (start + lastPos < end && isTaken(node, start + lastPos))) continue;
      return refuted(
        'FIT-2',
        `node ${at}`,
        `page ${start + lastPos} has a rest from ${lastOffset} on`,
        'it is no taken page of the node',
      );
    }
    return undefined;
  },
};

/** Nodes right after they were retired into zones, before any command to those zones. */
export interface HandOver {
  readonly nodes: readonly BootNodeObservation[];
  readonly zones: readonly Observation[];
}

/** The owner of a frame, according to the zone that it lies in. */
function ownerIn(zones: readonly Observation[], frame: number): number | undefined {
  const zone = zones.find(({ arena }) => holds(arena, frame));
  return zone?.owners[frame - zone.arena.base];
}

function refuteFrames({ nodes, zones }: HandOver): Counterexample | undefined {
  for (const node of nodes) {
    const [first, end] = mapOf(node);
    for (let page: number = node.start; page < node.end; page++) {
      const owner = ownerIn(zones, page);
      const isMap = page >= first && page < end;
      const isRight =
        isMap || !isTaken(node, page) ? owner === NOBODY : owner === BOOT || owner === HOLE || owner === undefined;
      if (isRight) continue;
      const was = isMap ? 'it held the map' : isTaken(node, page) ? 'it was taken' : 'it was free';
      return refuted(
        'RETIRE-1',
        `page ${page}`,
        was,
        `its owner is ${owner === undefined ? 'no zone' : ownerName(owner)}`,
      );
    }
  }
  return undefined;
}

/** @clause RETIRE-1 */
export const retirementHandsOverTheFree: Invariant<HandOver> = {
  clause: 'RETIRE-1',
  statement: 'After retirement a page of the node is free in its zone if and only if it was free or held the bitmap.',
  refute: refuteFrames,
};

function refuteConservation({ nodes, zones }: HandOver): Counterexample | undefined {
  for (const zone of zones) {
    const [found] = refuteAll(zone);
    if (found !== undefined) {
      return refuted(
        'RETIRE-6',
        found.place,
        `the zone is what retirement made`,
        `${found.clause}: ${found.facts.join(', but ')}`,
      );
    }
  }
  const free = zones.reduce((sum, { freeCount }) => sum + freeCount, 0);
  const handed = nodes.flatMap((node) => {
    const [first, end] = mapOf(node);
    const pages = Array.from({ length: node.end - node.start }, (_, n) => node.start + n);
    return pages.filter((page) => (page >= first && page < end) || !isTaken(node, page));
  });
  if (free === handed.length) return undefined;
  return refuted('RETIRE-6', 'the zones', `${free} frames are free`, `${handed.length} pages were to be handed over`);
}

/** @clause RETIRE-6 */
export const retirementLosesNothing: Invariant<HandOver> = {
  clause: 'RETIRE-6',
  statement:
    'After retirement the invariants of each zone hold, and the zones have as many free frames as pages were handed over.',
  refute: refuteConservation,
};
