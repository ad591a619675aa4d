/** Finds the shortest schedule that goes wrong: states in the order of the number of steps that lead to them; and carries out one that does not. */

import { must } from '../result.ts';
import { isQuiet, keyOf, move, movesOf, wrongZone } from './state.ts';
import type { Command } from '../../protocol/index.ts';
import type { State, Taken, World, Wrong } from './state.ts';

/** A schedule that goes wrong: its steps in their order, and what is wrong after the last. */
export interface Schedule {
  readonly steps: readonly Taken[];
  readonly wrong: Wrong;
  /** The states that were met before it was found. */
  readonly states: number;
}

/** What a fault comes to. */
export interface Fault {
  readonly name: string;
  readonly leadsTo: Wrong['kind'];
  /** What is said of the last step. */
  readonly says: string;
}

/** Returns how a fault is found by its shortest schedule. Throws if it is not, or comes to something else. */
export function foundBy({ leadsTo, name, says }: Fault, schedule: Schedule | undefined): string {
  const wrong = schedule?.wrong;
  must(wrong?.kind === leadsTo && wrong.what.includes(says), `${name}: ${wrong?.what ?? 'not found'}`);
  return `${name}: ${schedule?.steps.length ?? 0} steps`;
}

/** A state that was met, and how. */
interface Met {
  readonly state: State;
  readonly taken: Taken | undefined;
  readonly before: Met | undefined;
}

function stepsTo(met: Met): readonly Taken[] {
  const steps: Taken[] = [];
  for (let one: Met | undefined = met; one !== undefined; one = one.before) {
    if (one.taken !== undefined) steps.push(one.taken);
  }
  return steps.toReversed();
}

/** Returns why nothing may follow a state in which nobody can go on; undefined if all calls were made and answered. */
const deadlock = ({ callers }: State): Wrong | undefined =>
  callers.some(({ step }) => step !== undefined) ? { kind: 'deadlock', what: 'deadlock: nobody can go on' } : undefined;

/** Returns the shortest schedule that goes wrong, of one or several starts of one world; undefined if none does. */
export function shortest(
  world: World,
  starts: readonly State[],
  counts: (wrong: Wrong) => boolean = () => true,
): Schedule | undefined {
  const known = new Set(starts.map(keyOf));
  const waiting: Met[] = starts.map((state) => ({ state, taken: undefined, before: undefined }));
  for (const met of waiting) {
    const moves = movesOf(world, met.state);
    const stuck = moves.length === 0 ? deadlock(met.state) : undefined;
    if (stuck !== undefined && counts(stuck)) return { steps: stepsTo(met), wrong: stuck, states: known.size };
    for (const next of moves) {
      const moved = move(world, met.state, next);
      if (moved.kind === 'wrong') {
        if (!counts(moved.wrong)) continue;
        return { steps: [...stepsTo(met), moved.taken], wrong: moved.wrong, states: known.size };
      }
      const key = keyOf(moved.state);
      if (known.has(key)) continue;
      known.add(key);
      const wrong = isQuiet(moved.state) ? wrongZone(world, moved.state) : undefined;
      if (wrong !== undefined && counts(wrong)) {
        return { steps: [...stepsTo(met), moved.taken], wrong, states: known.size };
      }
      waiting.push({ state: moved.state, taken: moved.taken, before: met });
    }
  }
  return undefined;
}

/** Returns the schedule in which the first caller makes its call, and then the second. Throws if it goes wrong. */
export function inTurn(world: World, start: State, commands: readonly [Command, Command]): readonly Taken[] {
  const steps: Taken[] = [];
  let state = start;
  for (const caller of [0, 1] as const) {
    let command: Command | undefined = commands[caller];
    do {
      const moved = move(world, state, { caller, command });
      if (moved.kind === 'wrong') throw new Error(moved.wrong.what);
      ({ state } = moved);
      steps.push(moved.taken);
      command = undefined;
    } while (state.callers[caller].step !== undefined);
  }
  return steps;
}
