/** The reference boot memory, as the judge asks it; each node is retired into a zone of its own pages. */
import * as source from '../../src/index.ts';
import { askBoot } from '../../src/boot/ask.ts';
import type { Bootmem, Door } from '../../src/index.ts';
import type { BootCommand, BootNode, Pfn } from '../../protocol/index.ts';
import type { BootOpened, BootPort, BootShown } from '../kinds/boot/port.ts';
import type { BootResult } from '../kinds/boot/wire.ts';

const ORDERS = 10;

/** Nodes of more pages than this are not made: their zones would take too much memory. */
const MOST_PAGES = 2 ** 22;

/** What makes boot memory, and the zones that it is retired into. */
export type BootMakers = Pick<typeof source, 'createBootmem' | 'regionBytes'> & {
  readonly createAllocator: (
    ...of: Parameters<typeof source.createAllocator>
  ) => { readonly kind: 'created'; readonly allocator: Door } | { readonly kind: 'rejected'; readonly why: string };
};

/** A zone of one node's pages, which notes the frames that are handed over to it. */
class NotingZone implements Door {
  frames: Pfn[] = [];
  readonly #allocator: Door;

  constructor(make: BootMakers, { end, start }: BootNode) {
    const pages = end - start;
    const region = { buffer: new ArrayBuffer(make.regionBytes('2.4', pages, ORDERS)), byteOffset: 0 };
    const created = make.createAllocator({ kernel: '2.4', base: start, pages, orders: ORDERS, holes: [] }, region);
    if (created.kind === 'rejected') throw new Error(created.why);
    this.#allocator = created.allocator;
  }

  handOver(frame: Pfn): ReturnType<Door['handOver']> {
    this.frames.push(frame);
    return this.#allocator.handOver(frame);
  }

  observe(): ReturnType<Door['observe']> {
    return this.#allocator.observe();
  }
}

/** Boot memory of 2.4.22. */
export class BootReference implements BootPort {
  readonly #make: BootMakers;
  #memory: Bootmem | undefined;
  #zones: readonly NotingZone[] = [];

  constructor(make: BootMakers = source) {
    this.#make = make;
  }

  open(nodes: readonly BootNode[]): BootOpened {
    if (nodes.some(({ end, start }) => end - start > MOST_PAGES)) {
      return { kind: 'unsupported', why: `a node has more than ${MOST_PAGES} pages` };
    }
    const region = { buffer: new ArrayBuffer(source.bootmemBytes(nodes)), byteOffset: 0 };
    const created = this.#make.createBootmem(nodes, region, () => undefined);
    if (created.kind === 'rejected') return { kind: 'unsupported', why: created.why };
    this.#memory = created.bootmem;
    this.#zones = nodes.map((node) => new NotingZone(this.#make, node));
    return { kind: 'ready' };
  }

  run(command: BootCommand): BootResult {
    if (this.#memory === undefined) return { kind: 'nonsense', token: 'no nodes are open' };
    for (const zone of this.#zones) zone.frames = [];
    const outcome = askBoot(this.#memory, command, this.#zones);
    return { kind: 'answer', outcome, frames: this.#zones.flatMap(({ frames }) => frames) };
  }

  shown(): BootShown | undefined {
    if (this.#memory === undefined) return undefined;
    return { memory: this.#memory.observe(), zones: this.#zones.map((zone) => zone.observe()) };
  }
}
