/** What the specification says of calls under way: every order in which those so far may have taken effect. */

import { linuxOne } from '../../spec/smp/sequential.ts';
import { placement } from '../../spec/buddy/placement.ts';
import { told } from './calls.ts';
import type { Command } from '../../protocol/index.ts';
import type { Placed } from '../../spec/index.ts';

/** A call under way: what it asks, and what it must be answered if it has taken effect. */
interface Pending {
  readonly command: Command;
  readonly answer: string | undefined;
}

/** One order: the zone after it, and the calls under way. */
interface Order {
  readonly placed: Placed;
  readonly pending: readonly (Pending | undefined)[];
}

/** All orders that are possible. There is one object for each set of them. */
export interface Possible {
  readonly id: number;
  readonly orders: ReadonlyMap<string, Order>;
  /** The counts of free pages after them. */
  readonly counts: ReadonlySet<number>;
}

const keyOf = ({ placed, pending }: Order): string =>
  `${linuxOne.keyOf(placed)}|${pending.map((one) => one && `${JSON.stringify(one.command)}${one.answer ?? ''}`).join('|')}`;

const freeCount = ({ lists }: Placed): number => lists.reduce((sum, list, order) => sum + list.length * 2 ** order, 0);

/** Follows all orders of the calls of two processors, call by call. */
export class Monitor {
  readonly #known = new Map<string, Possible>();
  readonly #begun = new Map<string, Possible>();
  readonly #ended = new Map<string, Possible | undefined>();

  /** Returns the one order of no call at all. */
  start(placed: Placed): Possible {
    return this.#intern([{ placed, pending: [undefined, undefined] }]);
  }

  /** Returns the orders after a processor made a call: it may take effect at once, or later. */
  begin(possible: Possible, processor: number, command: Command): Possible {
    const key = `${possible.id} ${processor} ${JSON.stringify(command)}`;
    const known = this.#begun.get(key);
    if (known !== undefined) return known;
    const begun = [...possible.orders.values()].map(({ placed, pending }) => ({
      placed,
      pending: pending.with(processor, { command, answer: undefined }),
    }));
    const made = this.#intern(begun);
    this.#begun.set(key, made);
    return made;
  }

  /** Returns the orders in which a processor's call has this answer; undefined if there is none. */
  end(possible: Possible, processor: number, answer: string): Possible | undefined {
    const key = `${possible.id} ${processor} ${answer}`;
    if (this.#ended.has(key)) return this.#ended.get(key);
    const ended = [...possible.orders.values()]
      .filter(({ pending }) => pending[processor]?.answer === answer)
      .map(({ placed, pending }) => ({ placed, pending: pending.with(processor, undefined) }));
    const made = ended.length === 0 ? undefined : this.#intern(ended);
    this.#ended.set(key, made);
    return made;
  }

  /** Adds the orders in which more of the calls under way have taken effect. */
  #intern(orders: readonly Order[]): Possible {
    const all = new Map<string, Order>();
    const add = (order: Order): void => {
      const key = keyOf(order);
      if (all.has(key)) return;
      all.set(key, order);
      for (const [processor, one] of order.pending.entries()) {
        if (one === undefined || one.answer !== undefined) continue;
        const { outcome, next } = placement(order.placed, one.command);
        const pending = order.pending.with(processor, { command: one.command, answer: told(outcome) });
        add({ placed: next, pending });
      }
    };
    for (const order of orders) add(order);
    const key = [...all.keys()].toSorted().join('\n');
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const counts = new Set([...all.values()].map(({ placed }) => freeCount(placed)));
    const made: Possible = { id: this.#known.size, orders: all, counts };
    this.#known.set(key, made);
    return made;
  }
}
