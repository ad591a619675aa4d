/** A question about the code: what is supposed of a state before a step, and each thing that must hold after it. */

import { not } from '../../formula/formula.ts';
import { printPlace } from '../../front/form.ts';
import type { Formulas, Literal } from '../../formula/formula.ts';
import type { Obligation } from '../../front/run/machine.ts';

/** One thing that must hold. */
export interface Goal {
  readonly name: string;
  readonly holds: Literal;
}

export interface Question {
  readonly name: string;
  readonly formulas: Formulas;
  readonly hypotheses: readonly Literal[];
  readonly goals: readonly Goal[];
  /** What is so as well in every real state, and no goal needs: supposed in a counterexample, so that its picture is of a real state. */
  readonly real: readonly Literal[];
  /** Set if z3 answers sooner if it is asked for each goal by itself. */
  readonly apart?: true;
  /** Draws the state before, the step, and the state after. `valueOf`: the value of each formula in a counterexample. */
  readonly draw: (valueOf: (literal: Literal) => boolean) => string;
}

/** Returns what must never happen while code is carried out, as goals. */
export const obligationsOf = (obligations: readonly Obligation[]): readonly Goal[] =>
  obligations.map(({ duty, at, fails }) => ({ name: `${duty}: ${printPlace(at)}`, holds: not(fails) }));
