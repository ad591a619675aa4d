/** The states that an arena can be brought into by few operations, each by as few as can be. */
import { goOn, reachable } from '../plan.ts';
import { heldIn, misusesIn, operationsIn, optionalIn } from './operations.ts';
import { isLasting } from './profile.ts';
import { order } from '../../unit.ts';
import type { Operation } from '../../kinds/buddy/case.ts';
import type { Lasting, Profile } from './profile.ts';
import type { Reach, Rules, Situation } from '../plan.ts';
import type { World } from './world.ts';

/** Bounds of what is gone through. */
const REACH: Reach = { operations: 6, situations: 40 };

type Here = Situation<World, Operation>;
type Go = Rules<World, Operation>;

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
  // After misuse the world is the same.
  if (lead === 'misuse') return [near.flatMap((one) => onward(rules, one, misusesIn(one.world)))];
  if (isLasting(feature)) return [near, ...afterRequests(feature, rules, near)];
  if (kernel === undefined || world.placed.state.arena.pages !== FILLED) return [near];
  const filled = full(rules, begin);
  return [near, ...[filled, combed(rules, filled)].map((one) => reachable(rules, one, operationsIn, REACH))];
}

/** Returns the situations that operations lead to, each by itself. */
const onward = (rules: Go, one: Here, operations: readonly Operation[]): readonly Here[] =>
  operations.flatMap((operation) => goOn(rules, one, operation) ?? []);

/** Returns the situations after requests of a feature, in groups: after one, and after what takes it back, where there is that. */
function afterRequests(feature: Lasting, rules: Go, near: readonly Here[]): readonly (readonly Here[])[] {
  const after = near.flatMap((one) => onward(rules, one, optionalIn(feature, one.world)));
  if (feature === 'bulk') return [near.filter(({ world }) => heldIn(world).length > 2), after];
  const along = (begin: Here, script: readonly Operation[]): readonly Here[] =>
    script.reduce<readonly Here[]>((at, next) => at.flatMap((one) => onward(rules, one, [next])), [begin]);
  return [after, after.flatMap((one) => undone(feature, one.world).flatMap((script) => along(one, script)))];
}

/** Returns what takes the last request of a feature back: an arena becomes as large as it was made, frames are freed. */
function undone(feature: Exclude<Lasting, 'bulk'>, world: World): readonly (readonly Operation[])[] {
  if (feature === 'resize') return [optionalIn(feature, world).slice(-1)];
  const slot = world.slots.length - 1;
  if (world.slots[slot] === undefined) return [];
  const free: Operation = { kind: 'free-slot', slot };
  return [[free], [{ kind: 'allocate', order: order(0) }, free]];
}
