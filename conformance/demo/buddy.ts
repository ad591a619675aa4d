import { createAllocator, order, pfn, regionBytes } from '../../src/index.ts';
import { findCombinedIndex, pageFindBuddy } from '../../src/buddy/page-buddy.ts';
import { drawArena } from '../kinds/buddy/tell/picture.ts';
import { drawLists } from './draw.ts';
import { placement, startPlaced } from '../../spec/index.ts';
import type { Allocator } from '../../src/index.ts';
import type { Command, Observation } from '../../protocol/index.ts';
import type { Placed } from '../../spec/index.ts';

const PAGES = 16;
const ORDERS = 5;

/** A zone of 16 frames at work, the specification beside it for its picture. */
class Story {
  readonly #allocator: Allocator;
  #placed: Placed;
  readonly lines: string[] = [];

  constructor() {
    const shape = { kernel: '2.4', base: pfn(0), pages: PAGES, orders: ORDERS, holes: [] } as const;
    const created = createAllocator(shape, {
      buffer: new ArrayBuffer(regionBytes('2.4', PAGES, ORDERS)),
      byteOffset: 0,
    });
    if (created.kind === 'rejected') throw new Error(created.why);
    this.#allocator = created.allocator;
    for (let frame = 0; frame < PAGES; frame++) this.#allocator.handOver(pfn(frame));
    this.#placed = startPlaced('2.4', this.seen.arena);
  }

  get seen(): Observation {
    return this.#allocator.observe();
  }

  say(...lines: readonly string[]): void {
    this.lines.push(...lines);
  }

  draw(): void {
    const arena = drawArena(this.#placed.state).replaceAll(/^/gm, '    ');
    this.say(arena, '', drawLists(this.seen), '');
  }

  /** One command on the real allocator; the frame that was granted, where one was. */
  do(command: Command): number {
    const allocator = this.#allocator;
    const outcome =
      command.kind === 'allocate'
        ? allocator.allocate(command.order)
        : command.kind === 'free'
          ? allocator.free(command.head, command.order)
          : allocator.handOver(command.frame);
    this.#placed = placement(this.#placed, command).next;
    return outcome.kind === 'granted' ? outcome.head : -1;
  }
}

function tellSplit(story: Story): void {
  story.say('A block of 2^4 frames, all free. Each order below the top has one bit for each pair of buddies.', '');
  story.draw();
  const frame = story.do({ kind: 'allocate', order: order(0) });
  story.say(`allocate order 0 -> frame ${frame}`);
  for (let at = ORDERS - 2; at >= 0; at--) {
    const lower = PAGES - 2 ** (at + 1);
    story.say(
      `    order ${at + 1} is halved: ${lower} goes on the list of order ${at}, its pair's bit becomes 1; go on with ${lower + 2 ** at}`,
    );
  }
  story.say('');
  story.draw();
}

/** Takes the arena to where page 10 is all that keeps it from being one block. */
function takeAllButTen(story: Story): void {
  for (let left = PAGES - 1; left > 0; left--) story.do({ kind: 'allocate', order: order(0) });
  for (let page = 0; page < PAGES; page++) {
    if (page !== 10) story.do({ kind: 'free', head: pfn(page), order: order(0) });
  }
}

function tellJoin(story: Story): void {
  story.say('Every frame is allocated by itself and all but page 10 are freed again.', '');
  story.draw();
  story.say('free page 10', '    order  page  buddy  bit of the pair  joined block');
  let page = 10;
  for (let at = 0; at < ORDERS - 1; at++) {
    const bit = ((story.seen.maps[at]?.[0] ?? 0) >>> (page >>> (at + 1))) & 1;
    const joined = findCombinedIndex(page, order(at));
    const row = [at, page, pageFindBuddy(page, order(at)), `${bit} -> ${bit ^ 1}`, joined].map(String);
    story.say(`    ${row[0]?.padEnd(7)}${row[1]?.padEnd(6)}${row[2]?.padEnd(7)}${row[3]?.padEnd(17)}${row[4]}`);
    page = joined;
  }
  story.do({ kind: 'free', head: pfn(10), order: order(0) });
  story.say('    Each bit was 1: the block being freed is in use, so its buddy was free.', '');
  story.draw();
}

/** The split of a block of 16 frames and the joining of page 10, drawn from the real 2.4 code. */
export function demoBuddy(): string {
  const story = new Story();
  tellSplit(story);
  takeAllButTen(story);
  tellJoin(story);
  return story.lines.join('\n').trimEnd();
}
