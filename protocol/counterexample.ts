/** What refutes a clause. */
import type { Clause } from './clause.ts';

/** Two facts that cannot both hold, at one place: the reason why a clause is refuted. */
export interface Counterexample {
  readonly clause: Clause;
  readonly place: string;
  readonly facts: readonly [string, string];
}
