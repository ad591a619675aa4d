/** The specification’s own steps out of every state. */
import { Image, listsOf } from './image.ts';
import { NONE, nodeAt } from './tree.ts';
import { Ranks } from './rank.ts';
import { after, buddy, refute as refuteOutcome, valuesOf } from '../../../spec/index.ts';
import { drawOwners, refute } from './difference.ts';
import { everyState, rankOf } from './census.ts';
import { order, pfn } from '../../unit.ts';
import type { Block, Claims, Command, Outcome } from '../../../protocol/index.ts';
import type { Buddy } from '../../../spec/index.ts';
import type { Said, Stated } from './census.ts';

const CLAIMS: Claims = new Set(['complete', 'best-fit']);
const done: Outcome = { kind: 'done' };

/** Steps of the specification by itself. */
export interface Permissions {
  readonly states: number;
  readonly permitted: number;
  readonly refuted: number;
}

/**
 * The specification's own steps out of every state: a block may be granted exactly where it lies in a free block of the
 * smallest order that suffices, each outstanding block may be freed, and the state that it says comes after has the words that
 * the census has. So the steps that the allocator is seen to take are those of the specification.
 * @clause TAKE-4 @clause TAKE-7 @clause GIVE-1 @clause GIVE-2
 */
class Permitter {
  states = 0;
  permitted = 0;
  refuted = 0;
  readonly #census: Stated;
  readonly #ranks: Ranks;
  readonly #image: Image;

  constructor(census: Stated) {
    this.#census = census;
    this.#ranks = new Ranks(census.tree);
    this.#image = new Image(census.ground.kernel, census.ground.arena);
  }

  visit(state: Buddy): void {
    const { tree } = this.#census;
    this.#ranks.load(rankOf(this.#ranks, state));
    this.states++;
    for (const block of buddy.outstandingBlocks(state)) this.#step(state, { kind: 'free', ...block }, done, block, 0);
    for (let node = 0; node < tree.heads.length; node++) {
      const of = order(tree.orders[node] ?? 0);
      if (tree.usable[node] === true)
        this.#grant(state, { head: pfn(tree.arena.base + (tree.heads[node] ?? 0)), order: of });
    }
  }

  #grant(state: Buddy, block: Block): void {
    const node = this.#nodeOf(block);
    const command: Command = { kind: 'allocate', order: block.order };
    const outcome: Outcome = { kind: 'granted', head: block.head };
    const isRight = buddy.isWhollyFree(state, block.head, block.order) && this.#fits(state, block);
    const found = refuteOutcome(CLAIMS, state, command, outcome);
    if ((found === undefined) !== isRight) this.#stop(state, block, `granting it is ${isRight ? 'right' : 'wrong'}`);
    this.refuted++;
    if (!isRight) return;
    this.refuted--;
    this.#step(state, command, outcome, block, this.#ranks.outstanding(node));
  }

  /** Whether no smaller free block would have done. */
  #fits(state: Buddy, { head, order: of }: Block): boolean {
    const from = state.pairs.findIndex((_, at) => at >= of && buddy.freeBlocks(state, order(at)).length > 0);
    return buddy.freeBlocks(state, order(from)).some((free) => free <= head && head < free + 2 ** from);
  }

  #nodeOf = ({ head, order: of }: Block): number =>
    nodeAt(this.#census.tree, head - this.#census.ground.arena.base, of);

  #step(state: Buddy, command: Command, outcome: Outcome, block: Block, rank: number): void {
    if (refuteOutcome(CLAIMS, state, command, outcome) !== undefined) this.#stop(state, block, 'it is legal');
    const next = after(state, command, outcome);
    const to = this.#ranks.with(this.#nodeOf(block), rank);
    const { words, width } = this.#census;
    this.#image.draw(next, listsOf(next));
    const { owners } = this.#image.arrays;
    const frame = block.head - this.#census.ground.arena.base;
    const at = 4 * to * width + owners.byteOffset + frame;
    if (command.kind === 'free') owners[frame] = new Int8Array(words.buffer, at, 1)[0] ?? NONE;
    this.permitted++;
    for (let n = 0; n < width; n++) {
      if (words[to * width + n] !== this.#image.words[n])
        this.#stop(state, block, `word ${n} of what comes after differs`);
    }
  }

  #stop(state: Buddy, { head, order: of }: Block, fact: string): never {
    const { base, pages } = this.#census.ground.arena;
    const name = drawOwners(valuesOf(state.owners), base - state.origin, pages);
    return refute(name, `order ${of} block at frame ${head}`, 'the specification says otherwise', fact);
  }
}

/** Follows the specification out of every state. */
export function permitAll(census: Stated, said?: Said): Permissions {
  const permitter = new Permitter(census);
  everyState(census.ground, census.tree, (state) => permitter.visit(state), 0, said);
  const { states, permitted, refuted } = permitter;
  return { states, permitted, refuted };
}
