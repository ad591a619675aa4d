/** The operations that vectors of an arena are made of: what is right in a world, what is misuse, and what comes with a feature. */
import { FREE_MISUSES } from '../../kinds/buddy/misuse.ts';
import { buddy, freeMisuse, valuesOf } from '../../../spec/index.ts';
import { order, pfn } from '../../unit.ts';
import type { Feature, Profile } from './profile.ts';
import type { Operation } from '../../kinds/buddy/case.ts';
import type { Situation } from '../plan.ts';
import type { World } from './world.ts';

const upTo = (n: number): readonly number[] => Array.from({ length: n }, (_, at) => at);

/** Returns the slots that hold something. */
export const heldIn = ({ slots }: World): readonly number[] =>
  [...slots.keys()].filter((slot) => slots[slot] !== undefined);

/** Returns the operations that are right in a world: a grant of each order, a free of each slot that holds something. */
export function operationsIn(world: World): readonly Operation[] {
  const grants = upTo(world.placed.state.arena.orders).map((of): Operation => ({ kind: 'allocate', order: order(of) }));
  return [...grants, ...heldIn(world).map((slot): Operation => ({ kind: 'free-slot', slot }))];
}

/** Returns frees that are misuse: of each kind the one of the lowest order, of the lowest frame, and of the highest order. */
export function misusesIn({ placed: { state } }: World): readonly Operation[] {
  const { base, orders, pages } = state.arena;
  const frees = upTo(orders + 1).flatMap((of) =>
    upTo(pages + 1).map((n) => ({ head: pfn(base + n), order: order(of) })),
  );
  return FREE_MISUSES.flatMap((misuse): readonly Operation[] => {
    const found = frees.filter((free) => freeMisuse(state, free) === misuse);
    const lowest = found.filter((free) => free.order < orders).toSorted((one, other) => one.head - other.head);
    return [...new Set([...found.slice(0, 1), ...lowest.slice(0, 1), ...found.slice(-1)])].map((free) => ({
      kind: 'free-frame',
      ...free,
    }));
  });
}

/** Returns requests within ranges: each half of the arena, and a part that begins inside a block. */
function rangesIn({ placed: { state } }: World): readonly Operation[] {
  const { base, orders, pages } = state.arena;
  const middle = base + Math.floor(pages / 2);
  const ranges = [
    [base, middle],
    [middle, base + pages],
    [base + 1, base + pages],
  ] as const;
  return upTo(Math.min(2, orders)).flatMap((of) =>
    ranges.map(([low, end]): Operation => ({
      kind: 'allocate',
      order: order(of),
      within: { low: pfn(low), end: pfn(end) },
    })),
  );
}

/** Returns resizings: to one frame, to half, to all but one, and to all that the arena was made with, as its owners are. */
function resizesIn({ placed: { state } }: World): readonly Operation[] {
  const made = state.origin + valuesOf(state.owners).length - state.arena.base;
  const sizes = [1, Math.ceil(made / 2), made - 1, made];
  return [...new Set(sizes)].filter((pages) => pages > 0).map((pages) => ({ kind: 'resize', pages }));
}

/** Returns requests for numbers of frames: some that are no power of two, some with an alignment beyond their own. */
function sizedIn({ placed: { state } }: World): readonly Operation[] {
  const { pages } = state.arena;
  const asked = [
    [1, 1],
    [1, 2],
    [3, 1],
    [3, 4],
    [pages, 1],
  ] as const;
  return asked
    .filter(([frames]) => frames <= pages)
    .map(([frames, align]) => ({ kind: 'allocate-frames', frames, align }));
}

/** Returns frees at once of the first two slots that hold something, either of them first, or of the first three. */
function bulksIn(world: World): readonly Operation[] {
  const [one, other, third] = heldIn(world);
  if (one === undefined || other === undefined) return [];
  const all =
    third === undefined
      ? [
          [one, other],
          [other, one],
        ]
      : [[third, one, other]];
  return all.map((slots) => ({ kind: 'free-slots', slots }));
}

/** Returns the requests of a feature. */
export function optionalIn(feature: Feature, world: World): readonly Operation[] {
  switch (feature) {
    case 'range':
      return rangesIn(world);
    case 'resize':
      return resizesIn(world);
    case 'sized':
      return sizedIn(world);
    case 'bulk':
      return bulksIn(world);
  }
}

/** Reports whether an operation is one that every allocator has, but a request within a range. */
const isPlain = ({ kind }: Operation): boolean => kind === 'allocate' || kind === 'free-slot';

/** Returns the operations that a vector may end with. */
export function lastOf(profile: Profile, { script, world }: Situation<World, Operation>): readonly Operation[] {
  const { claims, feature } = profile;
  if (feature !== undefined)
    return [...optionalIn(feature, world), ...(script.every(isPlain) ? [] : operationsIn(world))];
  const { arena } = world.placed.state;
  const none: Operation = { kind: 'allocate', order: order(arena.orders) };
  const judgesMisuse = [...claims].some((claim) => claim.startsWith('misuse:'));
  const refused = world.slots.length > 0 && !buddy.anyWhollyFree(world.placed.state, order(0));
  return [...operationsIn(world), ...(refused ? [] : [none]), ...(judgesMisuse ? misusesIn(world) : [])];
}
