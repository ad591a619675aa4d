/** The lockstep on arenas of up to 4,096 pages and 11 orders, driven by phases that reach every order. */
import fc from 'fast-check';
import { Coverage } from './coverage.ts';
import { both, empty, finish } from './lockstep.ts';
import { campaign } from '../../arbitrary/campaign.ts';
import { largeShapes } from '../../arbitrary/arena.ts';
import { live, lives } from './phases.ts';
import { surroundings } from '../../arbitrary/region.ts';
import type { Arbitrary } from 'fast-check';
import type { Create } from './real.ts';
import type { Kernel } from '../../../protocol/index.ts';
import type { Start } from './lockstep.ts';

/** How many lives are run; which allocator, `src` by default; and the seed, a new one each time by default. */
export interface LargeRun {
  readonly runs: number;
  readonly create?: Create;
  readonly seed?: number;
}

/** Large arenas: most of them handed over as a whole, some with a few frames left to boot memory. */
const largeStarts = (kernel: Kernel): Arbitrary<Start> =>
  fc.record({
    shape: largeShapes(kernel),
    waiting: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 2 })),
    around: surroundings,
  });

/** Runs both sides in step through lives of large arenas, empties each arena at the end, and returns what was exercised. */
export function runLarge(kernel: Kernel, { runs, create, seed }: LargeRun): Coverage {
  const coverage = new Coverage();
  fc.assert(
    fc.property(largeStarts(kernel), lives, (start, phases) => {
      const { model, real } = both(start, coverage, create);
      for (const one of phases) live(model, real, one);
      empty(model, real);
      finish(model, real);
    }),
    { ...campaign(runs, 5), ...(seed === undefined ? {} : { seed }) },
  );
  return coverage;
}
