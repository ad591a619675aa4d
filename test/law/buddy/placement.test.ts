/** Tests of Linux's placement: what it does is among what is permitted. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyCommandOf } from '../../arbitrary/intent.ts';
import { arenaOf, kernels, shapes, usableFrames } from '../../arbitrary/arena.ts';
import { bootPlaced, buddy, placement, startPlaced, step } from '../../../spec/index.ts';
import { campaign } from '../../arbitrary/campaign.ts';
import { claimSets } from '../../arbitrary/walk.ts';
import { order } from '../../../spec/unit.ts';
import type { Claim, Command } from '../../../protocol/index.ts';
import type { Placed } from '../../../spec/index.ts';
import type { ZoneShape } from '../../../src/index.ts';

const smallShapes = kernels.chain((kernel) => shapes(kernel, 40));
const numbers = fc.array(fc.nat({ max: 2 ** 20 }), { maxLength: 50, size: 'max' });

function commandOf({ state }: Placed, n: number): Command {
  const waiting = usableFrames(state.arena).filter((frame) => buddy.ownerOf(state, frame) === -3);
  return anyCommandOf({ state, live: buddy.outstandingBlocks(state), freed: [], waiting }, n);
}

/** Follows Linux from hand-over on, and looks at each moment before each command. */
function follow(
  shape: ZoneShape,
  handedOver: boolean,
  ns: readonly number[],
  look: (at: Placed, n: number) => void,
): void {
  const arena = arenaOf(shape);
  let placed = handedOver ? startPlaced(shape.kernel, arena) : bootPlaced(shape.kernel, arena);
  for (const n of ns) {
    look(placed, n);
    placed = placement(placed, commandOf(placed, n)).next;
  }
}

const everywhere = (runs: number, look: (placed: Placed, n: number) => void): void => {
  fc.assert(
    fc.property(smallShapes, fc.boolean(), numbers, (shape, handedOver, ns) => {
      follow(shape, handedOver, ns, look);
    }),
    campaign(runs),
  );
};

const STRICTEST: ReadonlySet<Claim> = new Set<Claim>(['complete', 'best-fit']);

test('TAKE-6, TAKE-7 · what Linux does is permitted, whatever is claimed', () => {
  fc.assert(
    fc.property(smallShapes, fc.boolean(), numbers, claimSets, (shape, handedOver, ns, claims) => {
      follow(shape, handedOver, ns, (placed, n) => {
        const command = commandOf(placed, n);
        const { outcome, next } = placement(placed, command);
        for (const made of [claims, STRICTEST]) {
          const same = step(made, placed.state, command).filter(
            (one) => JSON.stringify(one.outcome) === JSON.stringify(outcome),
          );
          expect(same).toEqual([{ outcome, next: next.state }]);
        }
      });
    }),
    campaign(150),
  );
});

test('LIST-3, LIST-4, PLACE-4 · the lists hold exactly the free blocks, each once', () => {
  everywhere(150, ({ lists, state }) => {
    expect(lists).toHaveLength(state.arena.orders);
    for (const [at, list] of lists.entries()) {
      expect(list.toSorted((a, b) => a - b)).toEqual(buddy.freeBlocks(state, order(at)));
    }
  });
});

test('PLACE-5, HAND-1 · an arena starts as if its frames had been handed over one by one, ascending', () => {
  fc.assert(
    fc.property(
      kernels.chain((kernel) => shapes(kernel)),
      (shape) => {
        const arena = arenaOf(shape);
        let placed = bootPlaced(shape.kernel, arena);
        for (const frame of usableFrames(arena)) placed = placement(placed, { kind: 'hand-over', frame }).next;
        expect(placed).toEqual(startPlaced(shape.kernel, arena));
      },
    ),
    campaign(150),
  );
});

test('STATE-3, PLACE-4 · a block that is allocated and freed leaves every list as it was, in order', () => {
  everywhere(100, (placed, n) => {
    const of = order(n % placed.state.arena.orders);
    const { outcome, next } = placement(placed, { kind: 'allocate', order: of });
    if (outcome.kind !== 'granted') return expect(next).toBe(placed);
    const restored = placement(next, { kind: 'free', head: outcome.head, order: of }).next;
    expect(restored.lists).toEqual(placed.lists);
    expect(restored.state.pairs).toEqual(placed.state.pairs);
  });
});

test('PLACE-1 · a block of the wanted order is taken from the head of its list, and nothing is split', () => {
  everywhere(100, (placed, n) => {
    const of = order(n % placed.state.arena.orders);
    const [head, ...rest] = placed.lists[of] ?? [];
    if (head === undefined) return;
    const { outcome, next } = placement(placed, { kind: 'allocate', order: of });
    expect(outcome).toEqual({ kind: 'granted', head });
    expect(next.lists).toEqual(placed.lists.with(of, rest));
  });
});
