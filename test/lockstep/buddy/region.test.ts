/** Tests that a zone is its region: copied, copied back, shared or made anew. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Coverage } from './coverage.ts';
import { anyCommandOf } from '../../arbitrary/intent.ts';
import { attachAllocator, createAllocator } from '../../../src/index.ts';
import { both } from './lockstep.ts';
import { campaign } from '../../arbitrary/campaign.ts';
import { insideOf, regionFor, surroundings } from '../../arbitrary/region.ts';
import { kernels, shapes } from '../../arbitrary/arena.ts';
import { placement } from '../../../spec/index.ts';
import { wholeOf } from './whole.ts';
import type { Allocator, Region, ZoneShape } from '../../../src/index.ts';
import type { Command, Outcome } from '../../../protocol/index.ts';
import type { Model } from './model.ts';

function attached(shape: ZoneShape, region: Region): Allocator {
  const created = attachAllocator(shape, region);
  if (created.kind === 'rejected') throw new Error(created.why);
  return created.allocator;
}

function answer(allocator: Allocator, command: Command): Outcome {
  switch (command.kind) {
    case 'allocate':
      return allocator.allocate(command.order);
    case 'free':
      return allocator.free(command.head, command.order);
    case 'hand-over':
      return allocator.handOver(command.frame);
  }
}

/** The next command of a model, which the model has then carried out. */
function next(model: Model, n: number): { command: Command; outcome: Outcome } {
  const command = anyCommandOf(model, n);
  const placed = placement(model.placed, command);
  model.take(command, placed.outcome, placed.next);
  return { command, outcome: placed.outcome };
}

const numbers = fc.array(fc.nat({ max: 2 ** 20 }), { maxLength: 120, size: 'max' });
const starts = fc.record({
  shape: kernels.chain((kernel) => shapes(kernel, 130)),
  waiting: fc.nat({ max: 100 }),
  around: surroundings,
});

test('STEP-1 · a copy of a region is a zone of its own with the same future', () => {
  fc.assert(
    fc.property(starts, surroundings, numbers, numbers, (start, elsewhere, before, after) => {
      const { shape } = start;
      const { model, real } = both(start, new Coverage());
      for (const n of before) answer(real.allocator, next(model, n).command);
      const region = regionFor(shape, elsewhere);
      insideOf(shape, region).set(insideOf(shape, real.region));
      const copy = attached(shape, region);
      expect(wholeOf(copy.observe())).toEqual(wholeOf(real.allocator.observe()));
      for (const n of after) {
        const { command, outcome } = next(model, n);
        expect(answer(copy, command)).toEqual(outcome);
        expect(answer(real.allocator, command)).toEqual(outcome);
      }
      expect(insideOf(shape, region)).toEqual(insideOf(shape, real.region));
      expect(wholeOf(copy.observe())).toEqual(wholeOf(real.allocator.observe()));
    }),
    campaign(150),
  );
});

test('STEP-1 · a region that is copied back is the zone that it was, with the future that it had', () => {
  fc.assert(
    fc.property(starts, numbers, numbers, (start, before, after) => {
      const { shape } = start;
      const { model, real } = both(start, new Coverage());
      for (const n of before) answer(real.allocator, next(model, n).command);
      const kept = insideOf(shape, real.region).slice();
      const then = wholeOf(real.allocator.observe());
      const future = after.map((n) => next(model, n));
      for (const { command, outcome } of future) expect(answer(real.allocator, command)).toEqual(outcome);
      const later = insideOf(shape, real.region).slice();
      insideOf(shape, real.region).set(kept);
      expect(wholeOf(real.allocator.observe())).toEqual(then);
      for (const { command, outcome } of future) expect(answer(real.allocator, command)).toEqual(outcome);
      expect(insideOf(shape, real.region)).toEqual(later);
    }),
    campaign(150),
  );
});

test('STEP-1 · two allocators over one shared buffer are one zone', () => {
  fc.assert(
    fc.property(starts, numbers, ({ shape, waiting, around }, commands) => {
      const { model, real } = both({ shape, waiting, around: { ...around, shared: true } }, new Coverage());
      const other = attached(shape, real.region);
      for (const n of commands) {
        const { command, outcome } = next(model, n);
        expect(answer(n % 3 === 0 ? other : real.allocator, command)).toEqual(outcome);
        expect(real.refute(model.placed, 'all')).toBeUndefined();
      }
      expect(wholeOf(other.observe())).toEqual(wholeOf(real.allocator.observe()));
    }),
    campaign(150),
  );
});

test('HAND-1 · a zone that is made again in the same region has forgotten everything', () => {
  fc.assert(
    fc.property(starts, numbers, (start, commands) => {
      const { model, real } = both(start, new Coverage());
      for (const n of commands) answer(real.allocator, next(model, n).command);
      const fresh = regionFor(start.shape);
      createAllocator(start.shape, fresh);
      expect(createAllocator(start.shape, real.region).kind).toBe('created');
      expect(insideOf(start.shape, real.region)).toEqual(insideOf(start.shape, fresh));
    }),
    campaign(100),
  );
});
