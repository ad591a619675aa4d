/** A buddy allocator without a fault, for tests that put one into it. */
import type { AllocatorObject, ArenaRequest } from '../../../conformance/subjects/buddy-object.ts';

/** Keeps the free blocks of each order in a set. */
export class Sets implements AllocatorObject {
  readonly #base: number;
  readonly #blocks: readonly Set<number>[];

  constructor({ base, orders, pages, reserved }: ArenaRequest) {
    this.#base = base;
    this.#blocks = Array.from({ length: orders }, () => new Set<number>());
    for (let frame = base; frame < base + pages; frame++) {
      if (!reserved.some(([first, count]) => frame >= first && frame < first + count)) this.free(frame, 0);
    }
  }

  allocate(order: number): number | null {
    const from = this.#blocks.findIndex((blocks, at) => at >= order && blocks.size > 0);
    const [block] = this.#blocks[from] ?? [];
    if (block === undefined) return null;
    this.#blocks[from]?.delete(block);
    for (let half = from - 1; half >= order; half--) this.#blocks[half]?.add(block + 2 ** half);
    return this.#base + block;
  }

  free(frame: number, order: number): void {
    const top = this.#blocks.length - 1;
    let [block, joined] = [frame - this.#base, order];
    for (; joined < top && this.#blocks[joined]?.delete(block ^ (2 ** joined)) === true; joined++) {
      block &= ~(2 ** joined);
    }
    this.#blocks[joined]?.add(block);
  }
}
