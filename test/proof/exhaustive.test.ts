/** Tests of the exploration of the buddy system: counts by closed forms, and slips that it stops at. */

import { BIT_SLIPS } from '../fault/buddy/slips/bit.ts';
import { INERT_SLIPS } from '../fault/buddy/slips/inert.ts';
import { Census } from '../../proof/exhaustive/buddy/census.ts';
import { Explorer } from '../../proof/exhaustive/buddy/explore.ts';
import { SLIPS } from '../fault/buddy/slips/all.ts';
import { SwapExplorer } from '../../proof/exhaustive/orbits/swap.ts';
import { bootShapes, oddShapes } from '../../proof/exhaustive/buddy/shapes.ts';
import { brokenBy } from './broken.ts';
import { buddy, entryOf } from '../../spec/index.ts';
import { denyAll } from '../../proof/exhaustive/buddy/deny.ts';
import { describe, expect, test } from 'vitest';
import { exploreLists } from '../../proof/exhaustive/buddy/lists.ts';
import { holdAll } from '../../proof/exhaustive/buddy/hold.ts';
import { orbitsIn } from '../../proof/exhaustive/orbits/orbit.ts';
import { treeOf, whole } from '../../proof/exhaustive/buddy/tree.ts';
import { orbitsOf, statesOf } from '../../conformance/kinds/buddy/exhaustive/numbering.ts';
import { permitAll } from '../../proof/exhaustive/buddy/permit.ts';
import { statesIn } from '../../proof/exhaustive/orbits/threads.ts';
import { transitions } from '../../proof/exhaustive/tally.ts';
import type { Create } from '../../proof/exhaustive/buddy/make.ts';
import type { Said } from '../../proof/exhaustive/buddy/census.ts';
import type { Ground } from '../../proof/exhaustive/buddy/ground.ts';
import type { Kernel } from '../../protocol/index.ts';

const ground = (kernel: Kernel, of: number): Ground => ({ kernel, arena: whole(of), boot: false });

/** Everything that is explored of arenas of at most 8 pages; what is wrong with an allocator stops it. */
function exploreSmall(kernel: Kernel, create?: Create): void {
  for (const of of [1, 2, 3]) new Explorer(new Census(ground(kernel, of)), create).explore();
  denyAll(ground(kernel, 2), create);
  exploreLists(kernel, whole(2), create);
  for (const one of [...oddShapes(5), ...bootShapes()].filter((each) => each.kernel === kernel)) {
    new Explorer(new Census(one), create).explore();
    denyAll(one, create);
  }
}

test('the closed forms are those of the literature', () => {
  expect([0, 1, 2, 3, 4, 5].map(statesOf)).toEqual([2, 5, 26, 677, 458_330, 210_066_388_901]);
  expect([0, 1, 2, 3, 4, 5].map(orbitsOf)).toEqual([2, 4, 11, 67, 2279, 2_598_061]);
  expect(statesIn(5)).toBe(210_066_388_901n);
});

describe.each(['2.4', '2.6'] as const)('%s', (kernel) => {
  test('STATE-1, PAIR-4 · every state of up to 8 pages is reached, and every step leads where the specification says', () => {
    const tallies = [0, 1, 2, 3].map((of) => {
      const census = new Census(ground(kernel, of));
      expect([census.met, census.twice]).toEqual([statesOf(of), 0]);
      return [new Explorer(census).explore(), holdAll(census)] as const;
    });
    expect(tallies.map(([{ states }]) => states)).toEqual([2, 5, 26, 677]);
    expect(tallies.map(([tally]) => transitions(tally))).toEqual([2, 9, 86, 4287]);
    expect(tallies.map(([, held]) => held)).toEqual([2, 5, 26, 677]);
  });

  test('MISUSE-7, STEP-2 · what must be denied in each state of 8 pages is, and changes nothing', () => {
    // Twice each state: 10 frames, with one beside each end of the arena; of each, 6 orders, with one beside each end, and a
    // hand-over; but for the 2,653 frees that are legal.
    const { states, rejected } = denyAll(ground(kernel, 3));
    expect(states).toBe(2 * 677);
    expect(rejected).toBe(2 * (677 * 10 * (6 + 1) - 2653));
  });

  test('PLACE-1, PLACE-4 · with the order of the lists there are 1,829 states of 8 pages, and placement is right in all', () => {
    const { states, steps } = exploreLists(kernel, whole(3));
    expect([states, steps]).toEqual([1829, 1829 * (5 * 11 + 10)]);
  });

  test('all shapes of up to 5 pages, and those with boot memory, are explored without a difference', () => {
    expect(() => exploreSmall(kernel)).not.toThrow();
  });
});

