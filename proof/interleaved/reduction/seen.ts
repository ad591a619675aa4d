/** What can be seen of a search of interleavings: by this, one that leaves steps out is held against one that leaves none out. */

import { RULES } from './independent.ts';
import { explore } from '../explore.ts';
import { grouped, must } from '../../result.ts';
import { isQuiet, learnt } from '../state.ts';
import { printed } from '../calls.ts';
import { startOf } from '../start.ts';
import type { Access } from '../run/access.ts';
import type { Move, Moved, State } from '../state.ts';
import type { Question } from '../start.ts';
import type { Rules } from './independent.ts';
import type { Step } from '../steps.ts';
import type { Tally } from '../explore.ts';

/** Everything that the callers and the specification see, each in words. */
export interface Seen {
  readonly tally: Tally;
  /** What goes wrong. */
  readonly wrongs: ReadonlySet<string>;
  /** Of each call, and of its caller, all that it learnt of words, in turn, until it was answered, stopped, or slept. */
  readonly calls: ReadonlySet<string>;
  /** The words, and what each caller may still do, while no caller is in a call. */
  readonly quiet: ReadonlySet<string>;
}

/** Writes down what calls learn. A call has learnt the same whenever it is at a step, as steps are nodes of a tree. */
class Calls {
  readonly ended = new Set<string>();
  readonly #learnt = new Map<number, string>();

  take({ callers }: State, { caller, command }: Move, moved: Moved): void {
    const { access, answer, found, slept } = moved.taken;
    const other = caller === 0 ? 1 : 0;
    const asked = command ?? callers[caller].command;
    const all = this.#with(callers[caller].step, access, found);
    if (slept || moved.kind === 'wrong') this.ended.add(`${caller}:${all} ${slept ? 'sleeps' : 'stops'}`);
    if (asked !== undefined && answer !== undefined) this.ended.add(`${caller} ${printed(asked)}:${all} ${answer}`);
    if (slept || moved.kind === 'wrong') return;
    this.#note(moved.state.callers[caller].step, all);
    const [before, after] = [callers[other].step, moved.state.callers[other].step];
    if (before?.access !== undefined && after !== before) this.#note(after, this.#with(before, before.access, 0));
  }

  #with(step: Step | undefined, access: Access, found: number): string {
    const before = step === undefined ? '' : (this.#learnt.get(step.id) ?? '');
    return `${before} ${access.kind} ${access.word} ${learnt(access, found)}`;
  }

  #note(step: Step | undefined, all: string): void {
    if (step !== undefined) this.#learnt.set(step.id, all);
  }
}

const quietOf = ({ callers, words }: State): string => {
  const rest = callers.map(({ held, left }) => `${left}:${held.map(({ head, order }) => `${head}.${order}`).join()}`);
  return `${words.join()} | ${rest.join(' | ')}`;
};

/** Goes through a question by some rules, or, without any, through all steps. Goes on with others after what is wrong. */
export function seenBy(question: Question, rules?: Rules): Seen {
  const wrongs = new Set<string>();
  const quiet = new Set<string>();
  const calls = new Calls();
  const tally = explore(startOf(question), {
    rules,
    wrong: ({ kind, what }) => wrongs.add(`${kind}: ${what}`),
    taken: (before, next, moved) => {
      calls.take(before, next, moved);
      if (moved.kind === 'state' && isQuiet(moved.state)) quiet.add(quietOf(moved.state));
    },
  });
  return { tally, wrongs, calls: calls.ended, quiet };
}

/** Returns what one of two searches saw and the other did not. */
export const differences = (one: Seen, other: Seen): readonly string[] =>
  (['wrongs', 'calls', 'quiet'] as const).flatMap((what) => [
    ...[...one[what]].filter((each) => !other[what].has(each)),
    ...[...other[what]].filter((each) => !one[what].has(each)),
  ]);

/** Holds the search that leaves steps out against the one that leaves none out. Returns both sizes. Throws if they see something else. */
export function heldAgainstWhole(question: Question): string {
  const [whole, reduced] = [seenBy(question), seenBy(question, RULES)];
  const [first] = differences(whole, reduced);
  must(first === undefined, `seen by one search alone: ${first ?? ''}`);
  const sizes = [whole, reduced].map(
    ({ tally: { branchings, steps } }) => `${grouped(steps)} steps, ${grouped(branchings)} states`,
  );
  return `${sizes.join('; reduced ')}; in both ${grouped(whole.calls.size)} calls, ${grouped(whole.quiet.size)} zones between calls`;
}
