/** Tests of how a request in pages is rounded to an order. */

import { expect, test } from 'vitest';
import { allocatorOver } from '../../lockstep/buddy/real.ts';
import { arenaOf, plainShape } from '../../arbitrary/arena.ts';
import { getOrder } from '../../../src/index.ts';
import { orderFor } from '../../../spec/arithmetic.ts';
import { placement, startPlaced } from '../../../spec/index.ts';
import { regionFor } from '../../arbitrary/region.ts';
import { usableFrames } from '../../arbitrary/arena.ts';

/** The smallest order whose block holds `pages` pages, found by looking at each. */
function naive(pages: number): number {
  let order = 0;
  let size = 1;
  while (size < pages) {
    order++;
    size *= 2;
  }
  return order;
}

/** Each side of, and at, every power of two that an arena can have. */
const AROUND_POWERS = Array.from({ length: 29 }, (_, k) => 2 ** k).flatMap((power) =>
  [-2, -1, 0, 1, 2].map((off) => power + off).filter((pages) => pages >= 1),
);

test('BLOCK-3 · up to 2^16 pages both round to the smallest order that holds them', () => {
  const wrong = Array.from({ length: 2 ** 16 }, (_, n) => n + 1).filter(
    (pages) => orderFor(pages) !== naive(pages) || getOrder(pages) !== naive(pages),
  );
  expect(wrong).toEqual([]);
});

test.each([
  ['spec', orderFor],
  ['src', getOrder],
] as const)('BLOCK-3 · around every power of two up to 2^28 %s rounds to the smallest order', (_, round) => {
  expect(AROUND_POWERS.map((pages) => [pages, round(pages)])).toEqual(
    AROUND_POWERS.map((pages) => [pages, naive(pages)]),
  );
});

test.each(['2.4', '2.6'] as const)('BLOCK-3 · %s grants a request in pages as the order that holds them', (kernel) => {
  const shape = plainShape(kernel, 64, 7);
  for (let pages = -1; pages <= 70; pages++) {
    const allocator = allocatorOver(shape, regionFor(shape));
    for (const frame of usableFrames(shape)) allocator.handOver(frame);
    const { outcome } = placement(startPlaced(kernel, arenaOf(shape)), { kind: 'allocate', order: orderFor(pages) });
    expect([pages, allocator.allocatePages(pages)]).toEqual([pages, outcome]);
  }
});

test.each([0, -1, 0.5, 1.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
  'TAKE-5 · %s pages are no request',
  (pages) => {
    const shape = plainShape('2.4', 8, 4);
    const none = { kind: 'rejected', misuse: 'no-such-order', clause: 'TAKE-5' };
    expect(allocatorOver(shape, regionFor(shape)).allocatePages(pages)).toEqual(none);
  },
);

test('TAKE-6 · more pages than the arena has are refused, however many', () => {
  const shape = plainShape('2.4', 5, 4);
  const allocator = allocatorOver(shape, regionFor(shape));
  for (const frame of usableFrames(shape)) allocator.handOver(frame);
  for (const pages of [6, 7, 8, 9, 2 ** 31, 2 ** 32, 2 ** 32 + 1, 2 ** 53]) {
    expect(allocator.allocatePages(pages)).toEqual({ kind: 'exhausted' });
  }
});
