import { objectSubject } from './object.ts';
import type { LiveSubject } from '../judge/subject.ts';
import type { AllocatorObject } from './buddy-object.ts';

/**
 * A buddy allocator with one slip: it takes a buddy for free when no block is allocated at its first frame. But a buddy that
 * was split may have its first frame free and another in use; Linux asks whether the buddy is free as a whole.
 */
class LooksAtOneFrame implements AllocatorObject {
  /** Free blocks by order, each a set of first pages. */
  readonly #free: readonly Set<number>[];
  readonly #taken = new Set<number>();
  readonly #base: number;
  readonly #pages: number;

  constructor({ base, pages, orders }: { base: number; pages: number; orders: number }) {
    this.#free = Array.from({ length: orders }, () => new Set<number>());
    this.#base = base;
    this.#pages = pages;
    for (let page = 0; page < pages; page++) this.#taken.add(page);
    for (let page = 0; page < pages; page++) this.free(base + page, 0);
  }

  allocate(order: number): number | null {
    const from = this.#free.findIndex((blocks, at) => at >= order && blocks.size > 0);
    const [block] = this.#free[from] ?? [];
    if (block === undefined) return null;
    this.#free[from]?.delete(block);
    for (let at = from - 1; at >= order; at--) this.#free[at]?.add(block + 2 ** at);
    this.#taken.add(block);
    return this.#base + block;
  }

  free(frame: number, order: number): undefined {
    this.#taken.delete(frame - this.#base);
    this.#join(frame - this.#base, order);
  }

  #join(page: number, order: number): void {
    const size = 2 ** order;
    const buddy = page ^ size;
    if (order === this.#free.length - 1 || buddy + size > this.#pages || this.#taken.has(buddy)) {
      this.#free[order]?.add(page);
      return;
    }
    for (const blocks of this.#free) {
      for (let inside = buddy; inside < buddy + size; inside++) blocks.delete(inside);
    }
    this.#join(Math.min(page, buddy), order + 1);
  }
}

/** The subject that shows what a refutation looks like. */
export const brokenSubject = (): LiveSubject =>
  objectSubject({
    name: 'an allocator that looks at one frame of the buddy',
    claims: ['complete'],
    open: (arena) =>
      arena.reserved.length > 0 ? { unsupported: 'it knows no reserved frames' } : new LooksAtOneFrame(arena),
  });
