/** The arenas that are explored besides one block of a power of two. */
import { pfn } from '../../unit.ts';
import { groundTree } from './ground.ts';
import { whole } from './tree.ts';
import type { Arena, Kernel, Run } from '../../../protocol/index.ts';
import type { Ground } from './ground.ts';

const arena = (kernel: Kernel, base: number, pages: number, orders: number, holes: readonly Run[] = []): Arena => ({
  base: pfn(base),
  pages,
  orders,
  holes,
  alignment: kernel === '2.4' ? 'base' : 'absolute',
});

const hole = (first: number, count: number): Run => [pfn(first), count];

/** Arenas of one kernel that are not one block of a power of two: sizes, numbers of orders, bases, and runs of holes. */
function oddArenas(kernel: Kernel, most: number): readonly Arena[] {
  const all: Arena[] = [];
  for (let pages = 1; pages <= most; pages++) {
    for (const orders of [1, 2, 3, 4, 5]) {
      for (const base of [0, 5]) all.push(arena(kernel, base, pages, orders));
      if (pages < 4) continue;
      all.push(arena(kernel, 3, pages, orders, [hole(3, 1), hole(3 + pages - 1, 1)]));
      all.push(arena(kernel, 0, pages, orders, [hole(pages >> 1, 2)]));
    }
  }
  return all;
}

/** Shapes whose states are all explored: the sum of their states is a few hundred thousand for 12 pages, a few million for 15. */
export function oddShapes(most: number): readonly Ground[] {
  const kernels = ['2.4', '2.6'] as const;
  return kernels.flatMap((kernel) => oddArenas(kernel, most).map((one) => ({ kernel, arena: one, boot: false })));
}

/** Two blocks of the top order side by side, and a top order that no block of the arena has. */
export const besides = (kernel: Kernel): readonly Ground[] =>
  [arena(kernel, 0, 16, 4), arena(kernel, 0, 16, 6)].map((one) => ({ kernel, arena: one, boot: false }));

/** Arenas of which frames are handed over one by one, in any order, between allocations. */
export function bootShapes(): readonly Ground[] {
  const kernels = ['2.4', '2.6'] as const;
  return kernels.flatMap((kernel) =>
    [arena(kernel, 0, 8, 4), arena(kernel, 5, 7, 3), arena(kernel, 0, 7, 3, [hole(2, 1)]), arena(kernel, 3, 5, 2)].map(
      (one) => ({ kernel, arena: one, boot: true }),
    ),
  );
}

/**
 * Returns an arena of 2^of x 2^s frames, 16 x 2^s by default, of which only blocks of order s and above are asked for: as many
 * states as 2^of frames have, in the orders s to s + of.
 */
export const shifted = (kernel: Kernel, s: number, of = 4): Ground => ({
  kernel,
  arena: whole(of + s),
  boot: false,
  least: s,
});

/** The shifts of `npm run prove`. */
export const QUICK_SHIFTS: readonly number[] = [1, 6];
/** Those that `npm run prove:full` adds. */
export const MORE_SHIFTS: readonly number[] = [2, 3, 4, 5];

/** Frames that are holes before those of `beyondFirstWord`, unless it is told others. */
const BEFORE = 1024;

/**
 * Returns such an arena with s = 1, 32 frames by default, but it comes after 1,024 holes or more, so that the bit of each of its pairs
 * lies in a word beyond the first of its order's map.
 */
export const beyondFirstWord = (kernel: Kernel, of = 4, before: number = BEFORE): Ground => ({
  kernel,
  arena: arena(kernel, 0, before + 2 ** (of + 1), of + 2, [hole(0, before)]),
  boot: false,
  least: 1,
});

/** States of all of these. */
export const statesOfAll = (grounds: readonly Ground[]): number =>
  grounds.reduce((sum, ground) => sum + groundTree(ground).states, 0);
