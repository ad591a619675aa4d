import { buddy } from '../../../spec/index.ts';
import { carve, regionBytes } from '../../../src/buddy/region.ts';
import { order } from '../../unit.ts';
import type { Arena, Kernel, Order, Pfn } from '../../../protocol/index.ts';
import type { Buddy } from '../../../spec/index.ts';
import type { Region, ZoneArrays } from '../../../src/buddy/region.ts';

/** Where there is no link, and no difference. */
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
    for (let frame = 0; frame < pages; frame++) arrays.owners[frame] = state.owners[base - state.origin + frame] ?? 0;
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
  #maps({ pairs }: Buddy): void {
    const { map } = this.arrays;
    const { pages, orders } = this.#arena;
    let first = 0;
    for (let at = 0; at < orders - 1; at++) {
      const row = pairs[at] ?? [];
      for (let pair = 0; pair < row.length; pair++) {
        if (row[pair]?.lower === row[pair]?.upper) continue;
        const word = first + (pair >> 5);
        map[word] = (map[word] ?? 0) | (1 << pair);
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

/** Puts a node first on the list of `head`, wherever on it the node is; links are words from `at` on. */
export function toFront(words: Int32Array, node: number, head: number, at = 0): void {
  putBefore(words, node, words[at + 2 * head] ?? NOWHERE, at);
}

/** Puts a node of a list before another of that list. */
export function putBefore(words: Int32Array, node: number, other: number, at = 0): void {
  if (other === node) return;
  const next = words[at + 2 * node] ?? NOWHERE;
  const previous = words[at + 2 * node + 1] ?? NOWHERE;
  words[at + 2 * previous] = next;
  words[at + 2 * next + 1] = previous;
  const before = words[at + 2 * other + 1] ?? NOWHERE;
  words[at + 2 * before] = node;
  words[at + 2 * node + 1] = before;
  words[at + 2 * node] = other;
  words[at + 2 * other + 1] = node;
}

/** Fills words with those from `at` on. */
export function copyWords(from: Int32Array, at: number, to: Int32Array): void {
  for (let n = 0; n < to.length; n++) to[n] = from[at + n] ?? 0;
}

/** The first word that is not the one from `at` on; -1 where all are. */
export function differentWord(right: Int32Array, at: number, seen: Int32Array): number {
  for (let n = 0; n < seen.length; n++) if (seen[n] !== right[at + n]) return n;
  return NOWHERE;
}
