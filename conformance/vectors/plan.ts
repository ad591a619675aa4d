/** What the vectors of any kind are made of: states, the scripts that lead to them, and what refutes a clause there. */
import type { Clause } from '../../protocol/index.ts';
import type { Given, Permits, Wrong } from './form.ts';

/** A permitted answer as a word of the protocol, and the world after it. */
export interface Next<W> {
  readonly answer: string;
  readonly world: W;
}

/** A world, the script that leads to it, and what was answered on the way, word by word. */
export interface Situation<W, O> {
  readonly world: W;
  readonly script: readonly O[];
  readonly answers: readonly string[];
}

/** How worlds go on. */
export interface Rules<W, O> {
  /** Returns every permitted answer to an operation. */
  readonly nextOf: (world: W, operation: O) => readonly Next<W>[];
  /** Returns the permitted answer that is followed on the way to a situation; undefined if it leads nowhere. */
  readonly follow: (world: W, operation: O) => Next<W> | undefined;
  /** Returns what tells one world from another: all that its next answers depend on. */
  readonly keyOf: (world: W) => string;
  /** Returns the words of an operation; all but the last are answered with a dot. */
  readonly wordsOf: (operation: O) => readonly string[];
}

/** A clause, and what refutes it. */
export type Refuting = readonly [clause: Clause, wrong: Wrong];

/**
 * How many vectors a group is to have. `most`: of each clause that many. `ends`: of each end of a script, in words, one, for the
 * clause that has the fewest; and one for each clause of `shows`.
 */
export type Enough<W, O> =
  | { readonly most: (clause: Clause) => number }
  | { readonly shows: (clause: Clause) => boolean; readonly endOf: (last: Last<W, O>) => string };

/** A last operation, and every permitted answer to it. */
export interface Last<W, O> {
  readonly last: O;
  readonly permitted: readonly Next<W>[];
}

/** Some claims, and one arena, some nodes or one machine: their vectors can be made. */
export interface Plan<W, O> extends Rules<W, O> {
  /** Profile and arena, as they stand in an id. */
  readonly name: string;
  readonly needs: readonly string[];
  /** Returns what the vectors begin with, and what must be shown of the world after the last operation, if that is certain. */
  readonly given: (after: W | undefined) => Given;
  readonly begin: W;
  /** The situations in groups, in each the shortest scripts first. */
  readonly groups: readonly (readonly Situation<W, O>[])[];
  /** Says of which clauses a group has enough vectors. */
  readonly enough: Enough<W, O>;
  /** Returns the operations that a vector may end with. */
  readonly lastOf: (situation: Situation<W, O>) => readonly O[];
  /** Returns what refutes a clause after the last operation. */
  readonly wrongs: (situation: Situation<W, O>, last: Last<W, O>) => readonly Refuting[];
  /** Reports whether a script and what is permitted to it make a vector that is about one thing. */
  readonly isPlain: (script: readonly O[], permits: readonly Permits[]) => boolean;
}

/** Goes from a situation by an operation; undefined if that leads nowhere. */
export function goOn<W, O>(
  { follow, wordsOf }: Rules<W, O>,
  { answers, script, world }: Situation<W, O>,
  operation: O,
): Situation<W, O> | undefined {
  const next = follow(world, operation);
  if (next === undefined) return undefined;
  const before = wordsOf(operation)
    .slice(1)
    .map(() => '.');
  return { world: next.world, script: [...script, operation], answers: [...answers, ...before, next.answer] };
}

/** Bounds of what is gone through from one situation. */
export interface Reach {
  readonly operations: number;
  readonly situations: number;
}

/** Returns what can be reached from a situation, the shortest scripts first. */
export function reachable<W, O>(
  rules: Rules<W, O>,
  begin: Situation<W, O>,
  operationsIn: (world: W) => readonly O[],
  { operations, situations }: Reach,
): readonly Situation<W, O>[] {
  const known = new Set([rules.keyOf(begin.world)]);
  const all: Situation<W, O>[] = [begin];
  for (let at = 0; at < all.length; at++) {
    const one = all[at];
    if (one === undefined || one.script.length >= begin.script.length + operations) break;
    for (const operation of operationsIn(one.world)) {
      if (all.length >= situations) break;
      const next = goOn(rules, one, operation);
      if (next === undefined) continue;
      const key = rules.keyOf(next.world);
      if (known.has(key)) continue;
      known.add(key);
      all.push(next);
    }
  }
  return all;
}
