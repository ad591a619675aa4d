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

/** The calls that are left of a processor, in the order in which it made them; undefined if none is. */
type Left<C> = { readonly call: C; readonly later: Left<C> } | undefined;

/** Some calls in an order in which each answer is right: the calls that are left of each processor, and the state after them. */
interface Reached<State, C> {
  readonly left: readonly Left<C>[];
  readonly state: State;
  readonly ordered: Ordered<C> | undefined;
}

/**
 * An order in which every answer is right, with the states that such orders end in; or why there is none, and an order of the
 * calls that explains the answers for the longest time.
 */
export type Linearized<State, C = Call> =
  | { readonly kind: 'linearizable'; readonly order: readonly C[]; readonly states: readonly State[] }
  | { readonly kind: 'refuted'; readonly counterexample: Counterexample; readonly longest: readonly C[] };

/** Returns the calls of each processor. */
function byProcessor<C extends AnyCall>(history: readonly C[]): readonly Left<C>[] {
  const calls = history.toSorted((one, other) => one.invoked - other.invoked);
  return [...new Set(calls.map(({ processor }) => processor))].map((of) =>
    calls
      .filter(({ processor }) => processor === of)
      .reduceRight<Left<C>>((later, call) => ({ call, later }), undefined),
  );
}

/** Returns the first call that is left of each processor. */
const firstOf = <C>({ left }: Reached<unknown, C>): readonly C[] => left.flatMap((first) => first?.call ?? []);

/** Returns the moment of the first answer that an order does not explain; infinite if no call is left. */
const explainedUntil = (one: Reached<unknown, AnyCall>): number =>
  Math.min(...firstOf(one).map(({ returned }) => returned));

/** Returns the calls that may take a step next: those that were made before any call that is left was answered. */
function candidates<C extends AnyCall>(one: Reached<unknown, C>): readonly C[] {
  const until = explainedUntil(one);
  return firstOf(one).filter(({ invoked }) => invoked <= until);
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
const distinct = <State, C extends AnyCall>(
  keyOf: (state: State) => string,
  all: readonly Reached<State, C>[],
): readonly Reached<State, C>[] => [
  ...new Map(
    all.map((one) => [JSON.stringify([firstOf(one).map(({ invoked }) => invoked), keyOf(one.state)]), one]),
  ).values(),
];

/**
 * Orders the calls of a history so that each answer is right in the state after those before it. A call that was answered before
 * another was made comes first; one that takes effect in steps may have steps of others between them. All orders are followed at
 * once, a step longer each round: Wing and Gong's search, with what was met before recognized by the calls that are left and the
 * state. Rounds: one for each step.
 * @clause SMP-1 @clause SMP-6
 */
export function linearize<State, Asked, Answer>(
  object: Sequential<State, Asked, Answer>,
  start: State,
  history: readonly CallOf<Asked, Answer>[],
): Linearized<State, CallOf<Asked, Answer>>;

/** Does the same unless a round would follow more than `mostOrders`: then nothing is known of the history. */
export function linearize<State, Asked, Answer>(
  object: Sequential<State, Asked, Answer>,
  start: State,
  history: readonly CallOf<Asked, Answer>[],
  mostOrders: number,
): Linearized<State, CallOf<Asked, Answer>> | 'undecided';

/** Follows all orders at once, a step longer each round, up to as many as may be followed. @clause SMP-1 @clause SMP-6 */
export function linearize<State, Asked, Answer>(
  object: Sequential<State, Asked, Answer>,
  start: State,
  history: readonly CallOf<Asked, Answer>[],
  mostOrders = Infinity,
): Linearized<State, CallOf<Asked, Answer>> | 'undecided' {
  type Found = Reached<State, CallOf<Asked, Answer>>;
  // Orders of all calls may have more steps and fewer.
  let ended: readonly Found[] = [];
  const first: Found = { left: byProcessor(history), state: start, ordered: undefined };
  for (let reached: readonly Found[] = [first]; reached.length > 0;) {
    const next = reached.map((one) => ({ one, steps: stepsAfter(object, one) }));
    ended = furthest([...ended, ...next.filter(({ steps }) => steps.length === 0).map(({ one }) => one)]);
    reached = distinct(
      object.keyOf,
      next.flatMap(({ steps }) => steps),
    );
    if (reached.length > mostOrders) return 'undecided';
  }
  const done = distinct(
    object.keyOf,
    ended.filter((one) => firstOf(one).length === 0),
  );
  const [found] = done;
  if (found === undefined) return refutedAfter(object, ended, history.length);
  return {
    kind: 'linearizable',
    order: historyOf(found.ordered, history.length),
    states: done.map(({ state }) => state),
  };
}

/** Returns the orders that explain the answers for the longest time: those of all calls if there are any. */
function furthest<R extends Reached<unknown, AnyCall>>(orders: readonly R[]): readonly R[] {
  const until = orders.reduce((moment, one) => Math.max(moment, explainedUntil(one)), -Infinity);
  return orders.filter((one) => explainedUntil(one) === until);
}

/** Returns what is reached by one step more. */
const stepsAfter = <State, Asked, Answer>(
  object: Sequential<State, Asked, Answer>,
  one: Reached<State, CallOf<Asked, Answer>>,
): readonly Reached<State, CallOf<Asked, Answer>>[] =>
  candidates(one).flatMap((call) => followed(object, one, call) ?? []);

/** Returns what is reached by one step more; undefined if the answer of the call would be wrong then. */
function followed<State, Asked, Answer>(
  object: Sequential<State, Asked, Answer>,
  one: Reached<State, CallOf<Asked, Answer>>,
  call: CallOf<Asked, Answer>,
): Reached<State, CallOf<Asked, Answer>> | undefined {
  const { command, outcome, processor } = call;
  const between = object.goesOn?.(one.state, command, processor);
  if (between !== undefined) return { ...one, state: between };
  if (object.refute(one.state, command, outcome, processor) !== undefined) return undefined;
  return {
    left: one.left.map((first) => (first?.call === call ? first.later : first)),
    state: object.after(one.state, command, outcome, processor),
    ordered: { call, before: one.ordered },
  };
}

/** Says why no call may follow the orders that explain the most. */
function refutedAfter<State, Asked, Answer>(
  object: Sequential<State, Asked, Answer>,
  stuck: readonly Reached<State, CallOf<Asked, Answer>>[],
  count: number,
): Linearized<State, CallOf<Asked, Answer>> {
  const longest = historyOf(stuck.at(-1)?.ordered, count);
  const reasons = new Set<string>();
  for (const one of stuck) {
    for (const { command, outcome, processor } of candidates(one)) {
      const why = object.refute(one.state, command, outcome, processor);
      const name = `processor ${processor} ${object.nameOf(command)}`;
      if (why !== undefined) reasons.add(`${name}: ${why.clause} at ${why.place}, ${why.facts.join(', but ')}`);
    }
  }
  const counterexample = refuted(
    'SMP-1',
    `after ${longest.length} calls`,
    `they have an order in which each answer is right`,
    `none of the next may follow: ${[...reasons].join('; ')}`,
  );
  return { kind: 'refuted', counterexample, longest };
}
