/** An arena frame by frame, to hold the specification against. */
import { usableFrames } from './arena.ts';
import type { Arena, Command, FreeMisuse, HandOverMisuse, Outcome } from '../../protocol/index.ts';

/**
 * An arena frame by frame, slowly: sets of frames and remainders, no pairs and no shifts. What the specification's pairs are
 * held against.
 */
export class Frames {
  readonly #arena: Arena;
  readonly free: Set<number>;
  readonly boot: Set<number>;
  /** Outstanding blocks: order by first frame. */
  readonly outstanding: Map<number, number> = new Map();
  readonly #freed: Set<number> = new Set();

  constructor(arena: Arena, handedOver: boolean) {
    this.#arena = arena;
    this.free = new Set(handedOver ? usableFrames(arena) : []);
    this.boot = new Set(handedOver ? [] : usableFrames(arena));
  }

  #framesOf(head: number, order: number): readonly number[] {
    return Array.from({ length: 2 ** order }, (_, n) => head + n);
  }

  isInside(frame: number): boolean {
    return Number.isInteger(frame) && frame >= this.#arena.base && frame < this.#arena.base + this.#arena.pages;
  }

  isAligned(head: number, order: number): boolean {
    return (this.#arena.alignment === 'base' ? head - this.#arena.base : head) % 2 ** order === 0;
  }

  isWhollyFree(head: number, order: number): boolean {
    return this.#framesOf(head, order).every((frame) => this.free.has(frame));
  }

  /** Aligned wholly free blocks of an order, ascending, whether or not they lie in larger ones. */
  whollyFree(order: number): readonly number[] {
    return usableFrames(this.#arena).filter((head) => this.isAligned(head, order) && this.isWhollyFree(head, order));
  }

  /** Wholly free blocks of an order that lie in no larger wholly free block, ascending. */
  freeBlocks(order: number): readonly number[] {
    const larger = order + 1 < this.#arena.orders ? this.whollyFree(order + 1) : [];
    return this.whollyFree(order).filter(
      (head) => !larger.some((above) => head >= above && head < above + 2 ** (order + 1)),
    );
  }

  /** Aligned wholly free blocks of an order in the smallest free blocks that hold one, ascending. */
  bestFits(order: number): readonly number[] {
    for (let of = order; of < this.#arena.orders; of++) {
      const smallest = this.freeBlocks(of);
      if (smallest.length === 0) continue;
      return this.whollyFree(order).filter((head) => smallest.some((block) => head >= block && head < block + 2 ** of));
    }
    return [];
  }

  /** The outstanding block that a frame lies in. */
  around(frame: number): number | undefined {
    return [...this.outstanding].find(([head, order]) => frame >= head && frame < head + 2 ** order)?.[0];
  }

  freeMisuse(head: number, order: number): FreeMisuse | undefined {
    const isOrder = Number.isInteger(order) && order >= 0 && order < this.#arena.orders;
    if (!isOrder || !this.#framesOf(head, order).every((frame) => this.isInside(frame))) return 'out-of-range';
    if (this.outstanding.get(head) === order) return undefined;
    if (this.outstanding.has(head)) return 'wrong-order';
    if (!this.isAligned(head, order)) return 'misaligned';
    if (this.around(head) !== undefined) return 'inner-page';
    return this.#freed.has(head) ? 'double-free' : 'never-allocated';
  }

  handOverMisuse(frame: number): HandOverMisuse | undefined {
    if (this.boot.has(frame)) return undefined;
    return usableFrames(this.#arena).some((usable) => usable === frame) ? 'handed-over-twice' : 'no-such-frame';
  }

  take(command: Command, outcome: Outcome): void {
    if (command.kind === 'allocate' && outcome.kind === 'granted') {
      this.outstanding.set(outcome.head, command.order);
      this.#freed.delete(outcome.head);
      for (const frame of this.#framesOf(outcome.head, command.order)) this.free.delete(frame);
    }
    if (outcome.kind !== 'done') return;
    if (command.kind === 'free') {
      this.outstanding.delete(command.head);
      this.#freed.add(command.head);
      for (const frame of this.#framesOf(command.head, command.order)) this.free.add(frame);
    }
    if (command.kind === 'hand-over') {
      this.boot.delete(command.frame);
      this.free.add(command.frame);
    }
  }
}
