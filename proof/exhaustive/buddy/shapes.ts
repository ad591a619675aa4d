import { pfn } from '../../unit.ts';
import { treeOf } from './tree.ts';
import type { Arena, Kernel, Run } from '../../../protocol/index.ts';
import type { Ground } from './census.ts';

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

/** States of all of these. */
export const statesOfAll = (grounds: readonly Ground[]): number =>
  grounds.reduce((sum, ground) => sum + treeOf(ground.arena, ground.boot).states, 0);
