/** The states that an arena can be brought into by few operations, each by as few as can be. */
import { buddy, freeMisuse } from '../../../spec/index.ts';
import { FREE_MISUSES } from '../../kinds/buddy/misuse.ts';
import { goOn, reachable } from '../plan.ts';
import { order, pfn } from '../../unit.ts';
import type { Operation } from '../../kinds/buddy/case.ts';
import type { Profile } from './profile.ts';
import type { Reach, Rules, Situation } from '../plan.ts';
import type { World } from './world.ts';

/** Bounds of what is gone through. */
const REACH: Reach = { operations: 6, situations: 40 };

type Here = Situation<World, Operation>;
type Go = Rules<World, Operation>;

const upTo = (n: number): readonly number[] => Array.from({ length: n }, (_, at) => at);

/** Returns the operations that are right in a world: a grant of each order, a free of each slot that holds something. */
function operationsIn({ placed, slots }: World): readonly Operation[] {
  const grants = upTo(placed.state.arena.orders).map((of): Operation => ({ kind: 'allocate', order: order(of) }));
  const frees = [...slots.keys()].filter((slot) => slots[slot] !== undefined);
  return [...grants, ...frees.map((slot): Operation => ({ kind: 'free-slot', slot }))];
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
 * near one that is free here and there.
 */
export function situationsOf({ kernel, lead }: Profile, rules: Go, world: World): readonly (readonly Here[])[] {
  const begin: Here = { world, script: [], answers: [] };
  const near = reachable(rules, begin, operationsIn, REACH);
  if (lead === 'misuse') return [near.flatMap((one) => misused(rules, one))];
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

/** Returns the operations that a vector may end with. */
export function lastOf(profile: Profile, world: World): readonly Operation[] {
  if (profile.ranged) return rangesIn(world);
  const { arena } = world.placed.state;
  const none: Operation = { kind: 'allocate', order: order(arena.orders) };
  const judgesMisuse = [...profile.claims].some((claim) => claim.startsWith('misuse:'));
  const refused = world.slots.length > 0 && !buddy.anyWhollyFree(world.placed.state, order(0));
  return [...operationsIn(world), ...(refused ? [] : [none]), ...(judgesMisuse ? misusesIn(world) : [])];
}