test('up to swapping buddies, the states of 16 pages are 2,279, each is reached, and there are 25,394 steps', () => {
  const swapped = new SwapExplorer(new Census(ground('2.4', 3))).explore(0, 1);
  expect([swapped.orbits, swapped.grants + swapped.frees]).toEqual([2279, 25_394]);
  expect(swapped.reached.every((one) => one === 1)).toBe(true);
});

test('the steps up to swapping are the same however they are shared out', () => {
  const census = new Census(ground('2.4', 2));
  const shares = [0, 1, 2].map((share) => new SwapExplorer(census).explore(share, 3));
  expect(shares.reduce((sum, { orbits }) => sum + orbits, 0)).toBe(67);
  expect(shares.reduce((sum, { grants, frees }) => sum + grants + frees, 0)).toBe(390);
});

test('orbits have as many states as they say, counted one by one', () => {
  const { orbitOf, sizes } = orbitsIn(3);
  const counts = sizes.map(() => 0n);
  for (const orbit of orbitOf) counts[orbit] = (counts[orbit] ?? 0n) + 1n;
  expect(counts).toEqual(sizes);
});

test('TAKE-7, GIVE-1 · the specification permits those steps and no other grant', () => {
  const { states, permitted, refuted } = permitAll(new Census(ground('2.4', 3)));
  expect([states, permitted + refuted]).toEqual([677, 677 * 15 + 2653]);
});

/** What no arena of 8 pages shows: its maps have words of 32 bits, of which few are used. */
const ELSEWHERE: readonly string[] = ['a map has words of 16 bits'];

const REFUTED = [...SLIPS, ...INERT_SLIPS].filter(({ name }) => !ELSEWHERE.includes(name));

test.each(REFUTED.map((slip) => [slip.name, slip] as const))('a broken copy of src is refuted: %s', (_name, slip) => {
  expect(() => exploreSmall(slip.kernel, brokenBy(slip))).toThrow();
});

test('the sound copy is not refuted', () => {
  expect(() => exploreSmall('2.4', brokenBy())).not.toThrow();
});

test('a slip with the bits is refuted up to swapping too', () => {
  const [slip] = BIT_SLIPS;
  const census = new Census(ground('2.4', 2));
  expect(() => new SwapExplorer(census, brokenBy(slip)).explore(0, 1)).toThrow('word');
});

/** Parts of the specification put wrong. */
const WRONG: readonly (readonly [string, Partial<Said>])[] = [
  [
    'a granted block stays free',
    { reserve: (state, { head, order }) => ({ ...buddy.reserve(state, { head, order }), pairs: state.pairs }) },
  ],
  [
    'a block above is listed too',
    { freeBlocks: (state, at) => (entryOf(buddy.pairsOf(state, at), 0)?.lower === true ? [state.arena.base] : []) },
  ],
  [
    'a reserved frame is never outstanding',
    { reserve: (state, block) => ({ ...buddy.reserve(state, block), owners: state.owners }) },
  ],
];

test.each(WRONG)('a wrong specification is refuted: %s', (_name, wrong) => {
  const explore = (): void => {
    const census = new Census(ground('2.4', 2), { ...buddy, ...wrong });
    if (census.twice > 0) throw new Error('a state was met twice');
    new Explorer(census).explore();
  };
  expect(explore).toThrow();
});

test('a census that misses a state is refuted where that is reached', () => {
  const census = new Census(ground('2.4', 2));
  census.words.fill(0, 3 * census.width, 4 * census.width);
  expect(() => new Explorer(census).explore()).toThrow('it must be');
});

test('a rank out of place is refuted', () => {
  const tree = treeOf(whole(3));
  expect(tree.states).toBe(677);
  const census = new Census(ground('2.4', 3));
  const { ground: of, width } = census;
  const swapped = { ground: of, tree, width, words: census.words.slice() };
  swapped.words.set(census.words.subarray(5 * census.width, 6 * census.width), 7 * census.width);
  expect(() => new Explorer(swapped).explore()).toThrow('it must be');
});
