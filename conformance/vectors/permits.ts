/** Every answer that is permitted to the operations of a script, whatever was answered before. */
import { keyOf, nextOf, worldOf } from './world.ts';
import type { Arena } from '../../protocol/index.ts';
import type { Operation } from '../kinds/buddy/case.ts';
import type { Permits } from './form.ts';
import type { Profile } from './profile.ts';
import type { World } from './world.ts';

/** A script after which more states than this are possible makes no vector: nobody could read it. */
const MOST_STATES = 40;

/** Returns the permitted answers by operation and state; undefined if that is too much to be read. */
export function permitsOf(
  profile: Profile,
  arena: Arena,
  script: readonly Operation[],
): readonly Permits[] | undefined {
  let worlds: readonly World[] = [worldOf(profile, arena)];
  const all: Permits[] = [];
  for (const operation of script) {
    const numbers = new Map<string, number>();
    const next: World[] = [];
    const numberOf = (world: World): number => {
      const key = keyOf(profile, world);
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, next.length);
      return next.push(world) - 1;
    };
    all.push(
      worlds.map((world) =>
        Object.fromEntries(nextOf(profile, world, operation).map((one) => [one.answer, numberOf(one.world)])),
      ),
    );
    if (next.length > MOST_STATES) return undefined;
    worlds = next;
  }
  return all;
}
