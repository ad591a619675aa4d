// A reclaimer over a page cache: single pages on two lists, one of those used lately and one of the others.
import { Field } from '../words/field.ts';
import { Links } from '../words/list-head.ts';
import { order, pfn } from '../words/unit.ts';
import type { CacheIndex, ListHead } from '../words/unit.ts';
import type { ClassZone, Free, Reclaimer } from './reclaim.ts';
import type { Gfp, Machine, Pfn } from '../../protocol/index.ts';

/** The number of pages that a reclaim tries to free. @linux include/linux/swap.h SWAP_CLUSTER_MAX */
const SWAP_CLUSTER_MAX = 32;
/** How often a reclaim goes over the lists, each time farther. @linux mm/vmscan.c DEF_PRIORITY */
const DEF_PRIORITY = 6;

const OFF = 0;
const INACTIVE = 1;
const ACTIVE = 2;

/** The frames of a zone, and the index of its first page in the cache. */
interface Span {
  readonly first: number;
  readonly base: Pfn;
  readonly pages: number;
}

/** Returns the frames of every zone, numbered through. */
function spansOf({ nodes }: Machine): readonly Span[] {
  let first = 0;
  return nodes
    .flatMap(({ zones }) => zones)
    .map(({ base, pages }) => {
      const span = { first, base, pages };
      first += pages;
      return span;
    });
}

/**
 * A reclaimer over the page cache: single pages on two lists, one of those used lately and one of the others. It is
 * deterministic: what it does follows from the calls made to it, in their order.
 * @clause RECLAIM-4 @linux mm/vmscan.c shrink_caches
 * @departure PAGE-CACHE pages are clean and have no user but the cache: nothing is written back, unmapped or swapped out, and slabs, inodes and dentries are not shrunk
 */
export class LruReclaimer implements Reclaimer {
  readonly #spans: readonly Span[];
  readonly #links: Links<CacheIndex>;
  readonly #list: Field<CacheIndex, typeof OFF | typeof INACTIVE | typeof ACTIVE>;
  readonly #referenced: Field<CacheIndex, 0 | 1>;
  readonly #active: ListHead;
  readonly #inactive: ListHead;
  readonly #outOfMemory: () => void;
  #nrActive = 0;
  #nrInactive = 0;
  #awake = false;

  /** `outOfMemory` is called if a reclaim was in vain: the caller may kill a task. */
  constructor(machine: Machine, outOfMemory: () => void = () => undefined) {
    this.#spans = spansOf(machine);
    const pages = this.#spans.reduce((sum, span) => sum + span.pages, 0);
    this.#links = new Links(new Int32Array(2 * (pages + 2)));
    this.#list = new Field(new Int32Array(pages));
    this.#referenced = new Field(new Int32Array(pages));
    for (let node: CacheIndex = 0; node < pages; node++) this.#links.initUnlinked(node);
    this.#active = pages;
    this.#inactive = pages + 1;
    this.#links.initListHead(this.#active);
    this.#links.initListHead(this.#inactive);
    this.#outOfMemory = outOfMemory;
  }

