/** Tests that 2.4 and 2.6 place blocks as reflections of each other. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allocatorOver } from '../../lockstep/buddy/real.ts';
import { arenaOf, plainShape } from '../../arbitrary/arena.ts';
import { campaign } from '../../arbitrary/campaign.ts';
import { order, pfn } from '../../../spec/unit.ts';
import { placement, startPlaced } from '../../../spec/index.ts';
import { regionFor } from '../../arbitrary/region.ts';
import type { Block, Outcome } from '../../../protocol/index.ts';
import type { ZoneShape } from '../../../src/index.ts';

/** A zone of exactly one block of the top order, in both kernels. */
const topBlocks = fc.tuple(fc.nat({ max: 8 }), fc.nat({ max: 40 })).map(([top, n]) => {
  const shape = (kernel: '2.4' | '2.6'): ZoneShape => plainShape(kernel, 2 ** top, top + 1, n * 2 ** top);
  return { top, base: n * 2 ** top, old: shape('2.4'), recent: shape('2.6') };
});

const numbers = fc.array(fc.nat({ max: 2 ** 16 }), { maxLength: 200, size: 'max' });

/** Allocates, or frees one of the live blocks. */
function commandFor(live: readonly Block[], top: number, n: number): { order: number } | { slot: number } {
  return live.length > 0 && n % 2 === 1 ? { slot: (n >> 1) % live.length } : { order: (n >> 1) % (top + 1) };
}

test('PLACE-2, PLACE-3 · in one block of the top order, 2.4 grants the reflection of what 2.6 grants', () => {
  fc.assert(
    fc.property(topBlocks, numbers, ({ base, old, recent, top }, ns) => {
      const reflected = ({ head, order: of }: Block): Block => ({
        head: pfn(2 * base + 2 ** top - 2 ** of - head),
        order: of,
      });
      let [before, since] = [startPlaced('2.4', arenaOf(old)), startPlaced('2.6', arenaOf(recent))];
      const live: Block[] = [];
      for (const n of ns) {
        const next = commandFor(live, top, n);
        if ('slot' in next) {
          const [block] = live.splice(next.slot, 1);
          if (block === undefined) continue;
          before = placement(before, { kind: 'free', ...reflected(block) }).next;
          since = placement(since, { kind: 'free', ...block }).next;
        } else {
          const of = order(next.order);
          const taken = placement(before, { kind: 'allocate', order: of });
          const { outcome, next: later } = placement(since, { kind: 'allocate', order: of });
          expect(taken.outcome).toEqual(
            outcome.kind === 'granted'
              ? { kind: 'granted', head: reflected({ head: outcome.head, order: of }).head }
              : outcome,
          );
          if (outcome.kind === 'granted') live.push({ head: outcome.head, order: of });
          [before, since] = [taken.next, later];
        }
        expect(before.lists).toEqual(
          since.lists.map((list, at) => list.map((head) => reflected({ head, order: order(at) }).head)),
        );
      }
    }),
    campaign(150),
  );
});

test('PLACE-2, PLACE-3 · the allocators of 2.4 and 2.6 grant reflections of each other', () => {
  fc.assert(
    fc.property(topBlocks, numbers, ({ base, old, recent, top }, ns) => {
      const [before, since] = [old, recent].map((shape) => {
        const allocator = allocatorOver(shape, regionFor(shape));
        for (let frame = base; frame < base + 2 ** top; frame++) allocator.handOver(pfn(frame));
        return allocator;
      });
      if (before === undefined || since === undefined) throw new Error('two allocators');
      const reflection = (head: number, of: number): number => 2 * base + 2 ** top - 2 ** of - head;
      const live: Block[] = [];
      for (const n of ns) {
        const next = commandFor(live, top, n);
        if ('slot' in next) {
          const [block] = live.splice(next.slot, 1);
          if (block === undefined) continue;
          expect(since.free(block.head, block.order).kind).toBe('done');
          expect(before.free(pfn(reflection(block.head, block.order)), block.order).kind).toBe('done');
          continue;
        }
        const of = order(next.order);
        const outcome: Outcome = since.allocate(of);
        const expected = outcome.kind === 'granted' ? { kind: 'granted', head: reflection(outcome.head, of) } : outcome;
        expect(before.allocate(of)).toEqual(expected);
        if (outcome.kind === 'granted') live.push({ head: outcome.head, order: of });
      }
    }),
    campaign(150),
  );
});
