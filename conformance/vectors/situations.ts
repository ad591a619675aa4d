/** The states that an arena can be brought into by few operations, each by as few as can be. */
import { buddy, freeMisuse } from '../../spec/index.ts';
import { FREE_MISUSES } from '../kinds/buddy/misuse.ts';
import { keyOf, nextOf, worldOf } from './world.ts';
import { order, pfn } from '../unit.ts';
import type { Arena } from '../../protocol/index.ts';
import type { Operation } from '../kinds/buddy/case.ts';
import type { Profile } from './profile.ts';
import type { World } from './world.ts';

/** A state, the script that leads to it, and what was answered on the way. */
export interface Situation {
  readonly world: World;
  readonly script: readonly Operation[];
  readonly answers: readonly string[];
}

/** Bounds of what is gone through. */
const [MOST_OPERATIONS, MOST_SITUATIONS] = [6, 40];

const upTo = (n: number): readonly number[] => Array.from({ length: n }, (_, at) => at);

/** Returns the operations that are right in a world: a grant of each order, a free of each slot that holds something. */
function operationsIn({ placed, slots }: World): readonly Operation[] {
  const grants = upTo(placed.state.arena.orders).map((of): Operation => ({ kind: 'allocate', order: order(of) }));
  const frees = [...slots.keys()].filter((slot) => slots[slot] !== undefined);
  return [...grants, ...frees.map((slot): Operation => ({ kind: 'free-slot', slot }))];
}

/** Goes from a situation by an operation; of several permitted answers the first is followed. */
function follow(profile: Profile, { answers, script, world }: Situation, operation: Operation): Situation | undefined {
  const kernel = profile.kernel ?? '2.4';
  const [next] = nextOf({ ...profile, kernel }, world, operation);
  return next && { world: next.world, script: [...script, operation], answers: [...answers, next.answer] };
}

/** Returns what can be reached from a situation, the shortest scripts first. */
function reachable(profile: Profile, begin: Situation): readonly Situation[] {
  const known = new Set([keyOf(profile, begin.world)]);
  const all: Situation[] = [begin];
  for (let at = 0; at < all.length; at++) {
    const one = all[at];
    if (one === undefined || one.script.length >= begin.script.length + MOST_OPERATIONS) break;
    for (const operation of operationsIn(one.world)) {
      const next = follow(profile, one, operation);
      if (next === undefined || next.answers.at(-1) === '-' || all.length >= MOST_SITUATIONS) continue;
      const key = keyOf(profile, next.world);
      if (known.has(key)) continue;
      known.add(key);
      all.push(next);
    }
  }
  return all;
}

/** Returns the situation in which every frame is granted on its own. */
function full(profile: Profile, begin: Situation): Situation {
  let one = begin;
  for (let n = begin.world.placed.state.arena.pages; n > 0; n--) {
    const next = follow(profile, one, { kind: 'allocate', order: order(0) });
    if (next === undefined || next.answers.at(-1) === '-') break;
    one = next;
  }
  return one;
}

/** Returns the situation in which every second one of these frames is free again. */
function combed(profile: Profile, filled: Situation): Situation {
  const slots = [...filled.world.slots.keys()].filter((slot) => slot % 2 === 0);
  return slots.reduce((one, slot) => follow(profile, one, { kind: 'free-slot', slot }) ?? one, filled);
}

/** Arenas of this many frames are filled, too: of larger ones the scripts would be long, in smaller ones there is less to see. */
const FILLED = 8;

/**
 * Returns the situations of an arena in groups: those near its beginning, and if it is to be filled those near the full one and
 * near one that is free here and there.
 */
export function situationsOf(profile: Profile, arena: Arena): readonly (readonly Situation[])[] {
  const begin: Situation = { world: worldOf(profile, arena), script: [], answers: [] };
  const near = reachable(profile, begin);
  if (profile.lead === 'misuse') return [near.flatMap((one) => misused(profile, one))];
  if (profile.kernel === undefined || arena.pages !== FILLED) return [near];
  const filled = full(profile, begin);
  return [near, reachable(profile, filled), reachable(profile, combed(profile, filled))];
}

/** Returns a situation after each kind of misuse: the same world. */
const misused = (profile: Profile, one: Situation): readonly Situation[] =>
  misusesIn(one.world).flatMap((operation) => follow(profile, one, operation) ?? []);

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
export function lastOf(profile: Profile, { world }: Situation): readonly Operation[] {
  if (profile.ranged) return rangesIn(world);
  const { arena } = world.placed.state;
  const none: Operation = { kind: 'allocate', order: order(arena.orders) };
  const judgesMisuse = [...profile.claims].some((claim) => claim.startsWith('misuse:'));
  const refused = world.slots.length > 0 && !buddy.anyWhollyFree(world.placed.state, order(0));
  return [...operationsIn(world), ...(refused ? [] : [none]), ...(judgesMisuse ? misusesIn(world) : [])];
}
