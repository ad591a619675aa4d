import { createAllocator, pfn, regionBytes } from '../../src/index.ts';
import { FREE_MISUSES, claimOf } from '../kinds/buddy/misuse.ts';
import type { Allocator } from '../../src/index.ts';
import type { Claim, Kernel, Observation, Order, Pfn, Reported } from '../../protocol/index.ts';
import type { Feature, Hello, LiveSubject, Opened, Result, Shape } from '../judge/subject.ts';

function helloOf(kernel: Kernel): Hello {
  const claims: readonly Claim[] = [
    'complete',
    'best-fit',
    `placement:linux-${kernel}`,
    'capacity',
    ...FREE_MISUSES.map(claimOf),
  ];
  const features: readonly Feature[] = kernel === '2.6' ? ['align:absolute'] : [];
  return {
    name: `buddy-oracle reference ${kernel}`,
    revision: kernel === '2.4' ? '2.4.22' : '2.6.24',
    language: 'TypeScript',
    claims: new Set(claims),
    features: new Set(features),
    unknown: [],
    maxBatch: 1000,
    maxLine: 2 ** 20,
  };
}

/** The reference allocator of a kernel, every usable frame handed over ascending. */
export class ReferenceSubject implements LiveSubject {
  readonly kind = 'live';
  readonly hello: Hello;
  readonly #kernel: Kernel;
  #allocator: Allocator | undefined;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.hello = helloOf(kernel);
  }

  open({ base, pages, orders, reserved }: Shape): Opened {
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
