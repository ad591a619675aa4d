import { Image, copyWords, differentWord, putBefore, regionOf, toFront } from './image.ts';
import { NONE, nodeAt } from './tree.ts';
import { Ranks } from './rank.ts';
import { allocatorIn } from './make.ts';
import { drawOwners, refute, wordName } from './difference.ts';
import { order, pfn } from '../../unit.ts';
import { processorSeconds } from '../tally.ts';
import type { Allocator } from '../../../src/index.ts';
import type { Create } from './make.ts';
import type { Stated } from './census.ts';
import type { Outcome } from '../../../protocol/index.ts';
import type { Tally } from '../tally.ts';

type Step = 'making the zone' | 'handing over all' | 'free' | 'allocate from';

const REACHED = 1;
const LEFT = 2;

const BOOT = -3;
const FREED = -1;
const NOBODY = -2;

const said = (outcome: Outcome): string =>
  outcome.kind === 'granted' ? `granted frame ${outcome.head}` : Object.values(outcome).join(' ');

/**
 * Puts the allocator of `src` into states of a census by writing its region, lets it do everything that is legal there, and
 * compares every word of the region with those that the census has for the state after it.
 */
export class Explorer {
  readonly #census: Stated;
  readonly #allocator: Allocator;
  readonly #image: Image;
  readonly #expected: Image;
  readonly #ranks: Ranks;
  /** What the steps look at all the time, once more by itself. */
  readonly #words: Int32Array;
  readonly #width: number;
  readonly #seen: Int32Array;
  readonly #right: Int32Array;
  readonly #bytes: Int8Array;
  readonly #linkWord: number;
  readonly #ownerWord: number;
  readonly #reached: Uint8Array;
  readonly #owners: Int8Array;
  readonly #listed: Int32Array;
  readonly #starts: Int32Array;
  #grants = 0;
  #frees = 0;
  #handOvers = 0;

  constructor(census: Stated, create?: Create) {
    const { kernel, arena } = census.ground;
    const region = regionOf(kernel, arena);
    const { pages, orders } = arena;
    this.#census = census;
    this.#allocator = allocatorIn(kernel, arena, region, create);
    this.#image = new Image(kernel, arena, region);
    this.#expected = new Image(kernel, arena);
    this.#ranks = new Ranks(census.tree);
    this.#words = census.words;
    this.#width = census.width;
    this.#seen = this.#image.words;
    this.#right = this.#expected.words;
    this.#bytes = new Int8Array(census.words.buffer);
    this.#linkWord = this.#expected.arrays.links.byteOffset / 4;
    this.#ownerWord = this.#expected.arrays.owners.byteOffset / 4;
    this.#reached = new Uint8Array(census.tree.states);
    this.#owners = new Int8Array(pages);
    this.#listed = new Int32Array(pages);
    this.#starts = new Int32Array(orders + 1);
  }

  /** Everything that can be reached from where an arena starts; a `Refuted` at the first difference. */
  explore(): Tally {
    const from = performance.now();
    const used = processorSeconds();
    this.#start();
    const states = this.#sweep();
    return {
      states,
      grants: this.#grants,
      frees: this.#frees,
      handOvers: this.#handOvers,
      seconds: (performance.now() - from) / 1000,
      processor: processorSeconds() - used,
    };
  }

