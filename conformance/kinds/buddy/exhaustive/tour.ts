/** The operations that put an arena into each of a number of states. */
import { order } from '../../../unit.ts';
import { statesOf } from './explored.ts';
import type { Explored } from './explored.ts';
import type { Operation } from '../case.ts';

/** The operations of one case, with the slots counted. */
export class Tour {
  readonly operations: Operation[] = [];
  readonly #explored: Explored;
  #slots = 0;

  constructor(explored: Explored) {
    this.#explored = explored;
  }

  /**
   * From an arena that is wholly free into one state and back. While blocks are split at most one is free, so that whatever an
   * allocator's placement, it can take no other: the whole arena is taken; what has to be split is freed, and its two halves are
   * taken; last, what must not be outstanding is freed. Then each order is tried, and what it was granted is freed.
   */
  visit(rank: number): void {
    const { top } = this.#explored;
    const unwanted: number[] = [];
    const wanted: number[] = [];
    this.#build(top, 0, rank, this.#allocate(top), unwanted, wanted);
    for (const slot of unwanted) this.#free(slot);
    for (let of = 0; of <= top; of++) this.#free(this.#allocate(of));
    for (const slot of rank % 2 === 0 ? wanted : wanted.toReversed()) this.#free(slot);
  }

  #allocate(of: number): number {
    this.operations.push({ kind: 'allocate', order: order(of) });
    return this.#slots++;
  }

  #free(slot: number): void {
    this.operations.push({ kind: 'free-slot', slot });
  }

  #build(of: number, index: number, rank: number, slot: number, unwanted: number[], wanted: number[]): void {
    if (rank === 0 || rank === statesOf(of) - 1) {
      (rank === 0 ? unwanted : wanted).push(slot);
      return;
    }
    this.#free(slot);
    const slots = [this.#allocate(of - 1), this.#allocate(of - 1)];
    const [lower = 0, upper = 0] =
      this.#explored.lowerFirst.get(`${of} ${index}`) === true ? slots : slots.toReversed();
    const half = statesOf(of - 1);
    this.#build(of - 1, 2 * index, Math.floor(rank / half), lower, unwanted, wanted);
    this.#build(of - 1, 2 * index + 1, rank % half, upper, unwanted, wanted);
  }
}
