/** Every step out of one state of each orbit under swapping buddies. */
import { Halves } from './halves.ts';
import { Image, listsOf, regionOf, toFront } from '../buddy/image.ts';
import { NONE, nodeAt, treeOf, whole } from '../buddy/tree.ts';
import { Ranks } from '../buddy/rank.ts';
import { buddy } from '../../../spec/index.ts';
import { allocatorIn } from '../buddy/make.ts';
import { drawOwners, refute } from '../buddy/difference.ts';
import { freshOf } from '../buddy/census.ts';
import { order, pfn } from '../../unit.ts';
import { orbitOfPair, orbitsIn } from './orbit.ts';
import type { Allocator } from '../../../src/index.ts';
import type { Arena, Block } from '../../../protocol/index.ts';
import type { Buddy } from '../../../spec/index.ts';
import type { Stated } from '../buddy/census.ts';
import type { Create } from '../buddy/make.ts';
import type { Orbits } from './orbit.ts';

/** What one share of the orbits came to. */
export interface Swapped {
  readonly orbits: number;
  readonly grants: number;
  readonly frees: number;
  /** Orbits that a step led to, a byte each. */
  readonly reached: Uint8Array;
}

const FREED = -1;
/** Both halves as one: wholly free, or outstanding. */
const ALL_FREE = -1;
const OUTSTANDING = -2;

/**
 * Every step out of one state of each orbit under swapping buddies, for an arena of twice the frames of a census. What a state
 * must look like is put together from its halves, as the specification has them; of the states that are stepped out of, the
 * specification is asked for the whole too.
 */
export class SwapExplorer {
  readonly orbits: Orbits;
  readonly #census: Stated;
  readonly #arena: Arena;
  readonly #allocator: Allocator;
  readonly #zone: Image;
  readonly #from: Halves;
  readonly #to: Halves;
  readonly #drawn: Image;
  /** The two states in which the halves are one block. */
  readonly #free: Image;
  readonly #outstanding: Image;
  readonly #ranks: readonly [Ranks, Ranks];
  readonly #reached: Uint8Array;
  readonly #start: Buddy;
  #orbits = 0;
  #grants = 0;
  #frees = 0;

