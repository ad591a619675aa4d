/** What each allocation of a case was granted, and whether it is outstanding still. */
import { order } from '../../unit.ts';
import type { Block, Freed, Order, Pfn, Run } from '../../../protocol/index.ts';

const FREED: Freed = -1;

const ORDER_0 = order(0);

/** Instead of a head, where an allocation was refused, or was granted frames that are no block. */
const NO_BLOCK = -1;

/** The allocations of a case, by their number from 0; numbers alone, as a run has many. */
export class Slots {
  readonly #origin: Pfn;
  /** By slot, the head and the order of what was granted, also after that is freed. */
  readonly #heads: (Pfn | typeof NO_BLOCK)[] = [];
  readonly #orders: Order[] = [];
  /** The slot of the outstanding block at a head, by frame from the origin; FREED after it is freed. */
  readonly #slotAt: number[] = [];
  /** By slot, the frames that a sized request was granted, also after they are freed; and all such frames. */
  readonly #runs = new Map<number, Run>();
  readonly #sized = new Set<number>();
  /** How many grants are outstanding. */
  outstanding = 0;

  constructor(origin: Pfn) {
    this.#origin = origin;
  }

  get count(): number {
    return this.#heads.length;
  }

  /** By slot, the block that each allocation was granted, whether or not it is outstanding still. */
  granted(): readonly (Block | undefined)[] {
    return this.#heads.map((head, slot) => {
      const of = this.#orders[slot];
      return head === NO_BLOCK || of === undefined ? undefined : { head, order: of };
    });
  }

  /** The number of the last allocation that was granted a head. */
  slotAt(head: Pfn): number | undefined {
    return this.#slotAt[head - this.#origin];
  }

  /** The outstanding block of a slot; undefined if it holds none. */
  blockOf(slot: number): Block | undefined {
    const head = this.#heads[slot];
    const of = this.#orders[slot];
    if (head === undefined || head === NO_BLOCK || of === undefined) return undefined;
    return this.#slotAt[head - this.#origin] === slot ? { head, order: of } : undefined;
  }

  /** The outstanding frames of a sized request; undefined if a slot holds none. */
  runOf(slot: number): Run | undefined {
    const run = this.#runs.get(slot);
    return run !== undefined && this.slotAt(run[0]) === slot ? run : undefined;
  }

  /** Reports whether a sized request was ever granted a frame: whose free by its frame would be which misuse is not said. */
  isSized(frame: Pfn): boolean {
    return this.#sized.has(frame);
  }

  /** Slots that hold something. */
  live(): readonly number[] {
    return [...this.#heads.keys()].filter((slot) => this.blockOf(slot) !== undefined || this.runOf(slot) !== undefined);
  }

  refuse(): void {
    this.#heads.push(NO_BLOCK);
    this.#orders.push(ORDER_0);
  }

  grant(block: Block): void {
    this.#slotAt[block.head - this.#origin] = this.#heads.length;
    this.#heads.push(block.head);
    this.#orders.push(block.order);
    this.outstanding++;
  }

  /** Takes frames that a sized request was granted, and the blocks that they are made of. */
  grantRun(run: Run, blocks: readonly Block[]): void {
    const [first, count] = run;
    const slot = this.count;
    for (const { head } of blocks) this.#slotAt[head - this.#origin] = slot;
    for (let frame: number = first; frame < first + count; frame++) this.#sized.add(frame);
    this.#runs.set(slot, run);
    this.refuse();
    this.outstanding++;
  }

  free(head: Pfn): void {
    this.#slotAt[head - this.#origin] = FREED;
    this.outstanding--;
  }

  /** Gives back what a sized request was granted, by the blocks that it is made of. */
  freeRun(blocks: readonly Block[]): void {
    for (const { head } of blocks) this.#slotAt[head - this.#origin] = FREED;
    this.outstanding--;
  }
}
