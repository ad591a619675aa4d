/** The allocators of `src` at work, beside what `spec` says of each answer. */
import { createAllocator, regionBytes } from '../../src/index.ts';
import { order, pfn } from '../../spec/unit.ts';
import { placement, startPlaced } from '../../spec/buddy/placement.ts';
import type { Allocator } from '../../src/index.ts';
import type { Command, FilmBlock, Kernel, Observation, Outcome } from '../../protocol/index.ts';
import type { Placed } from '../../spec/index.ts';
import type { Play, Word } from './script.ts';
import type { Row } from '../film/reel.ts';

/** What a kernel holds after a script, and what its last operation did. */
export interface World {
  readonly row: Row;
  /** The last operation in words: what came back, and which function of `src` did what. */
  readonly said: readonly string[];
  readonly mark: { readonly first: number; readonly count: number; readonly wrong: boolean } | undefined;
  /** Whether every answer was the one that `spec` expects of this kernel. */
  readonly agrees: boolean;
  /** The heads of outstanding blocks by the allocation that holds them. */
  readonly slots: readonly (FilmBlock | undefined)[];
}

/** Returns the free lists as the links of the allocator have them, from head to tail. */
export function listsOf({ arena, links }: Observation): readonly (readonly number[])[] {
  return Array.from({ length: arena.orders }, (_, at) => {
    const head = arena.pages + at;
    const heads: number[] = [];
    for (
      let node = links[2 * head] ?? head;
      node !== head && heads.length <= arena.pages;
      node = links[2 * node] ?? head
    ) {
      heads.push(arena.base + node);
    }
    return heads;
  });
}

/** One kernel while a script is carried out. */
class Running {
  readonly #kernel: Kernel;
  readonly #allocator: Allocator;
  #placed: Placed;
  readonly slots: (FilmBlock | undefined)[] = [];
  agrees = true;
  said: readonly string[] = [];
  mark: World['mark'];

  constructor(kernel: Kernel, { orders, pages, reserved }: Play) {
    const holes = reserved.map(([first, count]) => [pfn(first), count] as const);
    const shape = { kernel, base: pfn(0), pages, orders, holes };
    const made = createAllocator(shape, { buffer: new ArrayBuffer(regionBytes(kernel, pages, orders)), byteOffset: 0 });
    if (made.kind === 'rejected') throw new Error(made.why);
    this.#kernel = kernel;
    this.#allocator = made.allocator;
    // A reserved frame is rejected.
    for (let frame = 0; frame < pages; frame++) made.allocator.handOver(pfn(frame));
    this.#placed = startPlaced(kernel, { base: pfn(0), pages, orders, holes, alignment: 'base' });
  }

  get lists(): readonly (readonly number[])[] {
    return listsOf(this.#allocator.observe());
  }

  #commandOf(word: Word): Command | undefined {
    switch (word.kind) {
      case 'allocate':
        return { kind: 'allocate', order: order(word.order) };
      case 'free': {
        const block = this.slots[word.slot];
        return block === undefined ? undefined : { kind: 'free', head: pfn(block[0]), order: order(block[1]) };
      }
      case 'free-frame':
        return { kind: 'free', head: pfn(word.frame), order: order(word.order) };
    }
  }

  carryOut(word: Word): void {
    const command = this.#commandOf(word);
    this.mark = undefined;
    if (command === undefined || command.kind === 'hand-over') {
      this.said = ['there is nothing to free'];
      return;
    }
    const before = this.lists;
    const outcome =
      command.kind === 'allocate'
        ? this.#allocator.allocate(command.order)
        : this.#allocator.free(command.head, command.order);
    const expected = placement(this.#placed, command);
    this.#placed = expected.next;
    this.agrees &&= JSON.stringify(expected.outcome) === JSON.stringify(outcome);
    this.#note(command, outcome, before);
  }

  #note(
    command: Exclude<Command, { kind: 'hand-over' }>,
    outcome: Outcome,
    before: readonly (readonly number[])[],
  ): void {
    const head = outcome.kind === 'granted' ? outcome.head : command.kind === 'free' ? command.head : undefined;
    if (command.kind === 'allocate') {
      this.slots.push(outcome.kind === 'granted' ? [outcome.head, command.order, this.slots.length] : undefined);
    } else if (outcome.kind === 'done') {
      const slot = this.slots.findIndex((block) => block?.[0] === command.head);
      this.slots[slot] = undefined;
    }
    const isKnown = head !== undefined && head < this.#allocator.observe().arena.pages;
    this.mark = isKnown ? { first: head, count: 2 ** command.order, wrong: outcome.kind === 'rejected' } : undefined;
    this.said = sayStep(this.#kernel, command, outcome, before, this.lists);
  }

  row(): Row {
    const { arena } = this.#allocator.observe();
    const { lists } = this;
    const free = lists.flatMap((list, at) => list.map((head): FilmBlock => [head, at, -1]));
    const held = this.slots.filter((block) => block !== undefined);
    const ground = {
      name: `Linux ${this.#kernel}`,
      base: 0,
      pages: arena.pages,
      origin: 0,
      orders: arena.orders,
      ordered: true,
    };
    const blocks = new Map([...free, ...held].map((block) => [block[0], block]));
    return { ground, blocks, lists, asks: false, taken: [], last: undefined, retired: false };
  }
}

const CODE = {
  '2.4': {
    take: 'rmqueue',
    split: 'expand',
    give: 'freePagesOk',
    file: 'src/buddy/buddy.ts',
    why: 'the bit of the pair was 1',
  },
  '2.6': {
    take: 'rmqueueSmallest',
    split: 'expand',
    give: 'freeOnePage',
    file: 'src/buddy/page-buddy.ts',
    why: 'the buddy was marked as free',
  },
} as const;

const times = (n: number): string => (n === 1 ? 'once' : n === 2 ? 'twice' : `${n} times`);

/** Says what came back, and what the code did: which list a block came from, how often it was split or joined. */
function sayStep(
  kernel: Kernel,
  command: Exclude<Command, { kind: 'hand-over' }>,
  outcome: Outcome,
  before: readonly (readonly number[])[],
  after: readonly (readonly number[])[],
): readonly string[] {
  const { file, give, split, take, why } = CODE[kernel];
  if (outcome.kind === 'exhausted') return ['refused', `${take} in ${file} finds no list with a block`];
  if (outcome.kind === 'rejected')
    return [`rejected as ${outcome.misuse}`, 'Allocator in src/buddy/allocator.ts looks at its owner table first'];
  if (outcome.kind === 'granted') {
    const from = before.findIndex((list, at) => at >= command.order && list.length > 0);
    const halves = from - command.order;
    const then = halves === 0 ? 'nothing is split' : `${split} splits it ${times(halves)}`;
    return [`granted frame ${outcome.head}`, `${take} in ${file} takes the first block of order ${from}; ${then}`];
  }
  const to = after.findIndex((list, at) => at >= command.order && list.length > (before[at]?.length ?? 0));
  const joins = to - command.order;
  const joined = joins === 0 ? 'joins nothing' : `joins it ${times(joins)}, because ${why}`;
  return ['done', `${give} in ${file} ${joined}; it goes to the head of the list of order ${to}`];
}

/** Returns what a kernel holds after the first `steps` operations of a script. */
export function worldOf(kernel: Kernel, play: Play, steps: number): World {
  const running = new Running(kernel, play);
  for (const word of play.run.slice(0, steps)) running.carryOut(word);
  const { agrees, mark, said, slots } = running;
  return { row: running.row(), said, mark, agrees, slots };
}
