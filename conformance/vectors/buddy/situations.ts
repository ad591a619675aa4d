/** The states that an arena can be brought into by few operations, each by as few as can be. */
import { buddy, freeMisuse, valuesOf } from '../../../spec/index.ts';
import { FREE_MISUSES } from '../../kinds/buddy/misuse.ts';
import { goOn, reachable } from '../plan.ts';
import { order, pfn } from '../../unit.ts';
import type { Operation } from '../../kinds/buddy/case.ts';
import type { Feature, Profile } from './profile.ts';
import type { Reach, Rules, Situation } from '../plan.ts';
import type { World } from './world.ts';

/** Bounds of what is gone through. */
const REACH: Reach = { operations: 6, situations: 40 };

type Here = Situation<World, Operation>;
type Go = Rules<World, Operation>;

const upTo = (n: number): readonly number[] => Array.from({ length: n }, (_, at) => at);

/** Returns the slots that hold something. */
const heldIn = ({ slots }: World): readonly number[] => [...slots.keys()].filter((slot) => slots[slot] !== undefined);

/** Returns the operations that are right in a world: a grant of each order, a free of each slot that holds something. */
function operationsIn(world: World): readonly Operation[] {
  const grants = upTo(world.placed.state.arena.orders).map((of): Operation => ({ kind: 'allocate', order: order(of) }));
  return [...grants, ...heldIn(world).map((slot): Operation => ({ kind: 'free-slot', slot }))];
}

/** Returns the situation in which every frame is granted on its own. */
function full(rules: Go, begin: Here): Here {
  let one = begin;
  for (let n = begin.world.placed.state.arena.pages; n > 0; n--) {
    const next = goOn(rules, one, { kind: 'allocate', order: order(0) });
    if (next === undefined) break;
    one = next;
  }
  return one;
}

/** Returns the situation in which every second one of these frames is free again. */
function combed(rules: Go, filled: Here): Here {
  const slots = [...filled.world.slots.keys()].filter((slot) => slot % 2 === 0);
  return slots.reduce((one, slot) => goOn(rules, one, { kind: 'free-slot', slot }) ?? one, filled);
}

/** Arenas of this many frames are filled, too: of larger ones the scripts would be long, in smaller ones there is less to see. */
const FILLED = 8;

/**
 * Returns the situations of an arena in groups: those near its beginning, and if it is to be filled those near the full one and
 * near one that is free here and there. Of a feature there are those before its requests, and those after one.
 */
export function situationsOf(profile: Profile, rules: Go, world: World): readonly (readonly Here[])[] {
  const { feature, kernel, lead } = profile;
  const begin: Here = { world, script: [], answers: [] };
  const near = reachable(rules, begin, operationsIn, REACH);
  if (lead === 'misuse') return [near.flatMap((one) => misused(rules, one))];
  if (feature !== undefined && feature !== 'range') return [near, ...afterRequests(feature, rules, near)];
  if (kernel === undefined || world.placed.state.arena.pages !== FILLED) return [near];
  const filled = full(rules, begin);
  return [near, ...[filled, combed(rules, filled)].map((one) => reachable(rules, one, operationsIn, REACH))];
}

/** Returns a situation after each kind of misuse: the same world. */
const misused = (rules: Go, one: Here): readonly Here[] =>
  misusesIn(one.world).flatMap((operation) => goOn(rules, one, operation) ?? []);

/** Returns frees that are misuse: of each kind the one of the lowest order, of the lowest frame, and of the highest order. */
function misusesIn({ placed: { state } }: World): readonly Operation[] {
  const { base, orders, pages } = state.arena;
  const frees = upTo(orders + 1).flatMap((of) =>
    [...upTo(pages + 1)].map((n) => ({ head: pfn(base + n), order: order(of) })),
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

/** Returns the situations after requests of a feature, in groups: after one, and after what takes it back, where there is that. */
function afterRequests(feature: Feature, rules: Go, near: readonly Here[]): readonly (readonly Here[])[] {
  const after = near.flatMap((one) => optionalIn(feature, one.world).flatMap((next) => goOn(rules, one, next) ?? []));
  const back = after.flatMap((one) => undone(feature, one.world).flatMap((script) => goAlong(rules, one, script)));
  return feature === 'bulk' ? [near.filter(({ world }) => heldIn(world).length > 2), after] : [after, back];
}

/** Goes from a situation by several operations; nothing if they lead nowhere. */
const goAlong = (rules: Go, begin: Here, script: readonly Operation[]): readonly Here[] =>
  script.reduce<readonly Here[]>((at, next) => at.flatMap((one) => goOn(rules, one, next) ?? []), [begin]);

/** Returns what takes the last request of a feature back: an arena becomes as large as it was made, frames are freed. */
function undone(feature: Feature, world: World): readonly (readonly Operation[])[] {
  if (feature === 'resize')
    return resizesIn(world)
      .slice(-1)
      .map((one) => [one]);
  const slot = world.slots.length - 1;
  if (feature !== 'sized' || world.slots[slot] === undefined) return [];
  const free: Operation = { kind: 'free-slot', slot };
  return [[free], [{ kind: 'allocate', order: order(0) }, free]];
}

/** Returns the requests of a feature. */
function optionalIn(feature: Feature, world: World): readonly Operation[] {
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
export function lastOf(profile: Profile, { script, world }: Here): readonly Operation[] {
  const { claims, feature } = profile;
  if (feature !== undefined)
    return [...optionalIn(feature, world), ...(script.every(isPlain) ? [] : operationsIn(world))];
  const { arena } = world.placed.state;
  const none: Operation = { kind: 'allocate', order: order(arena.orders) };
  const judgesMisuse = [...claims].some((claim) => claim.startsWith('misuse:'));
  const refused = world.slots.length > 0 && !buddy.anyWhollyFree(world.placed.state, order(0));
  return [...operationsIn(world), ...(refused ? [] : [none]), ...(judgesMisuse ? misusesIn(world) : [])];
}
