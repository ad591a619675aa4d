/** Generators of arenas: sizes, orders, bases and holes. */
import fc from 'fast-check';
import { pfn } from '../../spec/unit.ts';
import type { Arbitrary } from 'fast-check';
import type { Arena, Kernel, Pfn, Run } from '../../protocol/index.ts';
import type { ZoneShape } from '../../src/index.ts';

/** Holes by their places: frames from the arena's base, each run kept within the arena. */
type Gaps = readonly { readonly gap: number; readonly count: number }[];

const FIRST_HALF: Gaps = [{ gap: 0, count: 256 }];
const ALL: Gaps = [{ gap: 0, count: 512 }];

function holesOf(base: number, pages: number, gaps: Gaps): readonly Run[] {
  let end = 0;
  return gaps.flatMap(({ gap, count }): readonly Run[] => {
    const first = end + gap;
    end = Math.min(first + count, pages);
    return first < end ? [[pfn(base + first), end - first]] : [];
  });
}

/** A hole at each end of an arena, where it has room for two. */
function endsOf(base: number, pages: number, low: number, high: number): readonly Run[] {
  return low + high < pages
    ? [
        [pfn(base), low],
        [pfn(base + pages - high), high],
      ]
    : holesOf(base, pages, ALL);
}

/** Sizes that are powers of two and sizes that are not; a few of them large. */
function pagesUpTo(most: number): Arbitrary<number> {
  const powers = Math.floor(Math.log2(most));
  const small = fc.integer({ min: 1, max: Math.min(130, most) });
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 6, arbitrary: small },
    { weight: 3, arbitrary: fc.integer({ min: 0, max: Math.min(7, powers) }).map((order) => 2 ** order) },
    { weight: 1, arbitrary: most > 130 ? fc.integer({ min: 131, max: most }) : small },
  );
}

/** Frame 0, aligned for every order, aligned for none, and beyond what 32 bits hold. */
const bases: Arbitrary<number> = fc.oneof(
  { withCrossShrink: true },
  fc.constant(0),
  fc.nat({ max: 5000 }),
  fc.nat({ max: 64 }).map((n) => 1024 * n),
  fc.nat({ max: 1023 }).map((n) => 2 ** 31 + n),
  fc.nat({ max: 1023 }).map((n) => 2 ** 52 + n),
);

const gaps: Arbitrary<Gaps> = fc.array(
  fc.record({ gap: fc.nat({ max: 40 }), count: fc.integer({ min: 1, max: 20 }) }),
  { maxLength: 5 },
);

const holePlans: Arbitrary<(base: number, pages: number) => readonly Run[]> = fc.oneof(
  { withCrossShrink: true },
  { weight: 8, arbitrary: fc.constant(() => []) },
  { weight: 5, arbitrary: gaps.map((plan) => (base: number, pages: number) => holesOf(base, pages, plan)) },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })).map(
      ([low, high]) =>
        (base: number, pages: number) =>
          endsOf(base, pages, low, high),
    ),
  },
  { weight: 1, arbitrary: fc.constant((base: number, pages: number) => holesOf(base, pages, FIRST_HALF)) },
  { weight: 1, arbitrary: fc.constant((base: number, pages: number) => holesOf(base, pages, ALL)) },
);

/** Shapes that can be made, of 1 to `most` pages and 1 to 11 orders. */
export function shapes(kernel: Kernel, most = 512): Arbitrary<ZoneShape> {
  return fc
    .record({ pages: pagesUpTo(most), orders: fc.integer({ min: 1, max: 11 }), base: bases, plan: holePlans })
    .map(({ pages, orders, base, plan }) => ({ kernel, base: pfn(base), pages, orders, holes: plan(base, pages) }));
}

/**
 * Shapes of 1,024 to 4,096 pages with 8 to 11 orders, most of them with 11: up to four blocks of order 10, maps of up to 64
 * words.
 */
export function largeShapes(kernel: Kernel): Arbitrary<ZoneShape> {
  const pages = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(4096, 4095, 2048) },
    { weight: 2, arbitrary: fc.integer({ min: 1024, max: 4096 }) },
  );
  const orders = fc.oneof({ weight: 3, arbitrary: fc.constant(11) }, fc.integer({ min: 8, max: 10 }));
  return fc
    .record({ pages, orders, base: bases, plan: holePlans })
    .map(({ plan, base, ...rest }) => ({ kernel, base: pfn(base), ...rest, holes: plan(base, rest.pages) }));
}

export const kernels: Arbitrary<Kernel> = fc.constantFrom('2.4', '2.6');

/** Returns a shape without holes, from frame `base` on. */
export const plainShape = (kernel: Kernel, pages: number, orders: number, base = 0): ZoneShape => ({
  kernel,
  base: pfn(base),
  pages,
  orders,
  holes: [],
});

/** Returns the arena that a kernel makes of a shape. */
export const arenaOf = ({ kernel, base, pages, orders, holes }: ZoneShape): Arena => ({
  base,
  pages,
  orders,
  holes,
  alignment: kernel === '2.4' ? 'base' : 'absolute',
});

/** Returns every frame that is no hole, ascending. */
export function usableFrames({ base, pages, holes }: Pick<Arena, 'base' | 'pages' | 'holes'>): Pfn[] {
  const isHole = (frame: number): boolean => holes.some(([first, count]) => frame >= first && frame < first + count);
  return Array.from({ length: pages }, (_, n) => pfn(base + n)).filter((frame) => !isHole(frame));
}
