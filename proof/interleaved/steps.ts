/** What a processor does next, by what it has read so far: a tree of steps for each call, grown as it is walked. */

import { Stopped } from './run/access.ts';
import type { Access } from './run/access.ts';
import type { Going } from './run/evaluate.ts';
import type { Place } from '../front/form.ts';
import type { Value } from './run/value.ts';

/** How a call ends: with an answer, or because the code stops. */
export type End =
  | { readonly kind: 'answered'; readonly value: Value }
  | { readonly kind: 'stopped'; readonly why: string; readonly at: Place };

let steps = 0;

/** A point of a call: its next access, or how it ended. What comes after it depends on what the word holds, and on nothing else. */
export class Step {
  /** A number that no other step has. */
  readonly id: number = steps++;
  readonly access: Access | undefined;
  readonly end: End | undefined;
  readonly #start: () => Going<Value>;
  readonly #read: readonly number[];
  readonly #after = new Map<number, Step>();
  /** The code that waits at this very point, until somebody goes on with it. */
  #going: Going<Value> | undefined;

  constructor(start: () => Going<Value>, read: readonly number[], going: Going<Value>, value?: number) {
    this.#start = start;
    this.#read = read;
    try {
      const next = value === undefined ? going.next() : going.next(value);
      this.access = next.done === true ? undefined : next.value;
      this.end = next.done === true ? { kind: 'answered', value: next.value } : undefined;
      this.#going = next.done === true ? undefined : going;
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      this.access = undefined;
      this.end = { kind: 'stopped', why: error.message, at: error.at };
    }
  }

  /** Returns the first step of a call. */
  static first(start: () => Going<Value>): Step {
    return new Step(start, [], start());
  }

  /** Returns the step after this one, if the word held this value. */
  after(value: number): Step {
    const known = this.#after.get(value);
    if (known !== undefined) return known;
    const next = new Step(this.#start, [...this.#read, value], this.#here(), value);
    this.#after.set(value, next);
    return next;
  }

  /** Returns the code at this point: that which waits here, or else anew from the start, given what it had read. */
  #here(): Going<Value> {
    const going = this.#going;
    this.#going = undefined;
    if (going !== undefined) return going;
    const anew = this.#start();
    anew.next();
    for (const value of this.#read) anew.next(value);
    return anew;
  }
}
