/** Numbers that a seed fixes: the same on every machine. Splitmix with 32 bits of state, kept signed: those fit into a machine word. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** A whole number from 0 to 2^32 - 1. */
  next(): number {
    this.#state = (this.#state + 0x9e3779b9) | 0;
    let z = this.#state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  }

  /** A whole number from 0 to `bound` - 1. */
  below(bound: number): number {
    return Math.floor((this.next() / 2 ** 32) * bound);
  }

  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  chance(probability: number): boolean {
    return this.next() < probability * 2 ** 32;
  }

  pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.below(choices.length)] ?? choices[0];
  }

  /** One of a list; what is drawn otherwise if that is empty. */
  pickOr<T>(choices: readonly T[], otherwise: () => T): T {
    const [first, ...others] = choices;
    return first === undefined ? otherwise() : this.pick([first, ...others]);
  }
}

/** A seed of its own for the n-th case of a run. */
export const seedOf = (seed: number, n: number): number =>
  new Random((seed ^ Math.imul(n + 1, 0x9e3779b1)) >>> 0).next();