  constructor(census: Stated, create?: Create) {
    const { arena } = census.ground;
    this.#arena = whole(arena.orders);
    this.#census = census;
    this.orbits = orbitsIn(arena.orders - 1);
    const { orders } = this.#arena;
    const region = regionOf('2.4', this.#arena);
    this.#allocator = allocatorIn('2.4', this.#arena, region, create);
    const image = (): Image => new Image('2.4', this.#arena);
    this.#zone = new Image('2.4', this.#arena, region);
    this.#from = new Halves(census, image());
    this.#to = new Halves(census, image());
    [this.#drawn, this.#free, this.#outstanding] = [image(), image(), image()];
    this.#ranks = [new Ranks(census.tree), new Ranks(census.tree)];
    const count = this.orbits.sizes.length;
    this.#reached = new Uint8Array((count * (count + 1)) / 2 + 1);
    this.#start = freshOf({ kernel: '2.4', arena: this.#arena, boot: false }, treeOf(this.#arena));
    this.#free.draw(this.#start, listsOf(this.#start));
    const taken = buddy.reserve(this.#start, { head: pfn(0), order: order(orders - 1) });
    this.#outstanding.draw(taken, listsOf(taken));
  }

  /** Steps out of the orbits whose lower half's orbit is `share` modulo `shares`; the first share has the whole block too. */
  explore(share: number, shares: number): Swapped {
    const { sizes, rankOf } = this.orbits;
    if (share === 0) {
      this.#leaveWhole(this.#outstanding);
      this.#leaveWhole(this.#free);
    }
    for (let low = share; low < sizes.length; low += shares) {
      const lower = rankOf[low] ?? 0;
      const below = this.#reserved(this.#start, lower, 0);
      for (let high = low; high < sizes.length; high++) {
        const upper = rankOf[high] ?? 0;
        if (lower + upper > 0) this.#leave(lower, upper, this.#reserved(below, upper, 1));
      }
    }
    return { orbits: this.#orbits, grants: this.#grants, frees: this.#frees, reached: this.#reached };
  }

  /** A state of the specification with the blocks of one half reserved as well. */
  #reserved(state: Buddy, rank: number, half: 0 | 1): Buddy {
    let next = state;
    const { words, width, ground } = this.#census;
    const { pages } = ground.arena;
    const bytes = new Int8Array(words.buffer, words.byteOffset + 4 * ((rank + 1) * width) - pages, pages);
    for (let frame = 0; frame < pages; frame++) {
      const owner = bytes[frame] ?? NONE;
      if (owner >= 0) next = buddy.reserve(next, { head: pfn(half * pages + frame), order: order(owner) });
    }
    return next;
  }

  #leaveWhole(from: Image): void {
    this.#orbits++;
    const { orders } = this.#arena;
    if (from === this.#outstanding) {
      this.#freeTo(from, 0, orders - 1, ALL_FREE, 0);
      return;
    }
    for (let of = 0; of < orders; of++) this.#allocateFrom(from, of, 0, orders - 1, [0, 0]);
  }

  #leave(lower: number, upper: number, state: Buddy): void {
    this.#orbits++;
    this.#from.write(lower, upper);
    const { image } = this.#from;
    this.#drawn.draw(state, listsOf(state));
    this.#same(image, this.#drawn, image, 'putting the halves together');
    this.#ranks[0].load(lower);
    this.#ranks[1].load(upper);
    const { pages, orders } = this.#arena;
    const { links, owners } = image.arrays;
    for (let frame = 0; frame < pages; frame++) {
      const owner = owners[frame] ?? NONE;
      if (owner >= 0) this.#freeIn(image, frame, owner, [lower, upper]);
    }
    let from = orders;
    for (let of = orders - 1; of >= 0; of--) {
      if (links[2 * (pages + of)] !== pages + of) from = of;
      if (from === orders) continue;
      for (let head = links[2 * (pages + from)] ?? pages; head < pages; head = links[2 * head] ?? pages) {
        this.#allocateFrom(image, of, head, from, [lower, upper]);
      }
    }
  }

  #put(from: Image): void {
    const { words } = this.#zone;
    for (let n = 0; n < words.length; n++) words[n] = from.words[n] ?? 0;
  }

  #same(seen: Image, right: Image, from: Image, step: string): void {
    for (let n = 0; n < right.words.length; n++) {
      if (seen.words[n] === right.words[n]) continue;
      const facts = [`word ${n} is ${seen.words[n] ?? 0}`, `it must be ${right.words[n] ?? 0}`] as const;
      refute(drawOwners(from.arrays.owners, 0, this.#arena.pages), step, ...facts);
    }
  }

  #freeIn(from: Image, frame: number, of: number, halves: readonly [number, number]): void {
    const half = this.#census.ground.arena.pages;
    const which = frame < half ? 0 : 1;
    const ranks = this.#ranks[which];
    const node = nodeAt(this.#census.tree, frame % half, of);
    const rank = ranks.with(node, 0);
    const other = halves[1 - which] ?? 0;
    if (rank + other === 0) {
      this.#freeTo(from, frame, of, ALL_FREE, 0);
      return;
    }
    const joined = ranks.joined(node);
    const { heads, orders } = this.#census.tree;
    const block: Block = { head: pfn((heads[joined] ?? 0) + which * half), order: order(orders[joined] ?? 0) };
    const [lower, upper] = which === 0 ? [rank, other] : [other, rank];
    this.#freeTo(from, frame, of, lower, upper, block);
  }

  /** Frees a block, after which the halves are as told, with the block that it became part of first on its list. */
  #freeTo(from: Image, frame: number, of: number, lower: number, upper: number, block?: Block): void {
    this.#put(from);
    const outcome = this.#allocator.free(pfn(frame), order(of));
    if (outcome.kind !== 'done') {
      refute(drawOwners(from.arrays.owners, 0, this.#arena.pages), `free ${frame}:${of}`, outcome.kind, 'it was legal');
    }
    const right = this.#expect(lower, upper);
    const { owners, links } = right.arrays;
    const before = owners[frame] ?? 0;
    owners[frame] = FREED;
    if (block !== undefined) toFront(links, block.head, this.#arena.pages + block.order);
    this.#same(this.#zone, right, from, 'free');
    owners[frame] = before;
    this.#frees++;
  }

  #allocateFrom(from: Image, of: number, head: number, high: number, halves: readonly [number, number]): void {
    this.#put(from);
    toFront(this.#zone.arrays.links, head, this.#arena.pages + high);
    const outcome = this.#allocator.allocate(order(of));
    const page = head + 2 ** high - 2 ** of;
    if (outcome.kind !== 'granted' || outcome.head !== page) {
      const name = drawOwners(from.arrays.owners, 0, this.#arena.pages);
      refute(name, `allocate order ${of}`, outcome.kind, `frame ${page} must be granted`);
    }
    const half = this.#census.ground.arena.pages;
    const which = page < half ? 0 : 1;
    const [lower, upper] = halves;
    if (of === this.#arena.orders - 1) this.#same(this.#zone, this.#expect(OUTSTANDING, 0), from, 'allocate');
    else {
      const ranks = this.#ranks[which];
      if (high === this.#arena.orders - 1) ranks.load(0);
      const node = nodeAt(this.#census.tree, page % half, of);
      const rank = ranks.with(node, ranks.outstanding(node));
      const right = which === 0 ? this.#expect(rank, upper) : this.#expect(lower, rank);
      this.#same(this.#zone, right, from, 'allocate');
    }
    this.#grants++;
  }

  #expect(lower: number, upper: number): Image {
    const { orbitOf } = this.orbits;
    if (lower < 0) {
      this.#reached[lower === ALL_FREE ? 0 : this.#reached.length - 1] = 1;
      return lower === ALL_FREE ? this.#free : this.#outstanding;
    }
    this.#reached[orbitOfPair(orbitOf[lower] ?? 0, orbitOf[upper] ?? 0)] = 1;
    this.#to.write(lower, upper);
    return this.#to.image;
  }
}
