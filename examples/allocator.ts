/** What an arena is made of: frames from `base` on, of which the reserved are never granted. */
export interface Arena {
  readonly base: number;
  readonly pages: number;
  readonly orders: number;
  readonly reserved: readonly (readonly [first: number, count: number])[];
}

/** A buddy allocator as plain as can be: for each order, the free blocks by their first frames, counted from the base. */
export class Allocator {
  readonly #base: number;
  readonly #orders: number;
  readonly #free: ReadonlyMap<number, Set<number>>;

  constructor({ base, pages, orders, reserved }: Arena) {
    this.#base = base;
    this.#orders = orders;
    this.#free = new Map(Array.from({ length: orders }, (_, order) => [order, new Set<number>()]));
    for (let frame = base; frame < base + pages; frame++) {
      if (!reserved.some(([first, count]) => frame >= first && frame < first + count)) this.free(frame, 0);
    }
  }

  allocate(order: number): number | undefined {
    for (let from = order; from < this.#orders; from++) {
      for (const block of this.#blocks(from)) {
        this.#blocks(from).delete(block);
        for (let half = from - 1; half >= order; half--) this.#blocks(half).add(block + 2 ** half);
        return this.#base + block;
      }
    }
    return undefined;
  }

  free(frame: number, order: number): undefined {
    let block = frame - this.#base;
    let joined = order;
    for (; joined < this.#orders - 1 && this.#blocks(joined).delete(block ^ (2 ** joined)); joined++) {
      block &= ~(2 ** joined);
    }
    this.#blocks(joined).add(block);
  }

  #blocks(order: number): Set<number> {
    return this.#free.get(order) ?? new Set();
  }
}
