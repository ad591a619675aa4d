/** Every state of an arena as the specification says it is, and the words that a zone must hold in it. */
import { groundTree } from './ground.ts';
import type { Ground } from './ground.ts';
import { Image, sameWords } from './image.ts';
import { Ranks } from './rank.ts';
import { buddy, entryOf } from '../../../spec/index.ts';
import { order, pfn } from '../../unit.ts';
import { windowOf } from './window.ts';
import type { Arena, Block, Boot, Order, Owner, Pfn } from '../../../protocol/index.ts';
import type { Buddy } from '../../../spec/index.ts';
import type { Tree } from './tree.ts';

const BOOT: Boot = -3;

/** What of the specification says which states there are; a test puts something wrong in its place. */
export interface Said {
  readonly start: (arena: Arena) => Buddy;
  readonly boot: (arena: Arena) => Buddy;
  readonly handOver: (state: Buddy, frame: Pfn) => Buddy;
  readonly reserve: (state: Buddy, block: Block) => Buddy;
  readonly liberate: (state: Buddy, block: Block) => Buddy;
  readonly freeBlocks: (state: Buddy, at: Order) => readonly Pfn[];
}

/** Marks usable leaves as freed before: in each pair of adjacent leaves, the one of the given parity. */
function worn(said: Said, tree: Tree, fresh: Buddy, parity: number): Buddy {
  let state = fresh;
  for (const [node, head] of tree.heads.entries()) {
    const isLeaf = tree.orders[node] === tree.least;
    if (!isLeaf || tree.usable[node] !== true || ((head >> tree.least) & 1) !== parity) continue;
    const block: Block = { head: pfn(tree.arena.base + head), order: order(tree.least) };
    state = said.liberate(said.reserve(state, block), block);
  }
  return state;
}

/** Returns an arena as it starts, but every second leaf is marked as freed before. */
export const freshOf = ({ arena }: Ground, tree: Tree, parity = 0, said: Said = buddy): Buddy =>
  worn(said, tree, said.start(arena), parity);

/**
 * Makes every state of an arena, a set of outstanding blocks, by the specification, block by block, ascending; calls `meet`
 * once for each. In each pair of adjacent leaves, the one of the given parity is marked as freed before. With `boot` none is,
 * and a frame in no block is free in one state and boot memory's in another. @clause STATE-1
 */
export function everyState(
  ground: Ground,
  tree: Tree,
  meet: (state: Buddy) => void,
  parity = 0,
  said: Said = buddy,
): void {
  const { arena, boot } = ground;
  const blocksAt = Array.from({ length: arena.pages }, (_, head) =>
    [...tree.heads.keys()]
      .filter((node) => tree.heads[node] === head && tree.usable[node] === true)
      .map((node): Block => ({ head: pfn(arena.base + head), order: order(tree.orders[node] ?? 0) })),
  );
  const handed = (state: Buddy, { head, order: of }: Block): Buddy => {
    let next = state;
    for (let frame: number = head; boot && frame < head + 2 ** of; frame++) next = said.handOver(next, pfn(frame));
    return next;
  };
  const extend = (state: Buddy, head: number): void => {
    if (head >= arena.pages) {
      meet(state);
      return;
    }
    extend(state, head + 2 ** tree.least);
    const blocks = blocksAt[head] ?? [];
    const [single] = blocks;
    if (boot && single !== undefined) extend(handed(state, single), head + 1);
    for (const block of blocks) extend(said.reserve(handed(state, block), block), head + 2 ** block.order);
  };
  extend(boot ? said.boot(arena) : freshOf(ground, tree, parity, said), 0);
}

/** Every state's words, by rank; plain data, so that it can be shared between threads. */
export interface Stated {
  readonly ground: Ground;
  readonly tree: Tree;
  /** Of each state the words in the ground's window. */
  readonly words: Int32Array;
  /** Words of a state. */
  readonly width: number;
  /** All words of a zone in one of the states, for those outside the window; not needed if the window is the whole zone. */
  readonly whole?: Int32Array;
}

/** Every state of an arena as the specification says it is. */
export class Census implements Stated {
  readonly ground: Ground;
  readonly tree: Tree;
  readonly words: Int32Array;
  readonly width: number;
  readonly whole: Int32Array;
  /** States that were met; of each rank one, if all is well. */
  met = 0;
  twice = 0;
  /** States in which a word outside the window differed; 0, if all is well. */
  outside = 0;

  constructor(ground: Ground, said: Said = buddy, buffer?: SharedArrayBuffer) {
    const { kernel, arena } = ground;
    this.ground = ground;
    this.tree = groundTree(ground);
    const window = windowOf(ground, this.tree);
    const image = new Image(kernel, arena);
    this.width = window.places.length;
    this.whole = new Int32Array(image.words.length);
    const size = this.width * this.tree.states;
    this.words = buffer === undefined ? new Int32Array(size) : new Int32Array(buffer, 0, size);
    const ranks = new Ranks(this.tree);
    const known = new Uint8Array(this.tree.states);
    const orders = Array.from({ length: arena.orders }, (_, at) => order(at));
    const isSame = sameWords(this.whole, image.words);
    const meet = (state: Buddy): void => {
      const rank = rankOf(ranks, state);
      const lists = orders.map((at) => (at < this.tree.least && isEven(state, at) ? [] : said.freeBlocks(state, at)));
      image.draw(state, lists);
      if (this.met === 0) this.whole.set(image.words);
      this.met++;
      this.twice += known[rank] ?? 0;
      known[rank] = 1;
      window.gather(image.words, this.words, rank * this.width);
      window.scatter(this.words, rank * this.width, this.whole);
      if (!isSame()) this.outside++;
    };
    everyState(ground, this.tree, meet, 0, said);
  }

  /** Returns the memory that the words of all states take, in bytes. */
  static bytes(ground: Ground): number {
    const tree = groundTree(ground);
    return 4 * tree.states * windowOf(ground, tree).places.length;
  }
}

/**
 * Whether no pair of an order has exactly one half free: then no block of it, below the top, is on its list. It saves asking the
 * specification for the blocks of orders that nobody asks for, of which there are none. @clause LIST-3
 */
function isEven(state: Buddy, at: Order): boolean {
  const row = buddy.pairsOf(state, at);
  for (let n = 0; n < row.length; n++) {
    const pair = entryOf(row, n);
    if (pair?.lower !== pair?.upper) return false;
  }
  return true;
}

/** The rank of a state of the specification. */
export function rankOf(ranks: Ranks, { arena, origin, owners }: Buddy): number {
  const from = arena.base - origin;
  const owner = (head: number): Owner => entryOf(owners, from + head) ?? BOOT;
  return ranks.of(owner, (head) => owner(head) === BOOT);
}
