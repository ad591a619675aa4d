/** Broken allocators as subjects of the judge, transparent or opaque. */
import type { BuddyOpened } from '../../../conformance/kinds/buddy/wire/reply.ts';
import { referenceSubject } from '../../../conformance/subjects/reference.ts';
import { objectSubject } from '../../../conformance/subjects/object.ts';
import { order as orderOf, pfn } from '../../../conformance/unit.ts';
import { handOverAll } from '../../trace/played.ts';
import type { AllocatorObject } from '../../../conformance/subjects/buddy-object.ts';
import type { LiveBuddy } from '../../../conformance/kinds/buddy/port.ts';
import type { Broken } from '../load.ts';
import type { Claim, FreeMisuse, Kernel, Misuse, Observation, Order, Pfn, Reported } from '../../../protocol/index.ts';
import type { LiveSubject } from '../../../conformance/judge/subject.ts';
import type { Result, Shape } from '../../../conformance/kinds/buddy/case.ts';
import type { Playable } from '../../trace/played.ts';

/** Returns what was thrown, in words. */
export const describe = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Where zones are put: each in memory of its own, or all in the same. */
export type Memory = 'new' | 'reused';

/** Enough bytes for the largest arena of the judge's sweep. */
const MOST_BYTES = 2 ** 18;

/** Makes zones and hands their frames over, ascending. */
class Maker {
  readonly #kernel: Kernel;
  readonly #broken: Broken;
  readonly #reused: ArrayBuffer | undefined;

  constructor(kernel: Kernel, broken: Broken, memory: Memory) {
    this.#kernel = kernel;
    this.#broken = broken;
    this.#reused = memory === 'reused' ? new ArrayBuffer(MOST_BYTES) : undefined;
  }

  make({ base, pages, orders, reserved }: Shape): Playable | { readonly unsupported: string } {
    const kernel = this.#kernel;
    this.#broken.refuel();
    const buffer = this.#reused ?? new ArrayBuffer(this.#broken.regionBytes(kernel, pages, orders));
    const shape = { kernel, base, pages, orders, holes: reserved };
    const created = this.#broken.createAllocator(shape, { buffer, byteOffset: 0 });
    if (created.kind === 'rejected') return { unsupported: created.why };
    handOverAll(created.allocator, shape);
    return created.allocator;
  }
}

/** A broken allocator that shows all that it holds, and claims what the reference does. What it throws is no answer. */
class Transparent implements LiveBuddy {
  readonly #maker: Maker;
  readonly #refuel: () => void;
  #allocator: Playable | undefined;

  constructor(kernel: Kernel, broken: Broken, memory: Memory) {
    this.#maker = new Maker(kernel, broken, memory);
    this.#refuel = broken.refuel;
  }

  open(shape: Shape): BuddyOpened {
    try {
      const made = this.#maker.make(shape);
      if ('unsupported' in made) return { kind: 'unsupported', why: made.unsupported };
      this.#allocator = made;
      return { kind: 'ready', usable: 'all' };
    } catch (error) {
      return { kind: 'failed', why: describe(error) };
    }
  }

  #answer(ask: (allocator: Playable) => Result): Result {
    this.#refuel();
    try {
      return this.#allocator === undefined ? { kind: 'nonsense', token: 'no arena' } : ask(this.#allocator);
    } catch (error) {
      return { kind: 'nonsense', token: describe(error) };
    }
  }

  allocate(order: Order): Result {
    return this.#answer((allocator) => allocator.allocate(order));
  }

  free(head: Pfn, order: Order): Result {
    return this.#answer((allocator) => allocator.free(head, order));
  }

  observation(): Observation | undefined {
    return this.#allocator?.observe();
  }

  views(): Reported {
    return {};
  }
}

/** A broken allocator that shows all that it holds. */
export const transparent = (kernel: Kernel, broken: Broken, memory: Memory = 'new'): LiveSubject => ({
  kind: 'live',
  hello: referenceSubject(kernel).hello,
  ports: { buddy: new Transparent(kernel, broken, memory) },
});

const isOfFree = (misuse: Misuse): misuse is FreeMisuse =>
  misuse !== 'no-such-frame' && misuse !== 'handed-over-twice' && misuse !== 'no-such-order';

const asObject = (allocator: Playable, refuel: () => void): AllocatorObject => ({
  allocate: (order) => {
    refuel();
    const outcome = allocator.allocate(orderOf(order));
    return outcome.kind === 'granted' ? outcome.head : null;
  },
  free: (frame, order) => {
    refuel();
    const outcome = allocator.free(pfn(frame), orderOf(order));
    return outcome.kind === 'rejected' && isOfFree(outcome.misuse) ? outcome.misuse : undefined;
  },
});

/** Returns the same allocator without a view into it: it only allocates and frees. */
export function opaque(kernel: Kernel, broken: Broken, claims: readonly Claim[]): LiveSubject {
  const maker = new Maker(kernel, broken, 'new');
  return objectSubject({
    name: `a broken ${kernel}`,
    claims,
    features: kernel === '2.6' ? ['align:absolute'] : [],
    open: ({ base, reserved, ...rest }) => {
      const runs = reserved.map(([first, count]) => [pfn(first), count] as const);
      const made = maker.make({ base: pfn(base), reserved: runs, ...rest });
      return 'unsupported' in made ? made : asObject(made, broken.refuel);
    },
  });
}
