/** An allocator that is asked for a number of frames, and faults on purpose. */
import type { AllocatorObject, ArenaRequest } from '../../../../conformance/subjects/buddy-object.ts';
import type { Clause } from '../../../../protocol/index.ts';

/** First fit over a map of frames; a number of frames is taken from the first block that would hold it, the rest stays free. */
export class FirstFit implements AllocatorObject {
  readonly arena: ArenaRequest;
  readonly taken: boolean[];

  constructor(arena: ArenaRequest) {
    this.arena = arena;
    this.taken = new Array<boolean>(arena.pages).fill(false);
    for (const [first, count] of arena.reserved) this.taken.fill(true, first - arena.base, first - arena.base + count);
  }

  /** Takes `frames` of the first `size` that are free at a multiple of `step`. */
  take(frames: number, step: number, size: number): number | null {
    for (let at = 0; at + size <= this.arena.pages; at += step) {
      if (this.taken.slice(at, at + size).includes(true)) continue;
      this.taken.fill(true, at, at + frames);
      return this.arena.base + at;
    }
    return null;
  }

  allocate(order: number): number | null {
    return order < this.arena.orders ? this.take(2 ** order, 2 ** order, 2 ** order) : null;
  }

  free(frame: number, order: number): void {
    this.freeFrames(frame, 2 ** order);
  }

  allocateFrames(frames: number, align: number): number | null {
    const size = 2 ** Math.ceil(Math.log2(Math.max(frames, align)));
    return size < 2 ** this.arena.orders ? this.take(frames, size, size) : null;
  }

  freeFrames(frame: number, frames: number): void {
    const at = frame - this.arena.base;
    this.taken.fill(false, at, at + frames);
  }
}

/** Takes the first frames in a row that will do, wherever a block would begin. */
export class InARow extends FirstFit {
  override allocateFrames(frames: number, align: number): number | null {
    return this.take(frames, align, frames);
  }
}

/** Looks only at the number of frames, not at the alignment. */
class ForgetsAlignment extends FirstFit {
  override allocateFrames(frames: number): number | null {
    return super.allocateFrames(frames, 1);
  }
}

/** Never gives the rest of a block back. */
class KeepsRest extends FirstFit {
  override allocateFrames(frames: number, align: number): number | null {
    const size = 2 ** Math.ceil(Math.log2(Math.max(frames, align)));
    return size < 2 ** this.arena.orders ? this.take(size, size, size) : null;
  }
}

/** Gives back one frame more than the rest. */
class GivesTooMuch extends FirstFit {
  override allocateFrames(frames: number, align: number): number | null {
    const frame = super.allocateFrames(frames, align);
    if (frame !== null && frames > 1) this.taken[frame - this.arena.base + frames - 1] = false;
    return frame;
  }
}

/** Frees a number of frames as the block that would hold it. */
class FreesBlock extends FirstFit {
  override freeFrames(frame: number, frames: number): void {
    super.freeFrames(frame, 2 ** Math.ceil(Math.log2(frames)));
  }
}

/** Frees the first of a number of frames alone. */
class FreesFirst extends FirstFit {
  override free(frame: number, order: number): void {
    super.freeFrames(frame, 2 ** order);
  }
  override freeFrames(frame: number): void {
    super.freeFrames(frame, 1);
  }
}

/** Takes the next larger block for a power of two. */
class RoundsTooFar extends FirstFit {
  override allocateFrames(frames: number, align: number): number | null {
    const size = 2 ** (Math.floor(Math.log2(Math.max(frames, align))) + 1);
    return size < 2 ** this.arena.orders ? this.take(frames, size, size) : null;
  }
}

/** Says of a free of several frames that it is misuse. */
class Rejects extends FirstFit {
  override freeFrames(frame: number, frames: number): 'wrong-order' | undefined {
    if (frames === 3) return 'wrong-order';
    super.freeFrames(frame, frames);
    return undefined;
  }
}

/** The faults: which clauses they break, the one that is refuted. */
export const FAULTS: readonly (readonly [
  name: string,
  clause: Clause,
  Fault: new (arena: ArenaRequest) => AllocatorObject,
])[] = [
  ['SIZED-1 · the alignment is forgotten', 'SIZED-1', ForgetsAlignment],
  ['SIZED-2 · the rest is never given back', 'TAKE-6', KeepsRest],
  ['TAKE-4 · the last frame is given back too', 'TAKE-4', GivesTooMuch],
  ['SIZED-3 · a free frees a whole block', 'TAKE-4', FreesBlock],
  ['SIZED-3 · a free frees one frame', 'TAKE-6', FreesFirst],
  ['TAKE-6, BLOCK-3 · a power of two is rounded up once more', 'TAKE-6', RoundsTooFar],
  ['SIZED-3 · a free is rejected', 'SIZED-3', Rejects],
];
