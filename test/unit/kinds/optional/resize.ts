/** An allocator whose arena is resized, and faults on purpose. */
import type { AllocatorObject, ArenaRequest } from '../../../../conformance/subjects/buddy-object.ts';
import type { Clause } from '../../../../protocol/index.ts';

/** First fit over a map of frames, of which those from `end` on are not in the arena at the moment. */
export class FirstFit implements AllocatorObject {
  readonly arena: ArenaRequest;
  readonly taken: boolean[];
  end: number;

  constructor(arena: ArenaRequest) {
    this.arena = arena;
    this.end = arena.pages;
    this.taken = new Array<boolean>(arena.pages).fill(false);
    for (const [first, count] of arena.reserved) this.taken.fill(true, first - arena.base, first - arena.base + count);
  }

  allocate(order: number): number | null {
    const size = 2 ** order;
    for (let at = 0; order < this.arena.orders && at + size <= this.end; at += size) {
      if (this.taken.slice(at, at + size).includes(true)) continue;
      this.taken.fill(true, at, at + size);
      return this.arena.base + at;
    }
    return null;
  }

  free(frame: number, order: number): void {
    const at = frame - this.arena.base;
    this.taken.fill(false, at, at + 2 ** order);
  }

  resize(pages: number): boolean {
    if (this.taken.slice(pages).includes(true)) return false;
    this.end = pages;
    return true;
  }
}

/** Becomes smaller, and hands out what is beyond its end all the same. */
class Forgets extends FirstFit {
  override resize(pages: number): boolean {
    return !this.taken.slice(pages).includes(true);
  }
}

/** Looks for outstanding blocks from one frame too far on. */
class CutsOff extends FirstFit {
  override resize(pages: number): boolean {
    if (this.taken.slice(pages + 1).includes(true)) return false;
    this.end = pages;
    return true;
  }
}

/** Never hands out what it grows by. */
class NeverGrows extends FirstFit {
  override resize(pages: number): boolean {
    const { end } = this;
    const isDone = super.resize(pages);
    this.end = Math.min(end, this.end);
    return isDone;
  }
}

/** Takes the frame before its new end for free when it becomes smaller. */
class Loses extends FirstFit {
  override resize(pages: number): boolean {
    const isSmaller = pages < this.end;
    const isDone = super.resize(pages);
    if (isDone && isSmaller) this.taken[pages - 1] = false;
    return isDone;
  }
}

/** The faults: which clauses they break, the one that is refuted. */
export const FAULTS: readonly (readonly [
  name: string,
  clause: Clause,
  Fault: new (arena: ArenaRequest) => AllocatorObject,
])[] = [
  ['TAKE-1 · what lies beyond the end is granted', 'TAKE-1', Forgets],
  ['RESIZE-1 · an outstanding block is cut off', 'RESIZE-1', CutsOff],
  ['TAKE-6 · what the arena grew by is never granted', 'TAKE-6', NeverGrows],
  ['TAKE-4 · a block is lost while the arena becomes smaller', 'TAKE-4', Loses],
];
