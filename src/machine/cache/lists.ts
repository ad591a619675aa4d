// The two lists of the page cache, threaded through one array: pages used lately, and the others.
import { Field } from '../../words/field.ts';
import { Links } from '../../words/list-head.ts';
import { pfn } from '../../words/unit.ts';
import type { CacheIndex, ListHead } from '../../words/unit.ts';
import type { Machine, Pfn, ZoneName } from '../../../protocol/index.ts';

export const OFF = 0;
export const INACTIVE = 1;
export const ACTIVE = 2;

/** The list that a page is on. */
export type OnList = typeof OFF | typeof INACTIVE | typeof ACTIVE;

/** The frames of a zone, and the index of its first page in the cache. */
interface Span {
  readonly first: number;
  readonly name: ZoneName;
  readonly base: Pfn;
  readonly pages: number;
}

/** Returns the frames of every zone, numbered through. */
function spansOf({ nodes }: Machine): readonly Span[] {
  let first = 0;
  return nodes
    .flatMap(({ zones }) => zones)
    .map(({ base, name, pages }) => {
      const span = { first, name, base, pages };
      first += pages;
      return span;
    });
}

/** The pages of the page cache, each on one of two lists. @linux include/linux/swap.h active_list */
export class LruLists {
  /** The number of pages of all zones. */
  readonly size: number;
  readonly #spans: readonly Span[];
  readonly #links: Links<CacheIndex>;
  readonly #list: Field<CacheIndex, OnList>;
  readonly #referenced: Field<CacheIndex, 0 | 1>;
  readonly #active: ListHead;
  readonly #inactive: ListHead;
  nrActive = 0;
  nrInactive = 0;

  constructor(machine: Machine) {
    this.#spans = spansOf(machine);
    this.size = this.#spans.reduce((sum, span) => sum + span.pages, 0);
    this.#links = new Links(new Int32Array(2 * (this.size + 2)));
    this.#list = new Field(new Int32Array(this.size));
    this.#referenced = new Field(new Int32Array(this.size));
    for (const node of this.#list.words.keys()) this.#links.initUnlinked(node);
    this.#active = this.size;
    this.#inactive = this.size + 1;
    this.#links.initListHead(this.#active);
    this.#links.initListHead(this.#inactive);
  }

  /** Returns the index of a page, or -1 if the page is in no zone. */
  nodeOf(frame: Pfn): CacheIndex {
    if (!Number.isInteger(frame)) return -1;
    for (const { first, base, pages } of this.#spans) {
      if (frame >= base && frame < base + pages) return first + frame - base;
    }
    return -1;
  }

  frameOf(node: CacheIndex): Pfn {
    const span = this.#spanOf(node);
    return pfn(span === undefined ? -1 : span.base + node - span.first);
  }

  isHighmem(node: CacheIndex): boolean {
    return this.#spanOf(node)?.name === 'HighMem';
  }

  /** Returns the list that a page is on. */
  listOf(node: CacheIndex): OnList {
    return node < 0 ? OFF : this.#list.get(node);
  }

  isReferenced(node: CacheIndex): boolean {
    return this.#referenced.get(node) === 1;
  }

  setReferenced(node: CacheIndex, isReferenced: boolean): void {
    this.#referenced.put(node, isReferenced ? 1 : 0);
  }

  /** Returns the oldest page that was not used lately. Precondition: there is one. */
  oldestInactive(): CacheIndex {
    return this.#links.prevOf(this.#inactive);
  }

  /** Returns the pages of a list, the one that came last first. */
  on(list: typeof ACTIVE | typeof INACTIVE): readonly CacheIndex[] {
    const head = list === ACTIVE ? this.#active : this.#inactive;
    const nodes: CacheIndex[] = [];
    for (let node = this.#links.nextOf(head); node !== head; node = this.#links.nextOf(node)) nodes.push(node);
    return nodes;
  }

  putFirst(node: CacheIndex, list: typeof ACTIVE | typeof INACTIVE): void {
    this.#links.listAdd(node, list === ACTIVE ? this.#active : this.#inactive);
    this.#list.put(node, list);
    if (list === ACTIVE) this.nrActive++;
    else this.nrInactive++;
  }

  takeOff(node: CacheIndex): void {
    this.#links.listDel(node);
    if (this.#list.get(node) === ACTIVE) this.nrActive--;
    else this.nrInactive--;
    this.#list.put(node, OFF);
  }

  /**
   * Moves up to `most` of the oldest pages used lately to the other list, from which their next use takes them back; passes
   * over those that were used again, once. @clause RECLAIM-4 @linux mm/vmscan.c refill_inactive
   */
  refillInactive(most: number): void {
    let left = most;
    let node = this.#links.prevOf(this.#active);
    while (left > 0 && node !== this.#active) {
      const before = this.#links.prevOf(node);
      const wasUsed = this.isReferenced(node);
      this.takeOff(node);
      this.putFirst(node, wasUsed ? ACTIVE : INACTIVE);
      this.setReferenced(node, !wasUsed);
      if (!wasUsed) left--;
      node = before;
    }
  }

  #spanOf(node: CacheIndex): Span | undefined {
    return this.#spans.findLast(({ first }) => first <= node);
  }
}
