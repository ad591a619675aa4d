/** The words of a zone, put together from those of its halves. */
import { Image } from '../buddy/image.ts';
import { whole } from '../buddy/tree.ts';
import type { Stated } from '../buddy/census.ts';

/** Writes the words of a zone whose two halves are in states that a census of the halves has. 2.4; at most 64 pages. */
export class Halves {
  readonly image: Image;
  readonly #census: Stated;
  /** Pages and orders of a half. */
  readonly #pages: number;
  readonly #orders: number;
  readonly #linkWord: number;
  readonly #mapWord: number;
  readonly #ownerWord: number;

  constructor(census: Stated, image: Image) {
    const { pages, orders } = census.ground.arena;
    const half = new Image('2.4', whole(orders - 1)).arrays;
    this.#census = census;
    this.image = image;
    this.#pages = pages;
    this.#orders = orders;
    this.#linkWord = half.links.byteOffset / 4;
    this.#mapWord = half.map.byteOffset / 4;
    this.#ownerWord = half.owners.byteOffset / 4;
  }

  /** Not both halves are wholly free: they would be one block. */
  write(lower: number, upper: number): void {
    const { words, width } = this.#census;
    const { counters, map } = this.image.arrays;
    const [low, high] = [lower * width, upper * width];
    counters[0] = (words[low] ?? 0) + (words[high] ?? 0);
    this.#links(low + this.#linkWord, high + this.#linkWord);
    for (let at = 0; at < this.#orders - 1; at++) {
      const bits = this.#pages >> (at + 1);
      map[at] = (words[low + this.#mapWord + at] ?? 0) | ((words[high + this.#mapWord + at] ?? 0) << bits);
    }
    map[this.#orders - 1] = (lower === 0) !== (upper === 0) ? 1 : 0;
    const quarter = this.#pages / 4;
    const to = this.image.words;
    const from = this.image.arrays.owners.byteOffset / 4;
    for (let n = 0; n < quarter; n++) {
      to[from + n] = words[low + this.#ownerWord + n] ?? 0;
      to[from + quarter + n] = words[high + this.#ownerWord + n] ?? 0;
    }
  }

  /** The links of both halves, each list of the lower one with that of the upper one behind it. */
  #links(low: number, high: number): void {
    const { words } = this.#census;
    const { links } = this.image.arrays;
    const pages = this.#pages;
    for (let n = 0; n < 2 * pages; n++) {
      const [below, above] = [words[low + n] ?? 0, words[high + n] ?? 0];
      links[n] = below < pages ? below : below + pages;
      links[2 * pages + n] = above < 0 ? above : above + pages;
    }
    for (let at = 0; at < this.#orders; at++) {
      const end = 2 * (pages + at);
      const head = 2 * pages + at;
      const isLow = words[low + end] !== pages + at;
      const isHigh = words[high + end] !== pages + at;
      const [first, last] = [words[low + end] ?? 0, words[low + end + 1] ?? 0];
      const [next, final] = [(words[high + end] ?? 0) + pages, (words[high + end + 1] ?? 0) + pages];
      links[2 * head] = isLow ? first : isHigh ? next : head;
      links[2 * head + 1] = isHigh ? final : isLow ? last : head;
      if (!isLow || !isHigh) continue;
      links[2 * last] = next;
      links[2 * next + 1] = last;
    }
    const top = 2 * pages + this.#orders;
    links[2 * top] = top;
    links[2 * top + 1] = top;
  }
}
