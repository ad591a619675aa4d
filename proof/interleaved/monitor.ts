/** What the specification says of calls under way: every order in which their steps so far may have taken effect. */

import type { Asked } from './steps.ts';
import type { Counterexample } from '../../protocol/index.ts';

/** What callers use, as the specification has it. */
export interface Specified<S> {
  /** Returns a text that two states share if and only if they answer alike from then on. */
  readonly keyOf: (state: S) => string;
  /** Takes a caller's call one step on. Returns the state then, and the answer in words if the call has ended. */
  readonly step: (
    state: S,
    caller: number,
    command: Asked,
  ) => { readonly next: S; readonly answer: string | undefined };
  /** Returns the count of free pages of each zone. */
  readonly counts: (state: S) => readonly number[];
  /** Compares a state with all words, completely. */
  readonly compare: (state: S, words: readonly number[]) => Counterexample | undefined;
}

/** A call under way: what it asks, and what it must be answered if it has ended. */
interface Pending {
  readonly command: Asked;
  readonly answer: string | undefined;
}

/** One order: the state after it, and the calls under way. */
interface Order<S> {
  readonly state: S;
  readonly pending: readonly (Pending | undefined)[];
}

/** All orders that are possible. There is one object for each set of them. */
export interface Possible {
  readonly id: number;
  /** The counts of free pages after them, those of all zones joined. */
  readonly counts: ReadonlySet<string>;
}

/** What calls are held to. */
export interface Held {
  /** Returns the orders after a caller made a call: it may take effect at once, or later. */
  readonly begin: (possible: Possible, caller: number, command: Asked) => Possible;
  /** Returns the orders in which a caller's call has this answer; undefined if there is none. */
  readonly end: (possible: Possible, caller: number, answer: string) => Possible | undefined;
  /** Returns how the words differ from what each order leaves, for one of them; undefined if one left them. */
  readonly wrong: (possible: Possible, words: readonly number[]) => Counterexample | undefined;
}

/** Follows all orders of the calls of two callers, step by step. */
export class Monitor<S> implements Held {
  readonly #specified: Specified<S>;
  readonly #known = new Map<string, Possible>();
  /** The orders of each `Possible`, by its id. */
  readonly #orders: (readonly Order<S>[])[] = [];
  readonly #begun = new Map<string, Possible>();
  readonly #ended = new Map<string, Possible | undefined>();

  constructor(specified: Specified<S>) {
    this.#specified = specified;
  }

  /** Returns the one order of no call at all. */
  start(state: S): Possible {
    return this.#intern([{ state, pending: [undefined, undefined] }]);
  }

  begin(possible: Possible, caller: number, command: Asked): Possible {
    const key = `${possible.id} ${caller} ${JSON.stringify(command)}`;
    const known = this.#begun.get(key);
    if (known !== undefined) return known;
    const made = this.#intern(
      this.#of(possible).map(({ state, pending }) => ({
        state,
        pending: pending.with(caller, { command, answer: undefined }),
      })),
    );
    this.#begun.set(key, made);
    return made;
  }

  end(possible: Possible, caller: number, answer: string): Possible | undefined {
    const key = `${possible.id} ${caller} ${answer}`;
    if (this.#ended.has(key)) return this.#ended.get(key);
    const ended = this.#of(possible)
      .filter(({ pending }) => pending[caller]?.answer === answer)
      .map(({ state, pending }) => ({ state, pending: pending.with(caller, undefined) }));
    const made = ended.length === 0 ? undefined : this.#intern(ended);
    this.#ended.set(key, made);
    return made;
  }

  wrong(possible: Possible, words: readonly number[]): Counterexample | undefined {
    const differences = this.#of(possible).map(({ state }) => this.#specified.compare(state, words));
    return differences.includes(undefined) ? undefined : differences[0];
  }

  #of({ id }: Possible): readonly Order<S>[] {
    return this.#orders[id] ?? [];
  }

  #keyOf({ state, pending }: Order<S>): string {
    const calls = pending.map((one) => one && `${JSON.stringify(one.command)}${one.answer ?? ''}`);
    return `${this.#specified.keyOf(state)}|${calls.join('|')}`;
  }

  /** Adds the orders in which more steps of the calls under way have taken effect. */
  #intern(orders: readonly Order<S>[]): Possible {
    const all = new Map<string, Order<S>>();
    const add = (order: Order<S>): void => {
      const key = this.#keyOf(order);
      if (all.has(key)) return;
      all.set(key, order);
      for (const [caller, one] of order.pending.entries()) {
        if (one === undefined || one.answer !== undefined) continue;
        const { next, answer } = this.#specified.step(order.state, caller, one.command);
        add({ state: next, pending: order.pending.with(caller, { command: one.command, answer }) });
      }
    };
    for (const order of orders) add(order);
    const key = [...all.keys()].toSorted().join('\n');
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const counts = new Set([...all.values()].map(({ state }) => this.#specified.counts(state).join()));
    const made: Possible = { id: this.#known.size, counts };
    this.#orders.push([...all.values()]);
    this.#known.set(key, made);
    return made;
  }
}
