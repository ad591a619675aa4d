/** A checker of proofs in DRAT, the format of SAT solvers. */

import { NO_CLAUSE, Propagator } from './propagate.ts';
import type { Cnf } from '../../formula/cnf.ts';

/** The result of a check: how many clauses were added and deleted, and whether the empty clause was reached. */
export interface Checked {
  readonly added: number;
  readonly deleted: number;
  readonly refutes: boolean;
}

const keyOf = (clause: readonly number[]): string => clause.toSorted((one, other) => one - other).join(' ');

/**
 * Checks a proof in DRAT, as SAT solvers write it: a line is a clause that the ones before imply by unit propagation alone (or
 * that can be added because of its first literal), or, after a `d`, one that is needed no more. Nothing is taken on trust but
 * this file and propagate.ts. Deletions of clauses that fix a value are left undone, as is the custom.
 */
export class DratChecker {
  readonly #database: Propagator;
  readonly #places = new Map<string, number[]>();
  #added = 0;
  #deleted = 0;

  constructor({ variables, clauses }: Cnf) {
    this.#database = new Propagator(variables);
    for (const clause of clauses) this.#add(clause);
  }

  #add(clause: readonly number[]): void {
    const place = this.#database.add(clause);
    const key = keyOf(clause);
    const places = this.#places.get(key);
    if (places === undefined) this.#places.set(key, [place]);
    else places.push(place);
  }

  /** Checks lines until the empty clause follows. Throws with the number of a line that does not follow. */
  check(proof: string): Checked {
    for (const [at, line] of proof.split('\n').entries()) {
      if (this.#database.refuted) break;
      if (line !== '') this.#line(line, at + 1);
    }
    return { added: this.#added, deleted: this.#deleted, refutes: this.#database.refuted };
  }

  #line(line: string, at: number): void {
    const isDeletion = line.startsWith('d ');
    const numbers = (isDeletion ? line.slice(2) : line).split(' ').map(Number);
    const clause = numbers.slice(0, -1);
    if (numbers.at(-1) !== 0 || clause.some((literal) => !Number.isInteger(literal) || literal === 0)) {
      throw new Error(`line ${at} of the proof is no clause: ${line}`);
    }
    if (isDeletion) this.#delete(clause, at);
    else {
      if (!this.#database.implies(clause) && !this.#isHarmless(clause)) {
        throw new Error(`line ${at} of the proof does not follow: ${line}`);
      }
      this.#add(clause);
      this.#added++;
    }
  }

  #delete(clause: readonly number[], at: number): void {
    const places = this.#places.get(keyOf(clause));
    const place = places?.pop() ?? NO_CLAUSE;
    if (place === NO_CLAUSE) throw new Error(`line ${at} of the proof deletes what is not there`);
    this.#deleted++;
    if (!this.#database.remove(place)) places?.push(place);
  }

  /** Reports whether a clause resolved on its first literal with every clause that has its negation gives what is implied (RAT). */
  #isHarmless(clause: readonly number[]): boolean {
    const [pivot] = clause;
    if (pivot === undefined) return false;
    return this.#database
      .having(-pivot)
      .every((other) => this.#database.implies([...clause, ...other.filter((literal) => literal !== -pivot)]));
  }
}
