/** Generators of machines of 2.6.24 and of what is asked of them. */
import fc from 'fast-check';
import { pfn } from '../../spec/unit.ts';
import { picks, plans } from './machine.ts';
import type { Arbitrary } from 'fast-check';
import type { Machine26, Run, Settings26, Task26, ZoneName26, ZoneSpan26 } from '../../protocol/index.ts';
import type { Pick, PlannedRound } from './machine.ts';

const NAMES: readonly ZoneName26[] = ['DMA', 'DMA32', 'Normal', 'HighMem'];

interface ZoneDraft {
  readonly isThere: boolean;
  readonly pages: number;
  readonly gap: number;
  readonly hole: number;
}

const drafts: Arbitrary<ZoneDraft> = fc.record({
  isThere: fc.integer({ min: 0, max: 9 }).map((n) => n > 1),
  pages: fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 12, max: 64 }) }, fc.constantFrom(1, 5, 32, 96)),
  gap: fc.constantFrom(0, 0, 0, 3, 8),
  hole: fc.oneof(fc.constant(-1), fc.constant(-1), fc.integer({ min: 0, max: 95 })),
});

/** Returns zones one after the other, with gaps between them, holes in them, and some that are not there; one at least is. */
function spans(all: readonly ZoneDraft[], base: number): readonly ZoneSpan26[] {
  let at = base;
  const zones = all.flatMap(({ gap, hole, isThere, pages }, id): readonly ZoneSpan26[] => {
    const name = NAMES[id];
    if (!isThere || name === undefined) return [];
    at += gap;
    const holes: readonly Run[] = hole >= 0 && hole < pages ? [[pfn(at + hole), Math.min(3, pages - hole)]] : [];
    const span = { name, base: pfn(at), pages, holes };
    at += pages;
    return [span];
  });
  return zones.length > 0 ? zones : [{ name: 'Normal', base: pfn(base), pages: 32, holes: [] }];
}

const ratios = fc.constantFrom(1, 2, 4, 8, 32, 256);

/** Settings that small zones have room for: up to 20 pages are kept free. */
const settings: Arbitrary<Settings26> = fc.record({
  minFreeKbytes: fc.oneof({ weight: 6, arbitrary: fc.nat(160) }, fc.nat(40), fc.constant(0)),
  ratios: fc.record({ DMA: ratios, DMA32: ratios, Normal: ratios }),
});

/** Machines whose zones are small enough that every pass is reached. */
export const machines26: Arbitrary<Machine26> = fc
  .record({
    orders: fc.integer({ min: 1, max: 7 }).map((n) => (n < 4 ? n + 4 : n)),
    zones: fc.tuple(drafts, drafts, drafts, drafts),
    base: fc.constantFrom(0, 0, 3, 4096, 2 ** 31),
    settings,
    pageSize: fc.constantFrom(4096, 4096, 8192),
  })
  .map(({ base, orders, pageSize, settings: set, zones }) => ({
    orders,
    zones: spans(zones, base),
    settings: set,
    ...(pageSize === 4096 ? {} : { pageSize }),
  }));

/** What is asked next, in terms of what will be live by then. */
export type Intent26 =
  | {
      readonly kind: 'allocate';
      readonly gfp: number;
      readonly order: number;
      readonly task: Task26;
      readonly plan: readonly PlannedRound[];
    }
  | { readonly kind: 'free'; readonly pick: Pick }
  | { readonly kind: 'free-any'; readonly frame: number; readonly order: number }
  | { readonly kind: 'set'; readonly settings: Settings26 };

/** ATOMIC, NOIO, NOFS, KERNEL, USER; with zones, and with what makes them fail sooner or later; now and then what is no mask. */
const masks = fc.oneof(
  {
    weight: 40,
    arbitrary: fc
      .tuple(
        fc.constantFrom(0x20, 0x20, 0, 0x10, 0x30, 0x50, 0x70, 0xd0, 0xd0, 0xf0),
        fc.constantFrom(0, 0, 0, 1, 2, 2, 4, 3, 6),
        fc.constantFrom(0, 0, 0, 0, 0x400, 0x800, 0x1000, 0x10000, 0x8200),
        fc.constantFrom(0, 0, 0, 0, 0x800, 0x1000, 0x10800),
      )
      .map(([mask, zone, more, other]) => mask | zone | more | other),
  },
  fc.constantFrom(0x08, 0x2000, 0x200000, -1, 0.5),
);

const tasks: Arbitrary<Task26> = fc.record({
  exempt: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
  realtime: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
});

const allocations: Arbitrary<Intent26> = fc.record({
  kind: fc.constant('allocate' as const),
  gfp: masks,
  order: fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom(0, 0, 0, 1, 1, 2, 3) },
    { weight: 6, arbitrary: fc.integer({ min: 2, max: 5 }) },
    { weight: 1, arbitrary: fc.integer({ min: 6, max: 8 }) },
    fc.constantFrom(-1, 0.5),
  ),
  task: tasks,
  plan: plans(3),
});

const wrongSettings: Arbitrary<Settings26> = fc
  .tuple(settings, fc.constantFrom(-1, 0.5, 2 ** 27 + 1), fc.constantFrom(0, -1, 0.5), fc.boolean())
  .map(([set, kbytes, ratio, which]) =>
    which ? { ...set, minFreeKbytes: kbytes } : { ...set, ratios: { ...set.ratios, DMA32: ratio } },
  );

/** More is taken than given back, so that memory becomes low. */
export const intents26: Arbitrary<Intent26> = fc.oneof(
  { weight: 24, arbitrary: allocations },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('free' as const),
      pick: picks,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('free-any' as const),
      frame: fc.integer({ min: -2, max: 300 }),
      order: fc.oneof(fc.constantFrom(0, 0, 1), fc.integer({ min: -1, max: 8 })), // inner pages are at small orders
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('set' as const),
      settings: fc.oneof({ weight: 5, arbitrary: settings }, wrongSettings),
    }),
  },
);
