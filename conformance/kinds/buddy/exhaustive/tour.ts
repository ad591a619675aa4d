/** The operations that put an arena into each of a number of states. */
import { order } from '../../../unit.ts';
import type { Explored } from './explored.ts';
import type { FreeMisuse } from '../../../../protocol/index.ts';
import type { Intent } from '../case.ts';

/** The operations of one case, with the slots counted. */
export class Tour {
  readonly operations: Intent[] = [];
  readonly #explored: Explored;
  /** Of which kinds misuse is sent in each state. */
  readonly #misuses: ReadonlySet<FreeMisuse>;
  #slots = 0;

  constructor(explored: Explored, misuses: ReadonlySet<FreeMisuse>) {
    this.#explored = explored;
    this.#misuses = misuses;
    this.#byFrame([], 0); // later on, few frames have never been allocated
  }

  /**
   * From an arena that is wholly free into one state and back. While blocks are split at most one is free, so that whatever an
   * allocator's placement, it can take no other: the whole arena is taken; what has to be split is freed, and its two halves are
   * taken; last, what must not be outstanding is freed. Then each order is tried, and what it was granted is freed; last come the
   * frees by frame, misuse first, then every second block.
   */
  visit(rank: number): void {
    const { top } = this.#explored;
    const unwanted: number[] = [];
    const wanted: number[] = [];
    this.#build(top, 0, rank, this.#allocate(top), unwanted, wanted);
    for (const slot of unwanted) this.#free(slot);
    for (let of = 0; of <= top; of++) this.#free(this.#allocate(of));
    const slots = rank % 2 === 0 ? wanted : wanted.toReversed();
    const byFrame = this.#misuses.size === 0 ? [] : slots.filter((_, n) => n % 2 === 0);
    this.#byFrame(byFrame, rank);
    // In every second state the slots of what was freed by frame are freed too, in vain.
    for (const slot of slots) if (rank % 4 < 2 || !byFrame.includes(slot)) this.#free(slot);
  }

  /** Returns all operations; the last are frees by frame that are misuse in an arena that was emptied. */
  finish(): readonly Intent[] {
    this.#byFrame([], 1);
    return this.operations;
  }

  #byFrame(slots: readonly number[], seed: number): void {
    const misuses = this.#misuses;
    if (misuses.size > 0) this.operations.push({ kind: 'by-frame', slots, misuses, seed });
  }

  #allocate(of: number): number {
    this.operations.push({ kind: 'allocate', order: order(of) });
    return this.#slots++;
  }

  #free(slot: number): void {
    this.operations.push({ kind: 'free-slot', slot });
  }

  #build(of: number, index: number, rank: number, slot: number, unwanted: number[], wanted: number[]): void {
    const { lowerFirst, numbering } = this.#explored;
    if (rank === 0 || rank === numbering.size(of) - 1) {
      (rank === 0 ? unwanted : wanted).push(slot);
      return;
    }
    this.#free(slot);
    const slots = [this.#allocate(of - 1), this.#allocate(of - 1)];
    const [lower = 0, upper = 0] = lowerFirst.get(`${of} ${index}`) === true ? slots : slots.toReversed();
    const halves = numbering.halves(of, rank);
    this.#build(of - 1, 2 * index, halves[0], lower, unwanted, wanted);
    this.#build(of - 1, 2 * index + 1, halves[1], upper, unwanted, wanted);
  }
}
