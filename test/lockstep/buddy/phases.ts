/** Phases of a life of a large arena: short programs that reach every order, which single random commands seldom do. */
import fc from 'fast-check';
import { ask } from './lockstep.ts';
import { anyCommandOf } from '../../arbitrary/intent.ts';
import { order } from '../../../spec/unit.ts';
import type { Arbitrary } from 'fast-check';
import type { Model } from './model.ts';
import type { Real } from './real.ts';

/**
 * One phase. `descend` asks for one block of each order from `from` down to `to`, so that each request splits the rest of the
 * one before; `ascend` frees the `count` smallest blocks, smallest first, so that each joins what the one before left; `fill`
 * asks for `count` blocks of one order; `free` frees `count` blocks, chosen by `seed`; `any` makes a command of each number,
 * misuse included.
 */
export type Phase =
  | { readonly kind: 'descend'; readonly from: number; readonly to: number }
  | { readonly kind: 'ascend'; readonly count: number }
  | { readonly kind: 'fill'; readonly order: number; readonly count: number }
  | { readonly kind: 'free'; readonly seed: number; readonly count: number }
  | { readonly kind: 'any'; readonly numbers: readonly number[] };

const TOP = 10;
const orders = fc.nat({ max: TOP });
const counts = fc.integer({ min: 1, max: 24 });

const phase: Arbitrary<Phase> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('descend' as const), from: orders, to: orders }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('ascend' as const), count: counts }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('fill' as const), order: orders, count: counts }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('free' as const), seed: fc.nat(4095), count: counts }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('any' as const),
      numbers: fc.array(fc.nat({ max: 2 ** 26 }), { minLength: 1, maxLength: 8 }),
    }),
  },
);

/** Up to 40 phases, mostly many. */
export const lives: Arbitrary<readonly Phase[]> = fc.array(phase, { maxLength: 40, size: 'max' });

const allocate = (model: Model, real: Real, of: number): void =>
  ask(model, real, { kind: 'allocate', order: order(of) });

/** Runs one phase on both sides. */
export function live(model: Model, real: Real, one: Phase): void {
  const top = model.shape.orders - 1;
  switch (one.kind) {
    case 'descend':
      for (let of = Math.min(one.from, top); of >= one.to; of--) allocate(model, real, of);
      return;
    case 'fill':
      for (let n = 0; n < one.count; n++) allocate(model, real, Math.min(one.order, top));
      return;
    case 'ascend': {
      const smallest = model.live.toSorted((a, b) => a.order - b.order).slice(0, one.count);
      for (const block of smallest) ask(model, real, { kind: 'free', ...block });
      return;
    }
    case 'free':
      for (let n = 0; n < one.count; n++) {
        const block = model.live[(one.seed + n) % Math.max(1, model.live.length)];
        if (block !== undefined) ask(model, real, { kind: 'free', ...block });
      }
      return;
    case 'any':
      for (const n of one.numbers) ask(model, real, anyCommandOf(model, n));
  }
}
