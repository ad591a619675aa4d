/** A machine that several processors use: which answer to a call is right after the steps of other calls. */
import { refuted } from '../../refuted.ts';
import { stepInTurn } from './in-steps.ts';
import { valuesOf } from '../../buddy/row.ts';
import type { Counterexample, PageCommand, PageOutcome } from '../../../protocol/index.ts';
import type { MachineState } from '../state.ts';
import type { Point } from './in-steps.ts';

/** A machine, and where each processor's request is that has begun. */
export interface SharedState {
  readonly state: MachineState;
  readonly points: ReadonlyMap<number, Point>;
}

/** Returns a machine that no processor has asked yet. */
export const startShared = (state: MachineState): SharedState => ({ state, points: new Map() });

/** Takes a processor's call one step on. Returns the state then, and the answer if the call has ended. @clause SMP-6 */
export function stepShared(
  { state, points }: SharedState,
  processor: number,
  command: PageCommand,
): { readonly next: SharedState; readonly outcome: PageOutcome | undefined } {
  const stepped = stepInTurn(state, command, points.get(processor));
  const rest = new Map(points);
  if (stepped.kind === 'goes on') rest.set(processor, stepped.point);
  else rest.delete(processor);
  return {
    next: { state: stepped.next, points: rest },
    outcome: stepped.kind === 'ended' ? stepped.outcome : undefined,
  };
}

/** Returns an outcome as a counterexample prints it; two outcomes are equal if and only if these are. */
export function printedPages(outcome: PageOutcome): string {
  if (outcome.kind === 'granted') return `granted frame ${outcome.head}`;
  return outcome.kind === 'rejected' ? `rejected as ${outcome.misuse}` : outcome.kind;
}

/** Returns a command as a counterexample prints it. */
export function namedPages(command: PageCommand): string {
  switch (command.kind) {
    case 'allocate-pages':
    case 'allocate-on-node': {
      const where = command.kind === 'allocate-pages' ? 'from' : 'on';
      const task = command.task === 0 ? '' : `, task 0x${command.task.toString(16)}`;
      return `asks for order ${command.order}, mask 0x${command.gfp.toString(16)}, ${where} node ${command.node}${task}`;
    }
    case 'free-pages':
      return `frees the order ${command.order} block at frame ${command.head}`;
    case 'get-page':
      return `becomes a user of the block at frame ${command.head}`;
    case 'kswapd':
      return 'runs kswapd';
  }
}

/** Returns a text that two states share if and only if they answer alike from then on. */
export function keyOfShared({ state, points }: SharedState): string {
  const zones = state.zones.map(({ needBalance, placed }) => [
    needBalance,
    valuesOf(placed.state.owners),
    placed.lists,
  ]);
  const users = [...state.shared].toSorted(([one], [other]) => one - other);
  const begun = [...points].toSorted(([one], [other]) => one - other);
  return JSON.stringify([zones, state.cursor, users, begun]);
}

/** A machine that answers what Linux 2.4 answers, its calls in steps: what `linearize` orders. @clause SMP-6 */
export const linuxMachine = {
  goesOn: (shared: SharedState, command: PageCommand, processor: number): SharedState | undefined => {
    const { next, outcome } = stepShared(shared, processor, command);
    return outcome === undefined ? next : undefined;
  },
  refute: (
    shared: SharedState,
    command: PageCommand,
    outcome: PageOutcome,
    processor: number,
  ): Counterexample | undefined => {
    const must = stepShared(shared, processor, command).outcome;
    const [is, ought] = [printedPages(outcome), must === undefined ? 'nothing yet' : printedPages(must)];
    return is === ought ? undefined : refuted('SMP-6', 'Linux 2.4', `it answers ${ought}`, `it was answered ${is}`);
  },
  after: (shared: SharedState, command: PageCommand, _: PageOutcome, processor: number): SharedState =>
    stepShared(shared, processor, command).next,
  keyOf: (shared: SharedState): string => keyOfShared(shared),
  nameOf: (command: PageCommand): string => namedPages(command),
} as const;
