/** Every step of the allocator of `src` out of every state of a census, each compared word by word. */
import { Image, regionOf, sameWords, toFront } from './image.ts';
import { NONE, nodeAt } from './tree.ts';
import { Ranks } from './rank.ts';
import { allocatorIn } from './make.ts';
import { drawOwners, refute, wordName } from './difference.ts';
import { order, pfn } from '../../unit.ts';
import { processorSeconds } from '../tally.ts';
import { windowOf } from './window.ts';
import type { Allocator } from '../../../src/index.ts';
import type { Create } from './make.ts';
import type { Stated } from './census.ts';
import type { Outcome } from '../../../protocol/index.ts';
import type { Tally } from '../tally.ts';
import type { Window } from './window.ts';

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
 * compares every word of the region with those that must be there in the state after it. Words outside the census's window are
 * written once: each comparison finds them unchanged.
 */
export class Explorer {
  readonly #census: Stated;
  readonly #window: Window;
  readonly #allocator: Allocator;
  readonly #image: Image;
  readonly #expected: Image;
  readonly #ranks: Ranks;
  /** What the steps look at all the time, once more by itself. */
  readonly #words: Int32Array;
  readonly #seen: Int32Array;
  readonly #right: Int32Array;
  readonly #isSame: () => boolean;
  /** Frames that can head an outstanding block. */
  readonly #heads: readonly number[];
  readonly #reached: Uint8Array;
  readonly #owners: Int8Array;
  readonly #listed: Int32Array;
  readonly #starts: Int32Array;
  #grants = 0;
  #frees = 0;
  #handOvers = 0;

  constructor(census: Stated, create?: Create) {
    const { ground, tree } = census;
    const { kernel, arena } = ground;
    const region = regionOf(kernel, arena);
    this.#census = census;
    this.#window = windowOf(ground, tree);
    this.#allocator = allocatorIn(kernel, arena, region, create);
    this.#image = new Image(kernel, arena, region);
    this.#expected = new Image(kernel, arena);
    this.#ranks = new Ranks(tree);
    this.#words = census.words;
    this.#seen = this.#image.words;
    this.#right = this.#expected.words;
    this.#right.set(census.whole ?? []);
    this.#isSame = sameWords(this.#right, this.#seen);
    const leaves = [...tree.heads.keys()].filter((node) => tree.orders[node] === tree.least && tree.usable[node]);
    this.#heads = leaves.map((node) => tree.heads[node] ?? NONE);
    this.#reached = new Uint8Array(tree.states);
    this.#owners = new Int8Array(arena.pages);
    this.#listed = new Int32Array(arena.pages);
    this.#starts = new Int32Array(arena.orders + 1);
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
      this.#expect(rank);
      this.#compare(rank, 'making the zone', 0, pages);
      this.#add(rank);
      return;
    }
    for (let frame = 0; frame < pages; frame++) {
      if (tree.usable[nodeAt(tree, frame, tree.least)] === true) this.#allocator.handOver(pfn(base + frame));
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
    this.#window.scatter(this.#words, rank * this.#census.width, this.#seen);
  }

  /** Has `right` say what must be there in a state. */
  #expect(rank: number): void {
    this.#window.scatter(this.#words, rank * this.#census.width, this.#right);
  }

  /** Compares every word of the zone with `right`, and puts the zone back into the state that the step was taken from. */
  #compare(from: number, step: Step, a: number, b: number): void {
    if (!this.#isSame()) {
      this.#differs(
        from,
        `${step} ${a}:${b}`,
        this.#right.findIndex((word, n) => word !== this.#seen[n]),
      );
    }
    this.#put(from);
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
    const drawn = new Image(ground.kernel, ground.arena);
    drawn.words.set(this.#census.whole ?? []);
    this.#window.scatter(words, rank * width, drawn.words);
    return drawOwners(drawn.arrays.owners, 0, ground.arena.pages);
  }

  /** Takes every step out of a state. */
  #leave(rank: number): void {
    this.#ranks.load(rank);
    const { orders } = this.#census.ground.arena;
    const owners = this.#owners;
    this.#put(rank);
    for (const head of this.#heads) owners[head] = this.#image.arrays.owners[head] ?? NONE;
    this.#readLists();
    let from = orders;
    for (let of = orders - 1; of >= this.#census.tree.least; of--) {
      if (this.#starts[of] !== this.#starts[of + 1]) from = of;
      if (from < orders) this.#allocateAny(rank, of, from);
    }
    for (const head of this.#heads) {
      const owner = owners[head] ?? NONE;
      if (owner >= 0) this.#free(rank, head, owner);
      else if (owner === BOOT) this.#handOver(rank, head);
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

  /** The block that a free one became part of must be first on its list. @clause PLACE-4 */
  #becameFree(rank: number, frame: number, of: number, owner: number): void {
    const { tree, ground } = this.#census;
    const node = nodeAt(tree, frame, of);
    const to = this.#ranks.with(node, 0);
    const joined = this.#ranks.joined(node);
    const block = tree.heads[joined] ?? NONE;
    this.#expect(to);
    toFront(this.#expected.arrays.links, block, ground.arena.pages + (tree.orders[joined] ?? 0));
    this.#expected.arrays.owners[frame] = owner;
    this.#compare(rank, 'free', frame, of);
    this.#add(to);
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
    this.#expect(to);
    this.#compare(rank, 'allocate from', from, of);
    this.#add(to);
    this.#grants++;
  }
}
