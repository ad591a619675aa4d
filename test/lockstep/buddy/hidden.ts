/** What a zone holds and no observation shows. */
import { carve } from '../../../src/buddy/region.ts';
import type { Placed } from '../../../spec/index.ts';
import type { Region, ZoneShape } from '../../../src/index.ts';
import type { ZoneArrays } from '../../../src/buddy/region.ts';

/** Compares what a zone holds and no observation shows: the links of what is on no list, 2.6's count of each order. */
export class Hidden {
  readonly #arrays: ZoneArrays;
  readonly #shape: ZoneShape;

  constructor(shape: ZoneShape, region: Region) {
    this.#shape = shape;
    this.#arrays = carve(shape.kernel, shape.pages, shape.orders, region);
  }

  /** Returns what is wrong in the state that the specification says; undefined if nothing is. */
  refute({ lists }: Placed): string | undefined {
    const { base, kernel, pages } = this.#shape;
    const { buddyFlag, counters, links, privateOrder } = this.#arrays;
    const listed = new Set(lists.flat());
    for (let page = 0; page < pages; page++) {
      if (isListed(listed, base + page)) continue;
      if (links[2 * page] !== -1 || links[2 * page + 1] !== -1) return `page ${page} is linked, but on no list`;
      if (kernel === '2.6' && (buddyFlag[page] !== 0 || privateOrder[page] !== 0)) return `page ${page} is marked`;
    }
    if (kernel === '2.4') return undefined;
    const wrong = lists.findIndex((list, at) => counters[1 + at] !== list.length);
    return wrong === -1 ? undefined : `order ${wrong} counts ${counters[1 + wrong]} free blocks`;
  }
}

const isListed = (listed: ReadonlySet<number>, frame: number): boolean => listed.has(frame);
