/** Tests that an emptied arena grants what a fresh one does. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Coverage } from './coverage.ts';
import { allocatorOver } from './real.ts';
import { both, empty, finish } from './lockstep.ts';
import { campaign } from '../../arbitrary/campaign.ts';
import { kernels, shapes, usableFrames } from '../../arbitrary/arena.ts';
import { order } from '../../../spec/unit.ts';
import { regionFor, surroundings } from '../../arbitrary/region.ts';
import { sequences } from './commands.ts';
import type { Allocator, ZoneShape } from '../../../src/index.ts';

/** How many blocks of each order an allocator grants, the largest order first, each until it is refused or there can be no more. */
function drain(allocator: Allocator, { orders, pages }: ZoneShape): readonly number[] {
  return Array.from({ length: orders }, (_, n) => {
    let granted = 0;
    while (granted <= pages && allocator.allocate(order(orders - 1 - n)).kind === 'granted') granted++;
    return granted;
  });
}

test('USE-1, STATE-2 · emptied and drained, an arena grants what a fresh one does', () => {
  fc.assert(
    fc.property(
      kernels.chain((kernel) => shapes(kernel)),
      sequences(100),
      surroundings,
      (shape, commands, around) => {
        const { model, real } = both({ shape, waiting: 0, around }, new Coverage());
        fc.modelRun(() => ({ model, real }), commands);
        empty(model, real);
        finish(model, real);
        const fresh = allocatorOver(shape, regionFor(shape));
        for (const frame of usableFrames(shape)) fresh.handOver(frame);
        expect(drain(real.allocator, shape)).toEqual(drain(fresh, shape));
      },
    ),
    campaign(150),
  );
});
