/** A buddy allocator that is an object of this process. */
import type { BuddyOpened } from '../kinds/buddy/wire/reply.ts';
import { inspect } from 'node:util';
import { isFreeMisuse, rejected } from '../kinds/buddy/misuse.ts';
import { pfn } from '../unit.ts';
import { readReported } from '../kinds/buddy/wire/observed.ts';
import type { Bound, Observed } from '../kinds/buddy/wire/observed.ts';
import type { Block, FreeMisuse, Order, Pfn, Run } from '../../protocol/index.ts';
import type { LiveBuddy } from '../kinds/buddy/port.ts';
import type { Range, Result, Shape } from '../kinds/buddy/case.ts';

/** What a free answers: the kind of misuse if it reports one, an error that is none, or nothing. */
// eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- a class whose free returns nothing fits
export type FreeAnswer = FreeMisuse | 'payload' | 'internal' | undefined | void;

/** An allocator as an object of this process: the two methods that every buddy allocator has. */
export interface AllocatorObject {
  /** The first frame of a block of 2^order frames, the arena's base included; null or undefined where it refuses. */
  allocate(order: number): number | null | undefined;
  /** Frees the block at `frame`; returns the kind of misuse if it reports one, else nothing. */
  free(frame: number, order: number): FreeAnswer;
  /** The same within the frames `low` to `end` - 1, with the feature `range`. */
  allocateIn?(order: number, low: number, end: number): number | null | undefined;
  /** The arena has that many frames from now on, with the feature `resize`; false where it refuses. */
  resize?(pages: number): boolean;
  /** Grants that many frames, the first a multiple of `align` from the base on, with the feature `sized`. */
  allocateFrames?(frames: number, align: number): number | null | undefined;
  /** Frees the frames that `allocateFrames` granted; answers as `free` does. */
  freeFrames?(frame: number, frames: number): FreeAnswer;
  /** Frees several blocks at once, with the feature `bulk`; answers as `free` does. */
  freeAll?(blocks: readonly (readonly [frame: number, order: number])[]): FreeAnswer;
  /** What of it can be seen, as protocol/README.md describes. */
  observe?(): { freeCount?: number; freeBlocks?: number[][]; freeLists?: number[][]; pairBits?: string[] };
}

/** An arena, as an object is asked to make it. */
export interface ArenaRequest {
  readonly base: number;
  readonly pages: number;
  readonly orders: number;
  readonly reserved: readonly (readonly [first: number, count: number])[];
}

/** How to make a buddy allocator, and which frames it hands out. */
export interface BuddySpec {
  /** Makes a new allocator for an arena; or says why there is none for such an arena. */
  open(arena: ArenaRequest): AllocatorObject | { readonly unsupported: string };
  /** Returns runs of frames that it can hand out, if that is not all but the reserved. */
  usable?(): readonly (readonly [first: number, count: number])[];
}

/** Returns an error in words. */
export const describe = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

/** Returns what an allocation came to. */
export function granted(answer: unknown): Result {
  if (answer === null || answer === undefined) return { kind: 'exhausted' };
  if (typeof answer !== 'number') return { kind: 'nonsense', token: inspect(answer) };
  if (Number.isSafeInteger(answer) && answer >= 0) return { kind: 'granted', head: pfn(answer) };
  return { kind: 'error', error: 'no-frame', detail: String(answer) };
}

/** Returns what a free came to. */
export function freed(answer: unknown): Result {
  if (isFreeMisuse(answer)) return rejected(answer);
  if (answer === 'payload' || answer === 'internal') return { kind: 'error', error: answer, detail: '' };
  return answer === undefined ? { kind: 'done' } : { kind: 'nonsense', token: inspect(answer) };
}

/** An object judged in this process. What it throws is an answer that no operation can have. */
export class BuddyObject implements LiveBuddy {
  readonly #spec: BuddySpec;
  #object: AllocatorObject | undefined;
  #bound: Bound = { pages: 0, orders: 0 };

  constructor(spec: BuddySpec) {
    this.#spec = spec;
  }

  open({ base, pages, orders, reserved }: Shape): BuddyOpened {
    this.#bound = { pages, orders };
    try {
      const opened = this.#spec.open({ base, pages, orders, reserved });
      if ('unsupported' in opened) return { kind: 'unsupported', why: opened.unsupported };
      this.#object = opened;
      const usable = this.#spec.usable?.().map(([first, count]): Run => [pfn(first), count]);
      return { kind: 'ready', usable: usable ?? 'all' };
    } catch (error) {
      return { kind: 'failed', why: describe(error) };
    }
  }

  allocate(of: Order, within?: Range): Result {
    try {
      const object = this.#object;
      return granted(within === undefined ? object?.allocate(of) : object?.allocateIn?.(of, within.low, within.end));
    } catch (error) {
      return { kind: 'nonsense', token: describe(error) };
    }
  }

  free(head: Pfn, of: Order): Result {
    try {
      return freed(this.#object?.free(head, of));
    } catch (error) {
      return { kind: 'nonsense', token: describe(error) };
    }
  }

  resize(pages: number): Result {
    try {
      const answer: unknown = this.#object?.resize?.(pages);
      if (typeof answer !== 'boolean') return { kind: 'nonsense', token: inspect(answer) };
      return answer ? { kind: 'done' } : { kind: 'exhausted' };
    } catch (error) {
      return { kind: 'nonsense', token: describe(error) };
    }
  }

  allocateFrames(frames: number, align: number): Result {
    try {
      return granted(this.#object?.allocateFrames?.(frames, align));
    } catch (error) {
      return { kind: 'nonsense', token: describe(error) };
    }
  }

  freeFrames(first: Pfn, frames: number): Result {
    try {
      return freed(this.#object?.freeFrames?.(first, frames));
    } catch (error) {
      return { kind: 'nonsense', token: describe(error) };
    }
  }

  freeAll(blocks: readonly Block[]): Result {
    try {
      return freed(this.#object?.freeAll?.(blocks.map(({ head, order }) => [head, order])));
    } catch (error) {
      return { kind: 'nonsense', token: describe(error) };
    }
  }

  observation(): undefined {
    return undefined;
  }

  views(): Observed {
    try {
      return readReported(this.#object?.observe?.(), this.#bound);
    } catch (error) {
      return { nonsense: { view: 'free-count', shown: describe(error) } };
    }
  }
}
