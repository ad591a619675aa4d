/** Every answer that is permitted to the operations of a script, whatever was answered before. */
import type { Permits } from './form.ts';
import type { Plan } from './plan.ts';

/** A script after which more states than this are possible makes no vector: nobody could read it. */
const MOST_STATES = 40;

/** Returns the permitted answers by word and state; undefined if that is too much to be read. */
export function permitsOf<W, O>(plan: Plan<W, O>, script: readonly O[]): readonly Permits[] | undefined {
  let worlds: readonly W[] = [plan.begin];
  const all: Permits[] = [];
  for (const operation of script) {
    const numbers = new Map<string, number>();
    const next: W[] = [];
    const numberOf = (world: W): number => {
      const key = plan.keyOf(world);
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, next.length);
      return next.push(world) - 1;
    };
    const before = plan.wordsOf(operation).slice(1);
    all.push(
      ...before.map((): Permits => worlds.map((_, state) => ({ '.': state }))),
      worlds.map((world) =>
        Object.fromEntries(plan.nextOf(world, operation).map((one) => [one.answer, numberOf(one.world)])),
      ),
    );
    if (next.length > MOST_STATES) return undefined;
    worlds = next;
  }
  return all;
}
