/** Whether the calls of several processors have an order in which each answer is right. */
import { refuted } from '../refuted.ts';
import type { Call, CallOf, Counterexample } from '../../protocol/index.ts';
import type { Sequential } from './sequential.ts';

type AnyCall = CallOf<unknown, unknown>;

/** The calls of an order, by the last step of each, the last one first. */
interface Ordered<C> {
  readonly call: C;
  readonly before: Ordered<C> | undefined;
}

/** Some calls in an order in which each answer is right: how many of each processor's are over, and the state after them. */
interface Reached<State, C> {
  readonly progress: readonly number[];
  readonly state: State;
  readonly ordered: Ordered<C> | undefined;
}

/** An order in which every answer is right, with the states that such orders end in; or why there is none. */
export type Linearized<State, C = Call> =
  | { readonly kind: 'linearizable'; readonly order: readonly C[]; readonly states: readonly State[] }
  | { readonly kind: 'refuted'; readonly counterexample: Counterexample; readonly longest: readonly C[] };

/** Returns the calls of each processor, in the order in which it made them. */
const byProcessor = <C extends AnyCall>(history: readonly C[]): readonly (readonly C[])[] =>
  [...new Set(history.map(({ processor }) => processor))]
    .toSorted((one, other) => one - other)
    .map((of) =>
      history.filter(({ processor }) => processor === of).toSorted((one, other) => one.invoked - other.invoked),
    );

/** Returns the calls that may take a step next: those that were made before any call that is left was answered. */
function candidates<C extends AnyCall>(
  processors: readonly (readonly C[])[],
  { progress }: Reached<unknown, C>,
): readonly C[] {
  const next = processors.flatMap((calls, n) => calls[progress[n] ?? 0] ?? []);
  return next.filter(({ invoked }) => next.every(({ returned }) => returned >= invoked));
}

function historyOf<C>(ordered: Ordered<C> | undefined, count: number): readonly C[] {
  const calls = new Array<C | undefined>(count).fill(undefined);
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
const distinct = <State, C>(
  keyOf: (state: State) => string,
  all: readonly Reached<State, C>[],
): readonly Reached<State, C>[] => [
  ...new Map(all.map((one) => [`${one.progress.join()};${keyOf(one.state)}`, one])).values(),
];

/**
 * Orders the calls of a history so that each answer is right in the state after those before it. A call that was answered before
 * another was made comes first; one that takes effect in steps may have steps of others between them. Calls that are answered after
 * `until` may have taken effect or not; those that are made after it are left out. All orders are followed at once, a step longer each
 * round: Wing and Gong's search, with what was met before recognized by the calls that are done and the state. Rounds: one for each
 * step.
 * @clause SMP-1 @clause SMP-6
 */
export function linearize<State, Asked, Answer>(
  object: Sequential<State, Asked, Answer>,
  start: State,
  history: readonly CallOf<Asked, Answer>[],
  until?: number,
): Linearized<State, CallOf<Asked, Answer>>;

/** Does the same unless a round would follow more than `mostOrders`: then nothing is known of the history. */
export function linearize<State, Asked, Answer>(
  object: Sequential<State, Asked, Answer>,
  start: State,
  history: readonly CallOf<Asked, Answer>[],
  until: number | undefined,
  mostOrders: number,
): Linearized<State, CallOf<Asked, Answer>> | 'undecided';

/** Follows all orders at once, a step longer each round, up to as many as may be followed. @clause SMP-1 @clause SMP-6 */
export function linearize<State, Asked, Answer>(
  object: Sequential<State, Asked, Answer>,
  start: State,
  history: readonly CallOf<Asked, Answer>[],
  until?: number,
  mostOrders = Infinity,
): Linearized<State, CallOf<Asked, Answer>> | 'undecided' {
  type Found = Reached<State, CallOf<Asked, Answer>>;
  const end = until ?? Infinity;
  const processors = byProcessor(history.filter(({ invoked }) => invoked <= end));
  const answered = processors.map((calls) => calls.filter(({ returned }) => returned <= end).length);
  const isDone = ({ progress }: Found): boolean => answered.every((count, n) => (progress[n] ?? 0) >= count);
  const most = processors.reduce((sum, calls) => sum + calls.length, 0);
  // Orders of as many calls may have more steps and fewer.
  const done: Found[] = [];
  let stuck: readonly Found[] = [];
  const first: Found = { progress: processors.map(() => 0), state: start, ordered: undefined };
  for (let reached: readonly Found[] = [first]; reached.length > 0;) {
    done.push(...reached.filter(isDone));
    const rest = reached.filter((one) => !isDone(one));
    const next = rest.map((one) =>
      candidates(processors, one).flatMap((call) => followed(object, processors, one, call) ?? []),
    );
    stuck = longestOf([...stuck, ...rest.filter((_, n) => next[n]?.length === 0)]);
    reached = distinct(object.keyOf, next.flat());
    if (reached.length > mostOrders) return 'undecided';
  }
  const [found] = done;
  if (found === undefined) return refutedAfter(object, processors, stuck, most);
  const states = distinct(object.keyOf, done).map(({ state }) => state);
  return { kind: 'linearizable', order: historyOf(found.ordered, most), states };
}

/** Returns the orders of most calls. */
function longestOf<R extends Reached<unknown, unknown>>(orders: readonly R[]): readonly R[] {
  const callsOf = ({ progress }: R): number => progress.reduce((sum, count) => sum + count, 0);
  const most = orders.reduce((calls, one) => Math.max(calls, callsOf(one)), 0);
  return orders.filter((one) => callsOf(one) === most);
}

/** Returns what is reached by one step more; undefined if the answer of the call would be wrong then. */
function followed<State, Asked, Answer>(
  object: Sequential<State, Asked, Answer>,
  processors: readonly (readonly CallOf<Asked, Answer>[])[],
  one: Reached<State, CallOf<Asked, Answer>>,
  call: CallOf<Asked, Answer>,
): Reached<State, CallOf<Asked, Answer>> | undefined {
  const { command, outcome, processor } = call;
  const between = object.goesOn?.(one.state, command, processor);
  if (between !== undefined) return { ...one, state: between };
  if (object.refute(one.state, command, outcome, processor) !== undefined) return undefined;
  return {
    progress: one.progress.map((count, n) => (processors[n]?.[count] === call ? count + 1 : count)),
    state: object.after(one.state, command, outcome, processor),
    ordered: { call, before: one.ordered },
  };
}

/** Says why no call may follow the longest orders that there are. */
function refutedAfter<State, Asked, Answer>(
  object: Sequential<State, Asked, Answer>,
  processors: readonly (readonly CallOf<Asked, Answer>[])[],
  stuck: readonly Reached<State, CallOf<Asked, Answer>>[],
  most: number,
): Linearized<State, CallOf<Asked, Answer>> {
  const longest = historyOf(stuck[0]?.ordered, most);
  const reasons = stuck.flatMap((one) =>
    candidates(processors, one).flatMap(({ command, outcome, processor }) => {
      const why = object.refute(one.state, command, outcome, processor);
      const name = `processor ${processor} ${object.nameOf(command)}`;
      return why === undefined ? [] : `${name}: ${why.clause} at ${why.place}, ${why.facts.join(', but ')}`;
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
