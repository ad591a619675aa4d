/** The words of a zone as the specification says they are. */
import { buddy, entryOf } from '../../../spec/index.ts';
import { carve, regionBytes } from '../../../src/buddy/region.ts';
import { order } from '../../unit.ts';
import type { Arena, Kernel, Order, Pfn } from '../../../protocol/index.ts';
import type { Buddy } from '../../../spec/index.ts';
import type { Region, ZoneArrays } from '../../../src/buddy/region.ts';

/** The link of a node that is on no list. */
const NOWHERE = -1;

/** The words of a region that a zone of an arena would have, to be compared with one that a zone has. */
export class Image {
  readonly words: Int32Array;
  readonly arrays: ZoneArrays;
  readonly #kernel: Kernel;
  readonly #arena: Arena;

  constructor(kernel: Kernel, arena: Arena, region: Region = regionOf(kernel, arena)) {
    this.#kernel = kernel;
    this.#arena = arena;
    this.words = new Int32Array(region.buffer, region.byteOffset, regionBytes(kernel, arena.pages, arena.orders) / 4);
    this.arrays = carve(kernel, arena.pages, arena.orders, region);
  }

  /** Draws what the specification says that a zone in some state holds, its lists in the order given. */
  draw(state: Buddy, lists: readonly (readonly Pfn[])[]): void {
    const { arrays } = this;
    const { base, pages } = this.#arena;
    this.words.fill(0);
    arrays.links.fill(NOWHERE);
    for (const [at, list] of lists.entries()) this.#list(order(at), list);
    const { owners } = state;
    const said = arrays.owners;
    const from = base - state.origin;
    for (let frame = 0; frame < pages; frame++) said[frame] = entryOf(owners, from + frame) ?? 0;
    if (this.#kernel === '2.4') this.#maps(state);
  }

  #list(at: Order, list: readonly Pfn[]): void {
    const { counters, links, buddyFlag, privateOrder } = this.arrays;
    const { base, pages } = this.#arena;
    let node = pages + at;
    for (const head of list) {
      const next = head - base;
      links[2 * node] = next;
      links[2 * next + 1] = node;
      node = next;
      if (this.#kernel === '2.4') continue;
      buddyFlag[next] = 1;
      privateOrder[next] = at;
    }
    links[2 * node] = pages + at;
    links[2 * (pages + at) + 1] = node;
    counters[0] = (counters[0] ?? 0) + list.length * 2 ** at;
    if (this.#kernel === '2.6') counters[1 + at] = list.length;
  }

  /** @clause MAP-2 */
  #maps(state: Buddy): void {
    const { map } = this.arrays;
    const { pages, orders } = this.#arena;
    let first = 0;
    for (let at = 0; at < orders - 1; at++) {
      const row = buddy.pairsOf(state, at);
      for (let n = 0; n < row.length; n++) {
        const pair = entryOf(row, n);
        if (pair?.lower === pair?.upper) continue;
        const word = first + (n >> 5);
        map[word] = (map[word] ?? 0) | (1 << n);
      }
      first += Math.ceil(Math.ceil(pages / 2 ** (at + 1)) / 32);
    }
  }
}

/** Memory for a zone of an arena. */
export const regionOf = (kernel: Kernel, { pages, orders }: Arena): Region => ({
  buffer: new ArrayBuffer(regionBytes(kernel, pages, orders)),
  byteOffset: 0,
});

/** The free lists of a state, ascending. */
export const listsOf = (state: Buddy): readonly (readonly Pfn[])[] =>
  state.pairs.map((_, at) => buddy.freeBlocks(state, order(at)));

/** Moves a node of the list of `head` to its front. */
export function toFront(links: Int32Array, node: number, head: number): void {
  const first = links[2 * head] ?? NOWHERE;
  if (first === node) return;
  const next = links[2 * node] ?? NOWHERE;
  const previous = links[2 * node + 1] ?? NOWHERE;
  links[2 * previous] = next;
  links[2 * next + 1] = previous;
  links[2 * head] = node;
  links[2 * node + 1] = head;
  links[2 * node] = first;
  links[2 * first + 1] = node;
}

/** Up to this many words a loop is faster than a call that compares bytes. */
const FEW_WORDS = 128;

/** Returns a function that compares two arrays of the same length, word by word. Each lies in a buffer that is not shared. */
export function sameWords(one: Int32Array, other: Int32Array): () => boolean {
  if (one.length > FEW_WORDS) {
    const bytes = ({ buffer, byteOffset, byteLength }: Int32Array): Uint8Array =>
      Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
    const [a, b] = [bytes(one), bytes(other)];
    return () => Buffer.compare(a, b) === 0;
  }
  return () => {
    for (let n = 0; n < one.length; n++) if (one[n] !== other[n]) return false;
    return true;
  };
}
