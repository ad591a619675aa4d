import { Image } from './image.ts';
import { Ranks } from './rank.ts';
import { buddy } from '../../../spec/index.ts';
import { order, pfn } from '../../unit.ts';
import { treeOf } from './tree.ts';
import type { Arena, Block, Boot, Kernel, Order, Owner, Pfn } from '../../../protocol/index.ts';
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

/** What is explored: an arena, as one of the kernels has it. */
export interface Ground {
  readonly kernel: Kernel;
  readonly arena: Arena;
  /** Whether frames may still be boot memory's, and are handed over one by one. */
  readonly boot: boolean;
}

/** Frames of a state with a parity that are wholly usable, and headed a block once. */
function worn(said: Said, tree: Tree, fresh: Buddy, parity: number): Buddy {
  let state = fresh;
  for (const [node, head] of tree.heads.entries()) {
    if (tree.orders[node] !== 0 || tree.usable[node] !== true || (head & 1) !== parity) continue;
    const block: Block = { head: pfn(tree.arena.base + head), order: order(0) };
    state = said.liberate(said.reserve(state, block), block);
  }
  return state;
}

/** An arena's start, of whose frames every other one headed a block once. */
export const freshOf = ({ arena }: Ground, tree: Tree, parity = 0, said: Said = buddy): Buddy =>
  worn(said, tree, said.start(arena), parity);

/**
 * Every state of an arena, a set of outstanding blocks, made by the specification block by block, ascending; each is met
 * once. Of two frames side by side one headed a block once, the one whose parity is told. With `boot` none did, and of each
 * frame that is in no block there are two states. @clause STATE-1
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
    extend(state, head + 1);
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
  readonly words: Int32Array;
  /** Words of a state. */
  readonly width: number;
}

/** Every state of an arena as the specification says it is. */
export class Census implements Stated {
  readonly ground: Ground;
  readonly tree: Tree;
  readonly words: Int32Array;
  /** Words of a state. */
  readonly width: number;
  /** States that were met; of each rank one, if all is well. */
  met = 0;
  twice = 0;

  constructor(ground: Ground, said: Said = buddy, buffer?: SharedArrayBuffer) {
    const { kernel, arena, boot } = ground;
    this.ground = ground;
    this.tree = treeOf(arena, boot);
    const image = new Image(kernel, arena);
    this.width = image.words.length;
    const size = this.width * this.tree.states;
    this.words = buffer === undefined ? new Int32Array(size) : new Int32Array(buffer, 0, size);
    const ranks = new Ranks(this.tree);
    const known = new Uint8Array(this.tree.states);
    const orders = Array.from({ length: arena.orders }, (_, at) => order(at));
    const meet = (state: Buddy): void => {
      const rank = rankOf(ranks, state);
      this.met++;
      this.twice += known[rank] ?? 0;
      known[rank] = 1;
      image.draw(
        state,
        orders.map((at) => said.freeBlocks(state, at)),
      );
      this.words.set(image.words, rank * this.width);
    };
    everyState(ground, this.tree, meet, 0, said);
  }

  /** The memory that the words of all states take, in bytes. */
  static bytes({ kernel, arena, boot }: Ground): number {
    return treeOf(arena, boot).states * new Image(kernel, arena).words.byteLength;
  }
}

/** The rank of a state of the specification. */
export function rankOf(ranks: Ranks, { arena, origin, owners }: Buddy): number {
  const from = arena.base - origin;
  const owner = (head: number): Owner => owners[from + head] ?? BOOT;
  return ranks.of(owner, (head) => owner(head) === BOOT);
}
