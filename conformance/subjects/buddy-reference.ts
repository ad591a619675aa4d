/** The reference allocator of one zone, as the judge asks it. */
import type { BuddyOpened } from '../kinds/buddy/wire/reply.ts';
import { createAllocator, pfn, regionBytes } from '../../src/index.ts';
import type { Allocator } from '../../src/index.ts';
import type { LiveBuddy } from '../kinds/buddy/port.ts';
import type { Kernel, Observation, Order, Pfn, Reported } from '../../protocol/index.ts';
import type { Result, Shape } from '../kinds/buddy/case.ts';

/** The reference allocator of a kernel, every usable frame handed over ascending. */
export class BuddyReference implements LiveBuddy {
  readonly #kernel: Kernel;
  #allocator: Allocator | undefined;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  open({ base, pages, orders, reserved }: Shape): BuddyOpened {
    const kernel = this.#kernel;
    const buffer = new ArrayBuffer(regionBytes(kernel, pages, orders));
    const created = createAllocator({ kernel, base, pages, orders, holes: reserved }, { buffer, byteOffset: 0 });
    if (created.kind === 'rejected') return { kind: 'unsupported', why: created.why };
    this.#allocator = created.allocator;
    for (let frame: number = base; frame < base + pages; frame++) created.allocator.handOver(pfn(frame));
    return { kind: 'ready', usable: 'all' };
  }

  allocate(of: Order): Result {
    return this.#allocator?.allocate(of) ?? NO_ARENA;
  }

  free(head: Pfn, of: Order): Result {
    return this.#allocator?.free(head, of) ?? NO_ARENA;
  }

  observation(): Observation | undefined {
    return this.#allocator?.observe();
  }

  views(): Reported {
    return {};
  }
}

const NO_ARENA: Result = { kind: 'nonsense', token: 'no arena is open' };
