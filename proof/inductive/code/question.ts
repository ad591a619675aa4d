/** A question about the code: what is supposed of a state before a step, and each thing that must hold after it. */

import type { Formulas, Literal } from '../../formula/formula.ts';

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
  /** Draws the state before, the step, and the state after. `valueOf`: the value of each formula in a counterexample. */
  readonly draw: (valueOf: (literal: Literal) => boolean) => string;
}
