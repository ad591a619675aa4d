/** Tests of the pair of bits: what holds in every state that the specification can reach. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Walk, smallArenas, walked, walks } from '../../arbitrary/walk.ts';
import { BOOT } from '../../../spec/buddy/owner.ts';
import { after, buddy, freeMisuse, step } from '../../../spec/index.ts';
import { campaign } from '../../arbitrary/campaign.ts';
import { order, pfn } from '../../../spec/unit.ts';
import { ordersOf } from '../../../spec/arithmetic.ts';
import { usableFrames } from '../../arbitrary/arena.ts';
import type { Buddy } from '../../../spec/index.ts';
import type { Outcome, Pfn } from '../../../protocol/index.ts';

/** Walks, and looks at each state that is reached. */
function everyState(runs: number, look: (walk: Walk, n: number) => void): void {
  fc.assert(
    fc.property(smallArenas, fc.boolean(), walks, (arena, handedOver, numbers) => {
      const walk = new Walk(arena, handedOver);
      look(walk, 0);
      for (const n of numbers) {
        walk.go(walk.command(n), n);
        look(walk, n);
      }
    }),
    campaign(runs),
  );
}

const done: Outcome = { kind: 'done' };
const freeBlocksOf = (state: Buddy): readonly (readonly Pfn[])[] =>
  ordersOf(state.arena).map((at) => buddy.freeBlocks(state, at));

test('PAIR-1, PAIR-2, GIVE-2, STEP-1 · a half is wholly free exactly when each of its frames is', () => {
  everyState(100, ({ frames, state }) => {
    for (const at of ordersOf(state.arena)) {
      const heads = usableFrames(state.arena).filter((head) => frames.isAligned(head, at));
      const free = heads.filter((head) => buddy.isWhollyFree(state, head, at));
      expect(free).toEqual(frames.whollyFree(at));
      expect(buddy.anyWhollyFree(state, at)).toBe(free.length > 0);
    }
  });
});

test('PAIR-4, LIST-3, LIST-4 · free blocks are as large as they can be', () => {
  everyState(100, ({ frames, state }) => {
    const blocks = freeBlocksOf(state);
    for (const [at, heads] of blocks.entries()) {
      expect(heads).toEqual(frames.freeBlocks(at));
      expect(buddy.hasFreeBlock(state, order(at))).toBe(heads.length > 0);
      const found = heads.map((head) => buddy.freeBlockAround(state, pfn(head + 2 ** at - 1)));
      expect(found).toEqual(heads.map((head) => ({ head, order: at })));
    }
  });
});

test('STATE-1 · every frame is a hole, in boot memory, free, or in one outstanding block', () => {
  everyState(100, ({ frames, state }) => {
    expect(buddy.outstandingBlocks(state).map(({ head, order: of }) => [head, of])).toEqual(
      [...frames.outstanding].sort(([a], [b]) => a - b),
    );
    const { base, pages } = state.arena;
    const inside = Array.from({ length: pages }, (_, n) => pfn(base + n));
    const around = [pfn(base - 1), ...inside, pfn(base + pages)];
    expect(around.filter((frame) => buddy.isFree(state, frame))).toEqual(
      around.filter((frame) => frames.free.has(frame)),
    );
    expect(around.filter((frame) => buddy.ownerOf(state, frame) === BOOT)).toEqual([...frames.boot]);
    expect(around.filter((frame) => buddy.isInside(state.arena, frame))).toEqual(inside);
    expect(inside.map((frame) => buddy.outstandingAround(state, frame)?.head)).toEqual(
      inside.map((frame) => frames.around(frame)),
    );
  });
});

test('PAIR-3 · a half that is free cannot become free again', () => {
  everyState(60, ({ frames, state }) => {
    const legal = usableFrames(state.arena).flatMap((head) =>
      ordersOf(state.arena)
        .map((at) => ({ head, order: at }))
        .filter((block) => freeMisuse(state, block) === undefined),
    );
    const twice = legal.filter(({ head, order: at }) =>
      Array.from({ length: 2 ** at }, (_, n) => head + n).some((frame) => frames.free.has(frame)),
    );
    expect(twice).toEqual([]);
  });
});

test('STATE-2 · which blocks are free depends on which frames are in use, not on how that came about', () => {
  fc.assert(
    fc.property(
      smallArenas,
      fc.boolean(),
      walks,
      fc.array(fc.nat(), { minLength: 1, maxLength: 40 }),
      (arena, handedOver, numbers, keys) => {
        const { state, frames } = walked(arena, handedOver, numbers);
        const shuffled = <T>(list: readonly T[]): readonly T[] => {
          const keyed = list.map((value, n) => ({ value, key: keys[n % keys.length] ?? 0 }));
          return keyed.sort((a, b) => a.key - b.key).map(({ value }) => value);
        };
        let other = buddy.boot(arena);
        for (const frame of shuffled(usableFrames(arena).filter((each) => !frames.boot.has(each)))) {
          other = after(other, { kind: 'hand-over', frame }, done);
        }
        for (const { head, order: of } of shuffled(buddy.outstandingBlocks(state))) {
          other = after(other, { kind: 'allocate', order: of }, { kind: 'granted', head });
        }
        expect(other.pairs).toEqual(state.pairs);
        expect(freeBlocksOf(other)).toEqual(freeBlocksOf(state));
      },
    ),
    campaign(200),
  );
});

test('STATE-3 · a block that is allocated and freed leaves the free blocks as they were', () => {
  everyState(60, ({ state }, n) => {
    const of = order(n % state.arena.orders);
    const steps = step(new Set(), state, { kind: 'allocate', order: of });
    const { outcome, next } = steps[n % steps.length] ?? { outcome: done, next: state };
    if (outcome.kind !== 'granted') return;
    const restored = after(next, { kind: 'free', head: outcome.head, order: of }, done);
    expect(restored.pairs).toEqual(state.pairs);
    expect(freeBlocksOf(restored)).toEqual(freeBlocksOf(state));
  });
});

test('STATE-2 · an arena whose blocks are all freed and frames all handed over is as it starts', () => {
  fc.assert(
    fc.property(smallArenas, fc.boolean(), walks, (arena, handedOver, numbers) => {
      const walk = walked(arena, handedOver, numbers);
      let { state } = walk;
      for (const block of walk.live) state = after(state, { kind: 'free', ...block }, done);
      for (const frame of walk.waiting) state = after(state, { kind: 'hand-over', frame }, done);
      expect(state.pairs).toEqual(buddy.start(arena).pairs);
    }),
    campaign(100),
  );
});
