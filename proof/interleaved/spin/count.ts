/** Counts states and steps, none left out: what another explorer of the same steps must count too. */

import { keyOf, move, movesOf } from '../state.ts';
import type { Held, Possible } from '../monitor.ts';
import type { State, World } from '../state.ts';

/** What another explorer must find too. */
export interface Count {
  readonly states: number;
  readonly steps: number;
  /** Of all steps: a number made of the shared words before the step, and of who takes it; their sum modulo 2^32. */
  readonly sum: number;
}

const NO_ORDERS: Possible = { id: 0, counts: new Set() };

/** Takes every answer: states that differ only in what the specification says of them are one. */
const anything: Held = { begin: () => NO_ORDERS, end: () => NO_ORDERS, wrong: () => undefined };

/** Returns the places of the words of a zone, its lock and its processors: the lock of another zone is nobody's. */
const placesOf = ({ calls }: World): readonly number[] =>
  calls.site.parts
    .filter(({ name }) => name !== 'lock of another zone')
    .flatMap(({ shared }) => Array.from({ length: shared.length }, (_, n) => shared.first + n));

/** Returns a number made of words, in their order, modulo 2^32. */
const mixed = (words: readonly number[], places: readonly number[]): number =>
  places.reduce((all, place) => (Math.imul(31, all) + (words[place] ?? 0)) | 0, 0);

/** Counts all states from one on, and all steps, also those whose order nobody can see. Throws if the code stops. */
export function countAll({ world, state }: { readonly world: World; readonly state: State }): Count {
  const lax: World = { ...world, monitor: anything };
  const places = placesOf(lax);
  const start: State = { ...state, possible: NO_ORDERS };
  const known = new Set([keyOf(start)]);
  const waiting = [start];
  let [steps, sum] = [0, 0];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    const before = mixed(one.words, places);
    for (const next of movesOf(lax, one)) {
      const moved = move(lax, one, next);
      if (moved.kind === 'wrong') throw new Error(moved.wrong.what);
      steps++;
      sum = (sum + Math.imul(31, before) + next.caller) | 0;
      const key = keyOf(moved.state);
      if (known.has(key)) continue;
      known.add(key);
      waiting.push(moved.state);
    }
  }
  return { states: known.size, steps, sum: sum >>> 0 };
}
