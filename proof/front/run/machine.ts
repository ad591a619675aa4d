/** What evaluating an expression needs of the machine that carries out the form. */

import type { Literal } from '../../formula/formula.ts';
import type { Method, Place } from '../form.ts';
import type { Program } from '../program.ts';
import type { State } from './state.ts';
import type { Value } from './value.ts';
import type { Words } from '../../formula/word.ts';

/** What must never happen while code is carried out. */
export type Duty =
  | 'a bug is reported'
  | 'a number leaves 32 bits'
  | 'a negative number is shifted'
  | 'an index is out of bounds'
  | 'a value is used that is none'
  | 'a loop goes on'
  | 'a contract is not met';

/** A proof obligation: `fails` must not hold. */
export interface Obligation {
  readonly duty: Duty;
  readonly at: Place;
  readonly fails: Literal;
}

/** The call that is carried out: its file, and its `this`. */
export interface Frame {
  readonly module: string;
  readonly self: Value | undefined;
}

/** Stands in for the code of some methods. Returns undefined for a method that has no contract. */
export type Contract = (machine: Machine, call: Call, state: State) => Value | undefined;

export interface Call {
  readonly method: Method;
  readonly self: Value | undefined;
  readonly values: readonly Value[];
  readonly at: Place;
}

export interface Machine {
  readonly program: Program;
  readonly words: Words;
  /** The bits of an array's elements, by its name: 32 unless it says otherwise. */
  readonly widths: ReadonlyMap<string, number>;
  /** Records that something must not happen in a state. */
  readonly oblige: (duty: Duty, at: Place, state: State, fails: Literal) => void;
  /** Calls a function in a state, which becomes the one after it. */
  readonly invoke: (call: Call, state: State) => Value;
}
