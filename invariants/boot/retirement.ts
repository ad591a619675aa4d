import { BOOT, HOLE, NOBODY, ownerName } from '../buddy/owner.ts';
import { isTaken, mapOf } from './state.ts';
import { refuteAll } from '../all.ts';
import { refuted } from '../invariant.ts';
import type { BootNodeObservation, BootObservation, Counterexample, Observation } from '../../protocol/index.ts';
import type { Invariant } from '../invariant.ts';

/** A node whose last page is taken, where that has a rest. @clause FIT-2 */
export const lastPageIsTaken: Invariant<BootObservation> = {
  clause: 'FIT-2',
  statement: 'A last page that has a rest is a taken page of its node.',
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

/** Nodes right after they were retired into zones, before anything is asked of those. */
export interface HandOver {
  readonly nodes: readonly BootNodeObservation[];
  readonly zones: readonly Observation[];
}

/** Whose a frame is by the zone that has it. */
function ownerIn(zones: readonly Observation[], frame: number): number | undefined {
  const zone = zones.find(({ arena }) => frame >= arena.base && frame < arena.base + arena.pages);
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
  statement: 'After retirement a page of the node is free in its zone exactly where it was free, or held the map.',
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
  statement: 'After retirement the zones hold what the pages handed over make, as many as they are, and are sound.',
  refute: refuteConservation,
};
