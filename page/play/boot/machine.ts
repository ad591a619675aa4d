/** The boot memory of `src` at work, beside what `spec` says of each answer. */
import { createAllocator, createBootmem, regionBytes, bootmemBytes } from '../../../src/index.ts';
import { byteAddress, order, pfn } from '../../../spec/unit.ts';
import { PAGE, addressOf, lastOf, mapPagesOf, pageAround } from '../../../spec/boot/state.ts';
import { placeBoot, startBoot } from '../../../spec/boot/placement.ts';
import { listsOf } from '../world.ts';
import { worldsAlong } from '../worlds.ts';
import type { Allocator, Bootmem } from '../../../src/index.ts';
import type { Boot } from '../../../spec/index.ts';
import type { BootCommand, BootOutcome, FilmBlock } from '../../../protocol/index.ts';
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
const ORDERS = 7;

/** Where the kernel lies in the machine that is shown: the bitmap is behind it. */
const [KERNEL_FIRST, KERNEL_PAGES] = [4, 6];

const waits = (): boolean => true;

function say(outcome: BootOutcome): string {
  switch (outcome.kind) {
    case 'granted':
      return `address ${outcome.address}: page ${pageAround(outcome.address)}, byte ${outcome.address % PAGE} of it`;
    case 'exhausted':
      return 'refused: no run of free pages is long enough';
    case 'done':
      return 'done';
    case 'warned':
      return `done; taken before were pages ${outcome.pages.join(' ')}`;
    case 'retired':
      return `retired: ${outcome.free} free pages are handed over, ascending, and then ${outcome.map} of the bitmap`;
    case 'rejected':
      return `rejected: ${outcome.misuse}`;
  }
}

/** One node while a script is carried out. */
class RunningBoot {
  readonly #bootmem: Bootmem;
  readonly #zone: Allocator;
  readonly #pages: number;
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
    this.#pages = pages;
    this.#state = startBoot([node]);
    const all = { node: 0, address: byteAddress(0) };
    this.#do({ kind: 'free', ...all, size: pages * PAGE });
    this.#do({ kind: 'reserve', ...all, size: PAGE });
    this.#do({ kind: 'reserve', node: 0, address: addressOf(pfn(KERNEL_FIRST)), size: KERNEL_PAGES * PAGE });
    this.#do({ kind: 'reserve', node: 0, address: addressOf(node.map), size: mapPagesOf(node) * PAGE });
  }

  /** Asks `src`, has `spec` follow, and compares. */
  #do(command: BootCommand): BootOutcome {
    const outcome = this.#ask(command);
    const expected = placeBoot(this.#state, command, waits);
    this.#state = expected.next;
    const [seen] = this.#bootmem.observe().nodes;
    const [right] = this.#state;
    const isSame = Array.from({ length: this.#pages }, (_, page) => page).every((page) => {
      const bit = ((seen?.bits[page >> 5] ?? 0) >>> (page & 31)) & 1;
      const taken = right?.taken.some(([from, to]) => from < (page + 1) * PAGE && to > page * PAGE);
      return (bit === 1) === (taken === true);
    });
    this.#agrees &&= isSame && JSON.stringify(expected.outcome) === JSON.stringify(outcome);
    return outcome;
  }

  #ask(command: BootCommand): BootOutcome {
    switch (command.kind) {
      case 'free':
        return this.#bootmem.freeBootmemNode(command.node, command.address, command.size);
      case 'reserve':
        return this.#bootmem.reserveBootmemNode(command.node, command.address, command.size);
      case 'allocate':
        return this.#bootmem.allocBootmemAt(command.size, command.align, command.goal);
      case 'retire':
        return this.#bootmem.freeAllBootmemNode(command.node, [this.#zone]);
    }
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
    this.#said = say(this.#do(command));
  }

  get world(): BootWorld {
    const [state] = this.#state;
    if (state === undefined) throw new Error('there is one node');
    const { lastOffset, lastPos } = lastOf(state);
    const lists = state.retired ? listsOf(this.#zone.observe()) : Array.from({ length: ORDERS }, () => []);
    const blocks = lists.flatMap((list, at) => list.map((head): FilmBlock => [head, order(at), -1]));
    const { map } = state.node;
    const ground = { name: 'node 0', base: 0, pages: this.#pages, origin: 0, orders: ORDERS, ordered: true };
    const row: Row = {
      ground: { ...ground, map: [map, mapPagesOf(state.node)] },
      blocks: new Map(blocks.map((block) => [block[0], block])),
      lists,
      asks: false,
      taken: state.taken,
      last: state.end === addressOf(state.node.start) ? undefined : [lastPos, lastOffset],
      retired: state.retired,
    };
    return { row, said: this.#said, agrees: this.#agrees };
  }
}

/** Returns what boot memory holds before its script, and after each operation of it. */
export const bootWorldsOf = (play: BootPlay): readonly BootWorld[] => worldsAlong(new RunningBoot(play), play.run);
