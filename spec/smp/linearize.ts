/** Whether the calls of several processors have an order in which each answer is right. */
import { refuted } from '../refuted.ts';
import type { Call, Counterexample, History } from '../../protocol/index.ts';
import type { Sequential } from './sequential.ts';

/** The calls of an order, the last one first. */
interface Ordered {
  readonly call: Call;
  readonly before: Ordered | undefined;
}

/** Some calls in an order in which each answer is right: how many of each processor's, and the state after them. */
interface Reached<State> {
  readonly progress: readonly number[];
  readonly state: State;
  readonly ordered: Ordered | undefined;
}

/** An order in which every answer is right, with the states that such orders end in; or why there is none. */
export type Linearized<State> =
  | { readonly kind: 'linearizable'; readonly order: History; readonly states: readonly State[] }
  | { readonly kind: 'refuted'; readonly counterexample: Counterexample; readonly longest: History };

/** Returns the calls of each processor, in the order in which it made them. */
const byProcessor = (history: History): readonly History[] =>
  [...new Set(history.map(({ processor }) => processor))]
    .toSorted((one, other) => one - other)
    .map((of) =>
      history.filter(({ processor }) => processor === of).toSorted((one, other) => one.invoked - other.invoked),
    );

/** Returns the calls that may come next: those that were made before any call that is left was answered. */
function candidates<State>(processors: readonly History[], { progress }: Reached<State>): readonly Call[] {
  const next = processors.flatMap((calls, n) => calls[progress[n] ?? 0] ?? []);
  return next.filter(({ invoked }) => next.every(({ returned }) => returned >= invoked));
}

function historyOf(ordered: Ordered | undefined, count: number): History {
  const calls = new Array<Call | undefined>(count).fill(undefined);
  let rest = ordered;
  return calls
    .map(() => {
      const call = rest?.call;
      rest = rest?.before;
      return call;
    })
    .flatMap((call) => call ?? [])
    .toReversed();
}

/** Keeps one of those that have the same calls behind them and the same state: what may follow is the same. */
const distinct = <State>(object: Sequential<State>, all: readonly Reached<State>[]): readonly Reached<State>[] => [
  ...new Map(all.map((one) => [`${one.progress.join()};${object.keyOf(one.state)}`, one])).values(),
];

const nameOf = ({ processor, command }: Call): string => {
  if (command.kind === 'allocate') return `processor ${processor} asks for order ${command.order}`;
  if (command.kind === 'hand-over') return `processor ${processor} hands over frame ${command.frame}`;
  return `processor ${processor} frees the order ${command.order} block at frame ${command.head}`;
};

/**
 * Orders the calls of a history so that each answer is right in the state after those before it. A call that was answered before
 * another was made comes first. Calls that are answered after `until` may have taken effect or not; those that are made after it
 * are left out. All orders are followed at once, a call longer each round: Wing and Gong's search, with what was met before
 * recognized by the calls that are done and the state. Rounds: one for each call.
 * @clause SMP-1
 */
export function linearize<State>(
  object: Sequential<State>,
  start: State,
  history: History,
  until?: number,
): Linearized<State>;

/** Does the same unless a round would follow more than `mostOrders`: then nothing is known of the history. */
export function linearize<State>(
  object: Sequential<State>,
  start: State,
  history: History,
  until: number | undefined,
  mostOrders: number,
): Linearized<State> | 'undecided';

/** Follows all orders at once, a call longer each round, up to as many as may be followed. @clause SMP-1 */
export function linearize<State>(
  object: Sequential<State>,
  start: State,
  history: History,
  until?: number,
  mostOrders = Infinity,
): Linearized<State> | 'undecided' {
  const end = until ?? Infinity;
  const processors = byProcessor(history.filter(({ invoked }) => invoked <= end));
  const answered = processors.map((calls) => calls.filter(({ returned }) => returned <= end).length);
  const isDone = ({ progress }: Reached<State>): boolean => answered.every((count, n) => (progress[n] ?? 0) >= count);
  const most = processors.reduce((sum, calls) => sum + calls.length, 0);
  const followed = (one: Reached<State>, call: Call): Reached<State> => ({
    progress: one.progress.map((count, n) => (processors[n]?.[count] === call ? count + 1 : count)),
    state: object.after(one.state, call.command, call.outcome),
    ordered: { call, before: one.ordered },
  });
  let reached: readonly Reached<State>[] = [{ progress: processors.map(() => 0), state: start, ordered: undefined }];
  for (let round = 0; round <= most; round++) {
    const done = reached.filter(isDone);
    const [first] = done;
    if (first !== undefined) {
      return { kind: 'linearizable', order: historyOf(first.ordered, most), states: done.map(({ state }) => state) };
    }
    const next = reached.flatMap((one) =>
      candidates(processors, one)
        .filter((call) => object.refute(one.state, call.command, call.outcome) === undefined)
        .map((call) => followed(one, call)),
    );
    if (next.length === 0) break;
    reached = distinct(object, next);
    if (reached.length > mostOrders) return 'undecided';
  }
  return refutedAfter(object, processors, reached, most);
}

/** Says why no call may follow the longest orders that there are. */
function refutedAfter<State>(
  object: Sequential<State>,
  processors: readonly History[],
  reached: readonly Reached<State>[],
  most: number,
): Linearized<State> {
  const longest = historyOf(reached[0]?.ordered, most);
  const reasons = reached.flatMap((one) =>
    candidates(processors, one).flatMap((call) => {
      const why = object.refute(one.state, call.command, call.outcome);
      return why === undefined ? [] : `${nameOf(call)}: ${why.clause} at ${why.place}, ${why.facts.join(', but ')}`;
    }),
  );
  const counterexample = refuted(
    'SMP-1',
    `after ${longest.length} calls`,
    `they have an order in which each answer is right`,
    `none of the next may follow: ${[...new Set(reasons)].join('; ')}`,
  );
  return { kind: 'refuted', counterexample, longest };
}
