/** Which vectors a group has already, and which it still lacks. */
import type { Clause } from '../../protocol/index.ts';
import type { Enough, Last, Refuting } from './plan.ts';

/** The vectors of one group, counted. */
export class Tally<W, O> {
  readonly #enough: Enough<W, O>;
  readonly #counts = new Map<Clause, number>();
  readonly #ends = new Set<string>();

  constructor(enough: Enough<W, O>) {
    this.#enough = enough;
  }

  #countOf(clause: Clause): number {
    return this.#counts.get(clause) ?? 0;
  }

  /** Returns what of it is worth a vector: all of which there is too little; else, if no vector ends like this, the rarest. */
  chosen(end: Last<W, O>, wrongs: readonly Refuting[]): readonly Refuting[] {
    const enough = this.#enough;
    if ('most' in enough) return wrongs.filter(([clause]) => this.#countOf(clause) < enough.most(clause));
    const shown = wrongs.filter(([clause]) => enough.shows(clause));
    const unseen = shown.filter(([clause]) => this.#countOf(clause) === 0);
    if (unseen.length > 0 || this.#ends.has(enough.endOf(end))) return unseen;
    return shown.toSorted(([one], [other]) => this.#countOf(one) - this.#countOf(other)).slice(0, 1);
  }

  note(clause: Clause, end: Last<W, O>): void {
    this.#counts.set(clause, this.#countOf(clause) + 1);
    if ('endOf' in this.#enough) this.#ends.add(this.#enough.endOf(end));
  }
}
