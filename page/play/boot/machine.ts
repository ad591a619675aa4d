/** The boot memory of `src` at work, beside what `spec` says of each answer. */
import { createAllocator, createBootmem, regionBytes, bootmemBytes } from '../../../src/index.ts';
import { askBoot } from '../../../src/boot/ask.ts';
import { byteAddress, pfn } from '../../../spec/unit.ts';
import { ORDERS, haveBits, nodeRow, sayBoot } from './memory.ts';
import { PAGE, addressOf, mapPagesOf } from '../../../spec/boot/state.ts';
import { placeBoot, startBoot } from '../../../spec/boot/placement.ts';
import { worldsAlong } from '../worlds.ts';
import type { Allocator, Bootmem } from '../../../src/index.ts';
import type { Boot } from '../../../spec/index.ts';
import type { BootCommand, BootOutcome } from '../../../protocol/index.ts';
import type { BootPlay, BootWord } from './script.ts';
import type { Row } from '../../film/reel.ts';

/** What boot memory holds after some operations, and what the last of them did. */
export interface BootWorld {
  readonly row: Row;
  readonly said: string;
  /** Whether every answer, and every page's bit after it, was as `spec` has it. */
  readonly agrees: boolean;
}

/** How the kernel aligns what it asks of boot memory: to a line of the cache, or to a page. */
const LINE = 32;

/** Where the kernel lies in the machine that is shown: the bitmap is behind it. */
const [KERNEL_FIRST, KERNEL_PAGES] = [4, 6];

const waits = (): boolean => true;

/** One node while a script is carried out. */
class RunningBoot {
  readonly #bootmem: Bootmem;
  readonly #zone: Allocator;
  #state: Boot;
  #agrees = true;
  #said = 'page 0, the kernel and the bitmap are reserved; all else is free';

  constructor({ pages }: BootPlay) {
    const node = { start: pfn(0), end: pfn(pages), map: pfn(KERNEL_FIRST + KERNEL_PAGES) };
    const region = { buffer: new ArrayBuffer(bootmemBytes([node])), byteOffset: 0 };
    const made = createBootmem([node], region);
    const bytes = regionBytes('2.4', pages, ORDERS);
    const shape = { kernel: '2.4', base: pfn(0), pages, orders: ORDERS, holes: [] } as const;
    const zone = createAllocator(shape, { buffer: new ArrayBuffer(bytes), byteOffset: 0 });
    if (made.kind === 'rejected' || zone.kind === 'rejected') throw new Error('the node cannot be made');
    this.#bootmem = made.bootmem;
    this.#zone = zone.allocator;
    this.#state = startBoot([node]);
    const all = { node: 0, address: byteAddress(0) };
    this.#do({ kind: 'free', ...all, size: pages * PAGE });
    this.#do({ kind: 'reserve', ...all, size: PAGE });
    this.#do({ kind: 'reserve', node: 0, address: addressOf(pfn(KERNEL_FIRST)), size: KERNEL_PAGES * PAGE });
    this.#do({ kind: 'reserve', node: 0, address: addressOf(node.map), size: mapPagesOf(node) * PAGE });
  }

  /** Asks `src`, has `spec` follow, and compares. */
  #do(command: BootCommand): BootOutcome {
    const outcome = askBoot(this.#bootmem, command, [this.#zone]);
    const expected = placeBoot(this.#state, command, waits);
    this.#state = expected.next;
    const isSame = haveBits(this.#state, this.#bootmem.observe());
    this.#agrees &&= isSame && JSON.stringify(expected.outcome) === JSON.stringify(outcome);
    return outcome;
  }

  carryOut(word: BootWord): void {
    const goal = byteAddress(0);
    const isPages = word.kind === 'pages';
    const command: BootCommand =
      word.kind === 'retire'
        ? { kind: 'retire', node: 0 }
        : {
            kind: 'allocate',
            node: 'any',
            size: isPages ? word.count * PAGE : word.count,
            align: isPages ? PAGE : LINE,
            goal,
          };
    this.#said = sayBoot(this.#do(command));
  }

  get world(): BootWorld {
    const [state] = this.#state;
    if (state === undefined) throw new Error('there is one node');
    const row = nodeRow(state, 'node 0', this.#zone.observe());
    return { row, said: this.#said, agrees: this.#agrees };
  }
}

/** Returns what boot memory holds before its script, and after each operation of it. */
export const bootWorldsOf = (play: BootPlay): readonly BootWorld[] => worldsAlong(new RunningBoot(play), play.run);
