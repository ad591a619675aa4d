import { Field } from '../words/field.ts';
import { Links } from '../words/list-head.ts';
import { order, pfn } from '../words/unit.ts';
import type { ClassZone, Free, Reclaimer } from './reclaim.ts';
import type { Gfp, Machine, Pfn } from '../../protocol/index.ts';

/** Pages that a reclaim is after. @linux include/linux/swap.h SWAP_CLUSTER_MAX */
const SWAP_CLUSTER_MAX = 32;
/** How often it goes over the lists, each time farther. @linux mm/vmscan.c DEF_PRIORITY */
const DEF_PRIORITY = 6;

const OFF = 0;
const INACTIVE = 1;
const ACTIVE = 2;

interface Span {
  readonly first: number;
  readonly base: number;
  readonly pages: number;
}

/** Every zone's frames, one zone behind the other. */
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
 * A reclaimer over the page cache: single pages on two lists, those used lately and those not. Everything that it does
 * follows from what it was told, in the order in which it was told.
 * @clause RECLAIM-4 @linux mm/vmscan.c shrink_caches
 * @departure PAGE-CACHE pages are clean and nobody's but the cache's: nothing is written back, unmapped or swapped out, and slabs, inodes and dentries are not shrunk
 */
export class LruReclaimer implements Reclaimer {
  readonly #spans: readonly Span[];
  readonly #links: Links;
  readonly #list: Field;
  readonly #referenced: Field;
  readonly #active: number;
  readonly #inactive: number;
  readonly #outOfMemory: () => void;
  #nrActive = 0;
  #nrInactive = 0;
  #awake = false;

  /** `outOfMemory` is called where a reclaim was in vain: somebody may be killed. */
  constructor(machine: Machine, outOfMemory: () => void = () => undefined) {
    this.#spans = spansOf(machine);
    const pages = this.#spans.reduce((sum, span) => sum + span.pages, 0);
    this.#links = new Links(new Int32Array(2 * (pages + 2)));
    this.#list = new Field(new Int32Array(pages));
    this.#referenced = new Field(new Int32Array(pages));
    for (let node = 0; node < pages; node++) this.#links.initUnlinked(node);
    this.#active = pages;
    this.#inactive = pages + 1;
    this.#links.initListHead(this.#active);
    this.#links.initListHead(this.#inactive);
    this.#outOfMemory = outOfMemory;
  }

  /** Pages on the list of those used lately, and on the other. */
  get lists(): { readonly active: number; readonly inactive: number } {
    return { active: this.#nrActive, inactive: this.#nrInactive };
  }

  /** Whether kswapd was woken since it last slept. */
  get kswapdAwake(): boolean {
    return this.#awake;
  }

  /** A page that was granted at order 0 now holds part of a file: it may be taken away at any time. @linux mm/swap.c lru_cache_add */
  addToPageCache(frame: Pfn): boolean {
    const node = this.#nodeOf(frame);
    if (node < 0 || this.#list.get(node) !== OFF) return false;
    this.#putFirst(node, INACTIVE);
    this.#referenced.put(node, 0);
    return true;
  }

  /** A page is used: the second time, it counts as used lately. @linux mm/swap.c mark_page_accessed */
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

  /** A page leaves the cache by itself: its owner frees it. @linux mm/swap.c lru_cache_del */
  removeFromPageCache(frame: Pfn): boolean {
    const node = this.#nodeOf(frame);
    if (node < 0 || this.#list.get(node) === OFF) return false;
    this.#takeOff(node);
    return true;
  }

  wakeKswapd(): void {
    this.#awake = true;
  }

  /** kswapd has nothing more to do. */
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

  /** @linux mm/vmscan.c shrink_caches */
  #shrinkCaches(classZone: ClassZone, priority: number, wanted: number, free: Free): number {
    this.#refillInactive(Math.floor((wanted * this.#nrActive) / ((this.#nrInactive + 1) * 2)));
    return this.#shrinkCache(classZone, Math.floor(this.#nrInactive / priority), wanted, free);
  }

  /**
   * Moves the oldest of the pages used lately to the other list, where the next use takes them back; those that were used
   * again are passed over once. @linux mm/vmscan.c refill_inactive
   */
  #refillInactive(most: number): void {
    let left = most;
    let node = this.#links.prevOf(this.#active);
    while (left > 0 && node !== this.#active) {
      const behind = this.#links.prevOf(node);
      const wasUsed = this.#referenced.get(node) === 1;
      this.#takeOff(node);
      this.#putFirst(node, wasUsed ? ACTIVE : INACTIVE);
      this.#referenced.put(node, wasUsed ? 0 : 1);
      if (!wasUsed) left--;
      node = behind;
    }
  }

  /** Frees pages of the class from the tail; the others go first on the list. @linux mm/vmscan.c shrink_cache */
  #shrinkCache(classZone: ClassZone, scan: number, wanted: number, free: Free): number {
    let left = wanted;
    for (let n = Math.min(scan, this.#nrInactive); n > 0 && left > 0; n--) {
      const node = this.#links.prevOf(this.#inactive);
      const frame = this.#frameOf(node);
      this.#takeOff(node);
      if (!classZone.memclass(frame)) this.#putFirst(node, INACTIVE);
      else if (free(frame, order(0)).kind === 'done') left--;
    }
    return left;
  }

  #nodeOf(frame: Pfn): number {
    for (const { first, base, pages } of this.#spans) {
      if (frame >= base && frame < base + pages) return first + frame - base;
    }
    return -1;
  }

  #frameOf(node: number): Pfn {
    const span = this.#spans.findLast(({ first }) => first <= node);
    return pfn(span === undefined ? -1 : span.base + node - span.first);
  }

  #putFirst(node: number, list: typeof ACTIVE | typeof INACTIVE): void {
    this.#links.listAdd(node, list === ACTIVE ? this.#active : this.#inactive);
    this.#list.put(node, list);
    if (list === ACTIVE) this.#nrActive++;
    else this.#nrInactive++;
  }

  #takeOff(node: number): void {
    this.#links.listDel(node);
    if (this.#list.get(node) === ACTIVE) this.#nrActive--;
    else this.#nrInactive--;
    this.#list.put(node, OFF);
  }
}
