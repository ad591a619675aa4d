/** The words of a zone in which the states of a ground differ; all other words are the same in every state. */
import { carve, regionBytes } from '../../../src/buddy/region.ts';
import type { Ground } from './ground.ts';
import type { Tree } from './tree.ts';

/** Places of words in a zone's region, ascending: what a census keeps of a state, and what an explorer restores. */
export class Window {
  readonly places: Int32Array;

  constructor(places: Int32Array) {
    this.places = places;
  }

  /** Copies the window's words of a whole zone to `to`, from `at` on. */
  gather(zone: Int32Array, to: Int32Array, at: number): void {
    const { places } = this;
    for (let n = 0; n < places.length; n++) to[at + n] = zone[places[n] ?? 0] ?? 0;
  }

  /** Copies the words from `at` on to their places in a whole zone. */
  scatter(from: Int32Array, at: number, zone: Int32Array): void {
    const { places } = this;
    for (let n = 0; n < places.length; n++) zone[places[n] ?? 0] = from[at + n] ?? 0;
  }
}

/**
 * Returns the window of a ground: all words of the zone; or, if no block below an order `least` above 0 is asked for, the
 * counters, the links, page flags and owners of the heads of blocks that can be asked for, the list heads of their orders, and
 * the words of their maps. That nothing else differs is checked in each state by the census.
 */
export function windowOf({ kernel, arena, least = 0 }: Ground, tree: Tree): Window {
  const { pages, orders } = arena;
  const bytes = regionBytes(kernel, pages, orders);
  if (least === 0) return new Window(Int32Array.from({ length: bytes / 4 }, (_, n) => n));
  const { counters, links, map, buddyFlag, privateOrder, owners } = carve(kernel, pages, orders, {
    buffer: new ArrayBuffer(bytes),
    byteOffset: 0,
  });
  const places = new Set<number>();
  const add = (array: Int32Array | Int8Array, index: number): void => {
    if (index < array.length) places.add((array.byteOffset + array.BYTES_PER_ELEMENT * index) >> 2);
  };
  for (let n = 0; n < counters.length; n++) add(counters, n);
  const heads = [...tree.heads.keys()].filter((node) => tree.usable[node]).map((node) => tree.heads[node] ?? 0);
  const lists = Array.from({ length: orders - least }, (_, n) => pages + least + n);
  for (const node of [...heads, ...lists]) for (const half of [0, 1]) add(links, 2 * node + half);
  for (const head of heads) for (const array of [buddyFlag, privateOrder, owners]) add(array, head);
  let first = 0;
  for (let at = 0; at < orders - 1; at++) {
    const words = Math.ceil(Math.ceil(pages / 2 ** (at + 1)) / 32);
    for (let word = 0; at >= least && word < words; word++) add(map, first + word);
    first += words;
  }
  return new Window(Int32Array.from(places).sort());
}
