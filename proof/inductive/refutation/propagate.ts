/** Where there is no clause. */
export const NO_CLAUSE = -1;

/** Literals as indices: 2v for the variable v, 2v + 1 for its negation. */
const indexOf = (literal: number): number => (literal > 0 ? 2 * literal : -2 * literal + 1);
const literalOf = (index: number): number => ((index & 1) === 0 ? index >> 1 : -(index >> 1));

/** Clauses, and what follows from them by unit propagation: each clause of two literals or more is watched by two of them. */
export class Propagator {
  /** Whether the clauses are refuted by propagation alone. */
  refuted = false;
  readonly #clauses: Int32Array[] = [];
  readonly #alive: boolean[] = [];
  /** By literal, the clauses that it watches. */
  readonly #watched: number[][];
  /** By literal, 1 where it is true. */
  readonly #isTrue: Uint8Array;
  /** By variable, the clause that fixed it. */
  readonly #reasons: Int32Array;
  readonly #trail: number[] = [];
  #next = 0;

  constructor(variables: number) {
    this.#watched = Array.from({ length: 2 * variables + 2 }, () => []);
    this.#isTrue = new Uint8Array(2 * variables + 2);
    this.#reasons = new Int32Array(variables + 1).fill(NO_CLAUSE);
  }

  /** Adds a clause, and what it fixes; its place. */
  add(literals: readonly number[]): number {
    const clause = Int32Array.from(new Set(literals), indexOf);
    const place = this.#clauses.length;
    this.#clauses.push(clause);
    this.#alive.push(true);
    const free = clause.filter((literal) => this.#isTrue[literal ^ 1] === 0);
    if (free.length === 0) this.refuted = true;
    // What may still become true is watched first; what else is watched stays false for good.
    clause.set([...free, ...clause.filter((literal) => this.#isTrue[literal ^ 1] === 1)]);
    for (const literal of clause.subarray(0, 2)) this.#watched[literal]?.push(place);
    const [unit] = free;
    if (free.length === 1 && unit !== undefined && this.#isTrue[unit] === 0) {
      this.#assign(unit, place);
      if (this.#propagate()) this.refuted = true;
    }
    return place;
  }

  /** Takes a clause away, unless it is why a variable has its value. */
  remove(place: number): boolean {
    const clause = this.#clauses[place] ?? new Int32Array(0);
    if (clause.some((literal) => this.#isTrue[literal] === 1 && this.#reasons[literal >> 1] === place)) return false;
    this.#alive[place] = false;
    return true;
  }

  /** Reports whether the negation of a clause leads to a contradiction. */
  implies(literals: readonly number[]): boolean {
    if (this.refuted) return true;
    const from = this.#trail.length;
    let holds = false;
    for (const literal of literals) {
      const index = indexOf(literal);
      if (this.#isTrue[index] === 1) holds = true;
      else if (this.#isTrue[index ^ 1] === 0) this.#assign(index ^ 1, NO_CLAUSE);
    }
    holds ||= this.#propagate();
    for (const literal of this.#trail.splice(from)) {
      this.#isTrue[literal] = 0;
      this.#reasons[literal >> 1] = NO_CLAUSE;
    }
    this.#next = from;
    return holds;
  }

  /** The clauses that have a literal. */
  having(literal: number): readonly (readonly number[])[] {
    const index = indexOf(literal);
    return this.#clauses
      .filter((clause, place) => this.#alive[place] === true && clause.includes(index))
      .map((clause) => Array.from(clause, literalOf));
  }

  #assign(literal: number, reason: number): void {
    this.#isTrue[literal] = 1;
    this.#reasons[literal >> 1] = reason;
    this.#trail.push(literal);
  }

  /** Fixes what follows; whether that is a contradiction. */
  #propagate(): boolean {
    while (this.#next < this.#trail.length) {
      const wrong = (this.#trail[this.#next++] ?? 0) ^ 1;
      if (this.#visit(wrong)) return true;
    }
    return false;
  }

  /** Looks at the clauses that a literal watches which became false. */
  #visit(wrong: number): boolean {
    const places = this.#watched[wrong] ?? [];
    let kept = 0;
    let conflict = false;
    for (let n = 0; n < places.length; n++) {
      const place = places[n] ?? NO_CLAUSE;
      if (conflict) {
        places[kept++] = place;
        continue;
      }
      if (this.#alive[place] !== true) continue;
      const clause = this.#clauses[place] ?? new Int32Array(0);
      if (clause[0] === wrong) [clause[0], clause[1]] = [clause[1] ?? wrong, wrong];
      const other = clause[0] ?? wrong;
      if (this.#isTrue[other] === 0 && this.#moved(clause, place)) continue;
      places[kept++] = place;
      if (this.#isTrue[other] === 1) continue;
      if (other === wrong || this.#isTrue[other ^ 1] === 1) conflict = true;
      else this.#assign(other, place);
    }
    places.length = kept;
    return conflict;
  }

  /** Has another literal of a clause watch it, one that is not false; whether there is one. */
  #moved(clause: Int32Array, place: number): boolean {
    for (let n = 2; n < clause.length; n++) {
      const literal = clause[n] ?? 0;
      if (this.#isTrue[literal ^ 1] === 1) continue;
      [clause[1], clause[n]] = [literal, clause[1] ?? 0];
      this.#watched[literal]?.push(place);
      return true;
    }
    return false;
  }
}
