/** Two zones in known states, and ways to tamper with their bytes. */

import { bootZone, handOverAll } from './zone.ts';
import { invariants, snapshot, refuteAll, tell } from '../../../../invariants/index.ts';
import { order, pfn } from '../../../../src/index.ts';
import type { Clause, Kernel, Observation } from '../../../../protocol/index.ts';
import type { OpenZone } from './zone.ts';

/** Returns the clauses that an observation refutes. */
export const clausesOf = (seen: Observation): readonly Clause[] => refuteAll(seen).map(({ clause }) => clause);

/** Returns how one clause is refuted; undefined if it is not. */
export function refutationOf(clause: Clause, seen: Observation): string | undefined {
  const found = invariants.find((invariant) => invariant.clause === clause)?.refute(seen);
  return found === undefined ? undefined : tell(found);
}

/** Returns a copy of an observation with some parts replaced. */
export const doctored = (seen: Observation, change: Partial<Observation>): Observation => ({
  ...snapshot(seen),
  ...change,
});

/**
 * Sixteen frames, all handed over, a single frame and a block of two taken: in 2.4 frames 15 and 12, free are 0 to 7,
 * 8 to 11 and 14; in 2.6 frames 0 and 2, free are 1, 4 to 7 and 8 to 15.
 */
export function sixteen(kernel: Kernel): OpenZone {
  const zone = bootZone({ kernel, base: pfn(0), pages: 16, orders: 5, holes: [] });
  handOverAll(zone);
  zone.allocator.allocate(order(0));
  zone.allocator.allocate(order(1));
  return zone;
}

/**
 * Sixteen frames from 32 on, eight single ones taken and every other given back. In 2.4, 41, 43, 44 and 46 are outstanding,
 * list 0 is 40, 42, 45, 47 and list 3 is 32; in 2.6, 33, 35, 36 and 38 are outstanding and list 3 is 40.
 */
export function combed(kernel: Kernel): OpenZone {
  const zone = bootZone({ kernel, base: pfn(32), pages: 16, orders: 5, holes: [] });
  handOverAll(zone);
  const heads = Array.from({ length: 8 }, () => zone.allocator.allocate(order(0)));
  for (const at of [0, 2, 5, 7]) {
    const outcome = heads[at];
    if (outcome?.kind === 'granted') zone.allocator.free(outcome.head, order(0));
  }
  return zone;
}

/** Makes a list hold these frames, with links in both directions. */
export function relist({ arrays: { links }, shape }: OpenZone, of: number, frames: readonly number[]): void {
  const nodes = [shape.pages + of, ...frames, shape.pages + of];
  for (const [at, node] of nodes.slice(1).entries()) {
    const from = nodes[at] ?? 0;
    links[2 * from] = node;
    links[2 * node + 1] = from;
  }
}

/** Marks frames as first of a free block of an order, or as none. */
export function mark(
  { arrays: { buddyFlag, privateOrder } }: OpenZone,
  frames: readonly number[],
  of: number | 'none',
): void {
  for (const frame of frames) {
    buddyFlag[frame] = of === 'none' ? 0 : 1;
    privateOrder[frame] = of === 'none' ? 0 : of;
  }
}

/** Complements the bit of a pair, in maps of one word. */
export const flip = ({ arrays: { map } }: OpenZone, of: number, pair: number): void => {
  map[of] = (map[of] ?? 0) ^ (1 << pair);
};