  /**
   * Leaves each state that was reached once, sweep by sweep in the order of their ranks: states with ranks that lie together
   * lead to states whose words do. How many there were.
   */
  #sweep(): number {
    const reached = this.#reached;
    let left = 0;
    for (let before = -1; before < left;) {
      before = left;
      for (let rank = 0; rank < reached.length; rank++) {
        if (reached[rank] !== REACHED) continue;
        reached[rank] = LEFT;
        left++;
        this.#leave(rank);
      }
    }
    return left;
  }

  /** The zone as it is made, and as it is when every frame was handed over, ascending. @clause HAND-1 */
  #start(): void {
    const { tree, ground } = this.#census;
    const { base, pages } = ground.arena;
    if (ground.boot) {
      const rank = this.#ranks.of(
        () => NOBODY,
        () => true,
      );
      this.#compareWith(rank, rank, 'making the zone', 0, pages);
      this.#add(rank);
      return;
    }
    for (let frame = 0; frame < pages; frame++) {
      if (tree.usable[nodeAt(tree, frame, 0)] === true) this.#allocator.handOver(pfn(base + frame));
    }
    this.#expect(0);
    const { owners } = this.#expected.arrays;
    for (let frame = 0; frame < pages; frame++) if (owners[frame] === FREED) owners[frame] = NOBODY;
    this.#highestFirst();
    this.#compare(0, 'handing over all', 0, pages);
    this.#add(0);
  }

  /** @clause PLACE-5 */
  #highestFirst(): void {
    const { links } = this.#expected.arrays;
    const { pages, orders } = this.#census.ground.arena;
    for (let at = 0; at < orders; at++) {
      const heads: number[] = [];
      for (let node = links[2 * (pages + at)] ?? NONE; node < pages; node = links[2 * node] ?? pages) heads.push(node);
      for (const head of heads) toFront(links, head, pages + at);
    }
  }

  #add(rank: number): void {
    if (this.#reached[rank] === 0) this.#reached[rank] = REACHED;
  }

  /** Puts the zone into a state. */
  #put(rank: number): void {
    copyWords(this.#words, rank * this.#width, this.#seen);
  }

  #expect(rank: number): void {
    copyWords(this.#words, rank * this.#width, this.#right);
  }

  /** Compares every word of the zone; what was done is told by its kind and two numbers, and put into words when it is wrong. */
  #compare(from: number, step: Step, a: number, b: number): void {
    const word = differentWord(this.#right, 0, this.#seen);
    if (word !== NONE) this.#differs(from, `${step} ${a}:${b}`, word);
  }

  /**
   * The same with the words that the census has of a state, as they are; and puts the zone back into the one that the step was
   * taken from. One loop does both: this is where the time goes.
   */
  #compareWith(to: number, from: number, step: Step, a: number, b: number): void {
    const words = this.#words;
    const seen = this.#seen;
    const right = to * this.#width;
    const back = from * this.#width;
    for (let n = 0; n < seen.length; n++) {
      if (seen[n] !== words[right + n]) {
        this.#expect(to);
        this.#differs(from, `${step} ${a}:${b}`, n);
      }
      seen[n] = words[back + n] ?? 0;
    }
  }

  #differs(from: number, step: string, word: number): never {
    const [seen, right] = [this.#image.words[word] ?? 0, this.#expected.words[word] ?? 0];
    const name = wordName(this.#census.ground, word);
    return refute(
      this.#name(from),
      step,
      `${name} is 0x${(seen >>> 0).toString(16)}`,
      `it must be 0x${(right >>> 0).toString(16)}`,
    );
  }

  #name(rank: number): string {
    const { words, width, ground } = this.#census;
    const owners = new Int8Array(words.buffer, words.byteOffset + 4 * (rank * width + this.#ownerWord));
    return drawOwners(owners, 0, ground.arena.pages);
  }

  /** Takes every step out of a state. */
  #leave(rank: number): void {
    this.#ranks.load(rank);
    const { pages, orders } = this.#census.ground.arena;
    const owners = this.#owners;
    this.#put(rank);
    for (let frame = 0; frame < pages; frame++) owners[frame] = this.#image.arrays.owners[frame] ?? NONE;
    this.#readLists();
    let from = orders;
    for (let of = orders - 1; of >= 0; of--) {
      if (this.#starts[of] !== this.#starts[of + 1]) from = of;
      if (from < orders) this.#allocateAny(rank, of, from);
    }
    for (let frame = 0; frame < pages; frame++) {
      const owner = owners[frame] ?? NONE;
      if (owner >= 0) this.#free(rank, frame, owner);
      else if (owner === BOOT) this.#handOver(rank, frame);
    }
  }

  /** Keeps which blocks are on the lists, by order: those of order k from `starts[k]` on. */
  #readLists(): void {
    const { links } = this.#image.arrays;
    const { pages, orders } = this.#census.ground.arena;
    let count = 0;
    for (let at = 0; at < orders; at++) {
      this.#starts[at] = count;
      for (let node = links[2 * (pages + at)] ?? pages; node < pages; node = links[2 * node] ?? pages) {
        this.#listed[count++] = node;
      }
    }
    this.#starts[orders] = count;
  }

  #allocateAny(rank: number, of: number, from: number): void {
    const end = this.#starts[from + 1] ?? 0;
    for (let n = this.#starts[from] ?? 0; n < end; n++) this.#allocate(rank, of, this.#listed[n] ?? NONE, from);
  }

  #free(rank: number, frame: number, of: number): void {
    const { base } = this.#census.ground.arena;
    const outcome = this.#allocator.free(pfn(base + frame), order(of));
    if (outcome.kind !== 'done') refute(this.#name(rank), `free ${frame}:${of}`, said(outcome), 'it was legal');
    this.#becameFree(rank, frame, of, FREED);
    this.#frees++;
  }

  #handOver(rank: number, frame: number): void {
    const outcome = this.#allocator.handOver(pfn(this.#census.ground.arena.base + frame));
    if (outcome.kind !== 'done') refute(this.#name(rank), `hand over ${frame}`, said(outcome), 'it was legal');
    this.#becameFree(rank, frame, 0, NOBODY);
    this.#handOvers++;
  }

  /**
   * The block that a free one became part of is first on its list; all else is as in the census, whose words are changed for
   * as long as they are compared. @clause PLACE-4
   */
  #becameFree(rank: number, frame: number, of: number, owner: number): void {
    const { tree, ground } = this.#census;
    const node = nodeAt(tree, frame, of);
    const to = this.#ranks.with(node, 0);
    const joined = this.#ranks.joined(node);
    const block = tree.heads[joined] ?? NONE;
    const links = to * this.#width + this.#linkWord;
    const byte = 4 * (to * this.#width + this.#ownerWord) + frame;
    const [next, before] = [this.#words[links + 2 * block] ?? NONE, this.#bytes[byte] ?? NONE];
    toFront(this.#words, block, ground.arena.pages + (tree.orders[joined] ?? 0), links);
    this.#bytes[byte] = owner;
    this.#compareWith(to, rank, 'free', frame, of);
    this.#bytes[byte] = before;
    putBefore(this.#words, block, next, links);
    if (this.#reached[to] === 0) this.#reached[to] = REACHED;
  }

  /** A request that is filled out of the block at `from`, brought to the front of its list. @clause PLACE-2 @clause PLACE-3 */
  #allocate(rank: number, of: number, from: number, high: number): void {
    const { tree, ground } = this.#census;
    const { base, pages } = ground.arena;
    toFront(this.#image.arrays.links, from, pages + high);
    const outcome = this.#allocator.allocate(order(of));
    const head = ground.kernel === '2.4' ? from + (1 << high) - (1 << of) : from;
    if (outcome.kind !== 'granted' || outcome.head !== base + head) {
      const step = `allocate from ${from}:${of}, first on list ${high}`;
      refute(this.#name(rank), step, said(outcome), `frame ${base + head} must be granted`);
    }
    const node = nodeAt(tree, head, of);
    const to = this.#ranks.with(node, this.#ranks.outstanding(node));
    this.#compareWith(to, rank, 'allocate from', from, of);
    this.#add(to);
    this.#grants++;
  }
}
