import { inspect } from 'node:util';
import { isFreeMisuse, rejected } from '../kinds/buddy/misuse.ts';
import { pfn } from '../unit.ts';
import type { Claim, FreeMisuse, Order, Pfn, Run, Reported } from '../../protocol/index.ts';
import type { Feature, LiveSubject, Opened, Result, Shape } from '../judge/subject.ts';

/** An allocator as an object of this process: the two methods that every buddy allocator has. */
export interface AllocatorObject {
  /** The first frame of a block of 2^order frames, the arena's base included; null or undefined where it refuses. */
  allocate(order: number): number | null | undefined;
  /** Frees the block at `frame`; the kind of misuse where it reports one, else nothing. */
  free(frame: number, order: number): FreeMisuse | 'payload' | 'internal' | undefined;
  /** What of it can be seen, as protocol/README.md describes. */
  observe?(): { freeCount?: number; freeBlocks?: number[][]; freeLists?: number[][]; pairBits?: string[] };
}

/** How to make one, and what it says of itself. */
export interface AllocatorPlan {
  readonly name?: string;
  readonly revision?: string;
  readonly claims?: readonly Claim[];
  readonly features?: readonly Feature[];
  /** Makes a new allocator for an arena; or says why there is none for such an arena. */
  open(arena: {
    readonly base: number;
    readonly pages: number;
    readonly orders: number;
    readonly reserved: readonly (readonly [first: number, count: number])[];
  }): AllocatorObject | { readonly unsupported: string };
  /** Runs of frames that it can hand out, where that is not all but the reserved. */
  usable?(): readonly (readonly [first: number, count: number])[];
}

const describe = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

/** An object judged in this process. What it throws is an answer that no operation can have. */
class ObjectSubject implements LiveSubject {
  readonly kind = 'live';
  readonly hello: LiveSubject['hello'];
  readonly #plan: AllocatorPlan;
  #object: AllocatorObject | undefined;

  constructor(plan: AllocatorPlan) {
    this.#plan = plan;
    this.hello = {
      name: plan.name ?? 'allocator',
      revision: plan.revision ?? '',
      language: 'JavaScript',
      claims: new Set(plan.claims ?? []),
      features: new Set(plan.features ?? []),
      unknown: [],
      maxBatch: 1000,
      maxLine: 2 ** 20,
    };
  }

  open({ base, pages, orders, reserved }: Shape): Opened {
    try {
      const opened = this.#plan.open({ base, pages, orders, reserved });
      if ('unsupported' in opened) return { kind: 'unsupported', why: opened.unsupported };
      this.#object = opened;
      const usable = this.#plan.usable?.().map(([first, count]): Run => [pfn(first), count]);
      return { kind: 'ready', usable: usable ?? 'all' };
    } catch (error) {
      return { kind: 'failed', why: describe(error) };
    }
  }

  allocate(of: Order): Result {
    try {
      const answer = this.#object?.allocate(of);
      if (answer === null || answer === undefined) return { kind: 'exhausted' };
      const isFrame = Number.isSafeInteger(answer) && answer >= 0;
      return isFrame ? { kind: 'granted', head: pfn(answer) } : { kind: 'nonsense', token: String(answer) };
    } catch (error) {
      return { kind: 'nonsense', token: describe(error) };
    }
  }

  free(head: Pfn, of: Order): Result {
    try {
      const answer: unknown = this.#object?.free(head, of);
      if (isFreeMisuse(answer)) return rejected(answer);
      if (answer === 'payload' || answer === 'internal') return { kind: 'error', error: answer, detail: '' };
      return answer === undefined ? { kind: 'done' } : { kind: 'nonsense', token: inspect(answer) };
    } catch (error) {
      return { kind: 'nonsense', token: describe(error) };
    }
  }

  observation(): undefined {
    return undefined;
  }

  views(): Reported {
    const { freeBlocks, freeLists, ...rest } = this.#object?.observe?.() ?? {};
    const frames = (lists: number[][]): readonly (readonly Pfn[])[] => lists.map((list) => list.map(pfn));
    return {
      ...rest,
      ...(freeBlocks === undefined ? {} : { freeBlocks: frames(freeBlocks) }),
      ...(freeLists === undefined ? {} : { freeLists: frames(freeLists) }),
    };
  }
}

/** Any object with `allocate` and `free`, as a subject of the judge. */
export const objectSubject = (plan: AllocatorPlan): LiveSubject => new ObjectSubject(plan);
