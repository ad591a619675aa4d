/** Arenas that begin with given free lists: both kernels have these lists, and no others. */
import { expect, test } from 'vitest';
import fc from 'fast-check';
import { MOST_PAGES } from '../../page/play/script.ts';
import { arenaWith } from '../../page/play/address.ts';
import { fitting } from '../../page/play/layout.ts';
import { worldOf } from '../../page/play/world.ts';

const counts = fc.array(fc.nat({ max: 6 }), { minLength: 1, maxLength: 8 });

test('both kernels begin with as many free blocks of each order as were asked for', () => {
  fc.assert(
    fc.property(counts, fc.constantFrom('2.4' as const, '2.6' as const), (free, kernel) => {
      const play = arenaWith(fitting(free, MOST_PAGES));
      expect(play?.free).toEqual(free);
      if (play === undefined) return;
      const { agrees, row } = worldOf(kernel, play, 0);
      expect(row.lists.map((list) => list.length)).toEqual(free);
      expect(agrees).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('what does not fit is made less, and no order that has blocks is left without one', () => {
  const large = fc.array(fc.nat({ max: 100_000 }), { minLength: 1, maxLength: 11 });
  fc.assert(
    fc.property(large, (free) => {
      const shown = fitting(free, MOST_PAGES);
      expect(arenaWith(shown)?.pages).toBeLessThanOrEqual(MOST_PAGES);
      for (const [order, count] of free.entries()) {
        expect(shown[order]).toBeLessThanOrEqual(count);
        if (count > 0) expect(shown[order]).toBeGreaterThan(0);
      }
    }),
    { numRuns: 50 },
  );
});
