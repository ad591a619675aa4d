/** Generators of machines and of what is asked of them. */
import fc from 'fast-check';
import { pfn } from '../../spec/unit.ts';
import type { Arbitrary } from 'fast-check';
import type { Balance, Machine, NodeShape, Run, ZoneName } from '../../protocol/index.ts';

const NAMES: readonly ZoneName[] = ['DMA', 'Normal', 'HighMem'];

/** Watermarks that leave small zones some room; sometimes none at all. */
const balances: Arbitrary<Balance> = fc
  .tuple(fc.integer({ min: 2, max: 16 }), fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 12 }))
  .map(([ratio, least, more]) => ({ ratio, least, most: least + more }));

interface ZoneDraft {
  readonly isThere: boolean;
  readonly pages: number;
  /** Frames left out before it, and one hole in it. */
  readonly gap: number;
  readonly hole: number;
}

const zonesOf = (pages: Arbitrary<number>): Arbitrary<ZoneDraft> =>
  fc.record({
    isThere: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
    pages,
    gap: fc.constantFrom(0, 0, 0, 3, 8),
    hole: fc.oneof(fc.constant(-1), fc.constant(-1), fc.integer({ min: 0, max: 71 })),
  });

/** Returns nodes one after the other, their zones ascending; gaps between them, holes in them, and zones that are not there. */
function shape(nodes: readonly (readonly ZoneDraft[])[], base: number): readonly NodeShape[] {
  let at = base;
  return nodes.map((drafts) => ({
    zones: drafts.flatMap(({ isThere, pages, gap, hole }, id) => {
      const name = NAMES[id];
      if (!isThere || name === undefined) return [];
      at += gap;
      const holes: readonly Run[] = hole >= 0 && hole < pages ? [[pfn(at + hole), Math.min(3, pages - hole)]] : [];
      const span = { name, base: pfn(at), pages, holes };
      at += pages;
      return [span];
    }),
  }));
}

/** Machines of one to three nodes, mostly two, with zones of `pages` pages. */
export const machinesOf = (pages: Arbitrary<number>): Arbitrary<Machine> => {
  const zones = zonesOf(pages);
  return fc
    .record({
      orders: fc.integer({ min: 1, max: 7 }).map((n) => (n < 4 ? n + 4 : n)),
      nodes: fc.oneof(
        { weight: 4, arbitrary: fc.array(fc.tuple(zones, zones, zones), { minLength: 2, maxLength: 2 }) },
        fc.array(fc.tuple(zones, zones, zones), { minLength: 1, maxLength: 3 }),
      ),
      base: fc.constantFrom(0, 0, 3, 4096, 2 ** 31),
      balance: fc.record({ DMA: balances, Normal: balances, HighMem: balances }),
      policy: fc.constantFrom(
        'node-local' as const,
        'node-local' as const,
        'node-local' as const,
        'round-robin' as const,
      ),
    })
    .map(({ orders, nodes, base, balance, policy }) => ({ orders, nodes: shape(nodes, base), balance, policy }));
};

/** Small enough that every pass is reached. */
export const machines: Arbitrary<Machine> = machinesOf(
  fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 12, max: 48 }) }, fc.constantFrom(1, 5, 32, 64)),
);

/**
 * A block that is live, by its number modulo how many there are: of all, or of those that have the order that is wanted. Some
 * are freed at another order than their own.
 */
export interface Pick {
  readonly nth: number;
  readonly alike: boolean;
  readonly wrong: boolean;
}

/** What one reclaim frees. */
export interface PlannedRound {
  readonly picks: readonly Pick[];
  readonly success: boolean;
}

/** What is asked next, in terms of what will be live by then: every one of them can be carried out. */
export type MachineIntent =
  | {
      readonly kind: 'allocate';
      readonly gfp: number;
      readonly order: number;
      readonly task: number;
      /** Modulo how many nodes there are, up to 5. */
      readonly node: number;
      readonly bound: boolean;
      readonly plan: readonly PlannedRound[];
    }
  | { readonly kind: 'free'; readonly pick: Pick }
  | { readonly kind: 'free-any'; readonly frame: number; readonly order: number }
  | { readonly kind: 'get'; readonly nth: number; readonly any: boolean }
  | { readonly kind: 'kswapd'; readonly plan: readonly PlannedRound[] };

/** Blocks that are live. */
export const picks: Arbitrary<Pick> = fc.record({
  nth: fc.nat(4095),
  alike: fc.boolean(),
  wrong: fc.integer({ min: 0, max: 19 }).map((n) => n === 19),
});

/** Up to `most` rounds of reclaim. */
export const plans = (most: number): Arbitrary<readonly PlannedRound[]> =>
  fc.array(
    fc.record({
      picks: fc.array(picks, { maxLength: 5, size: 'max' }),
      success: fc.integer({ min: 0, max: 3 }).map((n) => n > 0),
    }),
    { maxLength: most, size: 'max' },
  );

/** ATOMIC, NOIO, NOFS, KERNEL, USER, with every zone modifier; now and then what is no mask. */
const masks = fc.oneof(
  { weight: 30, arbitrary: fc.constantFrom(0x20, 0x30, 0xf0, 0x1f0, 0x1d0, 0x1d2, 0x22, 0x1f1, 0x21, 0x1, 0x1d3) },
  fc.constantFrom(0x200, -1, 0.5),
);

const allocations: Arbitrary<MachineIntent> = fc.record({
  kind: fc.constant('allocate' as const),
  gfp: masks,
  order: fc.oneof(
    { weight: 10, arbitrary: fc.integer({ min: 0, max: 3 }) },
    { weight: 20, arbitrary: fc.constantFrom(0, 0, 0, 1, 1, 2) },
    { weight: 8, arbitrary: fc.integer({ min: 2, max: 5 }) },
    { weight: 1, arbitrary: fc.integer({ min: 6, max: 8 }) },
    fc.constantFrom(-1, 0.5),
  ),
  task: fc.oneof(
    { weight: 9, arbitrary: fc.constant(0) },
    { weight: 4, arbitrary: fc.constantFrom(0x800, 0x1000, 0x1800) },
    fc.constantFrom(0x2000, -1),
  ),
  node: fc.oneof({ weight: 40, arbitrary: fc.integer({ min: 0, max: 5 }) }, fc.constantFrom(-1, 9)),
  bound: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
  plan: plans(3),
});

/** More is taken than given back, so that memory becomes low. */
export const machineIntents: Arbitrary<MachineIntent> = fc.oneof(
  { weight: 20, arbitrary: allocations },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('free' as const), pick: picks }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('free-any' as const),
      frame: fc.integer({ min: -2, max: 300 }),
      order: fc.integer({ min: -1, max: 8 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('get' as const), nth: fc.nat(4095), any: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('kswapd' as const), plan: plans(6) }) },
);
