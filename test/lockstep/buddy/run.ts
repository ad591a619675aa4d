/** The lockstep of one zone as a property of fast-check. */
import fc from 'fast-check';
import { Coverage } from './coverage.ts';
import { both, empty, finish } from './lockstep.ts';
import { campaign } from '../../arbitrary/campaign.ts';
import { sequences } from './commands.ts';
import { shapes } from '../../arbitrary/arena.ts';
import { surroundings } from '../../arbitrary/region.ts';
import type { Arbitrary } from 'fast-check';
import type { Kernel } from '../../../protocol/index.ts';
import type { Start } from './lockstep.ts';

/** Zones of every shape, wholly handed over or not. */
export const starts = (kernel: Kernel): Arbitrary<Start> =>
  fc.record({
    shape: shapes(kernel),
    waiting: fc.oneof({ withCrossShrink: true }, fc.constant(0), fc.integer({ min: 1, max: 100 })),
    around: surroundings,
  });

/** Runs both sides in step through arbitrary commands, empties the arena at the end, and says what was seen. */
export function runInStep(start: Arbitrary<Start>, most: number, runs: number, runsUnderStryker: number): Coverage {
  const seen = new Coverage();
  fc.assert(
    fc.property(start, sequences(most), (from, commands) => {
      const { model, real } = both(from, seen);
      fc.modelRun(() => ({ model, real }), commands);
      empty(model, real);
      finish(model, real);
    }),
    campaign(runs, runsUnderStryker),
  );
  return seen;
}