  /** The number of pages on the list of those used lately, and on the other. */
  get lists(): { readonly active: number; readonly inactive: number } {
    return { active: this.#nrActive, inactive: this.#nrInactive };
  }

  /** Whether kswapd was woken since it last slept. */
  get kswapdAwake(): boolean {
    return this.#awake;
  }

  /**
   * Adds a page that was granted at order 0: it holds part of a file now, and may be reclaimed at any time. Returns false if
   * the page is in no zone or in the cache already.
   * @linux mm/swap.c lru_cache_add
   */
  addToPageCache(frame: Pfn): boolean {
    const node = this.#nodeOf(frame);
    if (node < 0 || this.#list.get(node) !== OFF) return false;
    this.#putFirst(node, INACTIVE);
    this.#referenced.put(node, 0);
    return true;
  }

  /** Notes that a page is used; the second use moves it to the list of those used lately. @linux mm/swap.c mark_page_accessed */
  markPageAccessed(frame: Pfn): boolean {
    const node = this.#nodeOf(frame);
    if (node < 0 || this.#list.get(node) === OFF) return false;
    if (this.#list.get(node) === INACTIVE && this.#referenced.get(node) === 1) {
      this.#takeOff(node);
      this.#putFirst(node, ACTIVE);
      this.#referenced.put(node, 0);
    } else {
      this.#referenced.put(node, 1);
    }
    return true;
  }

  /** Removes a page that its owner is about to free. @linux mm/swap.c lru_cache_del */
  removeFromPageCache(frame: Pfn): boolean {
    const node = this.#nodeOf(frame);
    if (node < 0 || this.#list.get(node) === OFF) return false;
    this.#takeOff(node);
    return true;
  }

  wakeKswapd(): void {
    this.#awake = true;
  }

  /** Notes that kswapd has nothing more to do. */
  sleep(): void {
    this.#awake = false;
  }

  tryToFreePagesZone(classZone: ClassZone, _gfp: Gfp, free: Free): boolean {
    let wanted = SWAP_CLUSTER_MAX;
    for (let priority = DEF_PRIORITY; priority > 0; priority--) {
      wanted = this.#shrinkCaches(classZone, priority, wanted, free);
      if (wanted <= 0) return true;
    }
    this.#outOfMemory();
    return false;
  }

  /** Goes over both lists once. Returns the number of pages that are still wanted. @linux mm/vmscan.c shrink_caches */
  #shrinkCaches(classZone: ClassZone, priority: number, wanted: number, free: Free): number {
    this.#refillInactive(Math.floor((wanted * this.#nrActive) / ((this.#nrInactive + 1) * 2)));
    return this.#shrinkCache(classZone, Math.floor(this.#nrInactive / priority), wanted, free);
  }

  /**
   * Moves up to `most` of the oldest pages used lately to the other list, from which their next use takes them back; passes
   * over those that were used again, once. @linux mm/vmscan.c refill_inactive
   */
  #refillInactive(most: number): void {
    let left = most;
    let node = this.#links.prevOf(this.#active);
    while (left > 0 && node !== this.#active) {
      const before = this.#links.prevOf(node);
      const wasUsed = this.#referenced.get(node) === 1;
      this.#takeOff(node);
      this.#putFirst(node, wasUsed ? ACTIVE : INACTIVE);
      this.#referenced.put(node, wasUsed ? 0 : 1);
      if (!wasUsed) left--;
      node = before;
    }
  }

  /**
   * Frees pages of the class from the tail of the list, and puts the others first on it; looks at `scan` pages. Returns the
   * number of pages that are still wanted. @linux mm/vmscan.c shrink_cache
   */
  #shrinkCache(classZone: ClassZone, scan: number, wanted: number, free: Free): number {
    let left = wanted;
    for (let n = Math.min(scan, this.#nrInactive); n > 0 && left > 0; n--) {
      const node: CacheIndex = this.#links.prevOf(this.#inactive);
      const frame = this.#frameOf(node);
      this.#takeOff(node);
      if (!classZone.memclass(frame)) this.#putFirst(node, INACTIVE);
      else if (free(frame, order(0)).kind === 'done') left--;
    }
    return left;
  }

  /** Returns the index of a page, or -1 if the page is in no zone. */
  #nodeOf(frame: Pfn): CacheIndex {
    for (const { first, base, pages } of this.#spans) {
      if (frame >= base && frame < base + pages) return first + frame - base;
    }
    return -1;
  }

  #frameOf(node: CacheIndex): Pfn {
    const span = this.#spans.findLast(({ first }) => first <= node);
    return pfn(span === undefined ? -1 : span.base + node - span.first);
  }

  #putFirst(node: CacheIndex, list: typeof ACTIVE | typeof INACTIVE): void {
    this.#links.listAdd(node, list === ACTIVE ? this.#active : this.#inactive);
    this.#list.put(node, list);
    if (list === ACTIVE) this.#nrActive++;
    else this.#nrInactive++;
  }

  #takeOff(node: CacheIndex): void {
    this.#links.listDel(node);
    if (this.#list.get(node) === ACTIVE) this.#nrActive--;
    else this.#nrInactive--;
    this.#list.put(node, OFF);
  }
}
