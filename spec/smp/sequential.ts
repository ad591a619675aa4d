/** A zone as one caller finds it: what several processors are held to have seen, one call after another. */
import { after, nameOf, refute } from '../buddy/step.ts';
import { placement } from '../buddy/placement.ts';
import { refuted } from '../refuted.ts';
import { valuesOf } from '../buddy/row.ts';
import type { Buddy } from '../buddy/state.ts';
import type { Claims, Command, Counterexample, Outcome } from '../../protocol/index.ts';
import type { Placed } from '../buddy/placement.ts';

/** Something that one caller uses at a time: for one step of a call, or for the whole of it. */
export interface Sequential<State, Asked = Command, Answer = Outcome> {
  /**
   * Returns the state after the next step of a processor's call, if that is not its last; undefined if it is. Left out if every
   * call takes effect in one step.
   */
  readonly goesOn?: (state: State, command: Asked, processor: number) => State | undefined;
  /** Returns why an outcome is wrong in a state; undefined if it is right. */
  readonly refute: (state: State, command: Asked, outcome: Answer, processor: number) => Counterexample | undefined;
  /** Returns the state after an outcome that is right. */
  readonly after: (state: State, command: Asked, outcome: Answer, processor: number) => State;
  /** Returns a text that two states share if and only if they answer alike from then on. */
  readonly keyOf: (state: State) => string;
  /** Returns what a processor does, in words. */
  readonly nameOf: (command: Asked) => string;
}

function named(command: Command): string {
  if (command.kind === 'allocate') return `asks for order ${command.order}`;
  if (command.kind === 'hand-over') return `hands over frame ${command.frame}`;
  return `frees the order ${command.order} block at frame ${command.head}`;
}

const ownersOf = ({ owners }: Buddy): string => valuesOf(owners).join();

/** Returns a zone that answers whatever is permitted under some claims. */
export const permissive = (claims: Claims): Sequential<Buddy> => ({
  refute: (state, command, outcome) => refute(claims, state, command, outcome),
  after,
  keyOf: ownersOf,
  nameOf: named,
});

/** Returns an outcome as a counterexample prints it. */
const printed = (outcome: Outcome, command: Command): string =>
  outcome.kind === 'granted' && command.kind === 'allocate'
    ? `the ${nameOf({ head: outcome.head, order: command.order })}`
    : outcome.kind;

const BEST: Claims = new Set(['complete', 'best-fit']);

/** A zone that answers what Linux answers: the very block, from the head of the very list. @clause PLACE-1 */
export const linuxOne: Sequential<Placed> = {
  refute: (placed, command, outcome) => {
    const wrong = refute(BEST, placed.state, command, outcome);
    if (wrong !== undefined) return wrong;
    const must = placement(placed, command).outcome;
    const [is, ought] = [printed(outcome, command), printed(must, command)];
    return is === ought
      ? undefined
      : refuted('PLACE-1', `Linux ${placed.kernel}`, `it gives ${ought}`, `it gave ${is}`);
  },
  after: (placed, command) => placement(placed, command).next,
  keyOf: ({ state, lists }) => JSON.stringify([ownersOf(state), lists]),
  nameOf: named,
};
