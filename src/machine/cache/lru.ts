// A reclaimer over a page cache: single pages on two lists, one of those used lately and one of the others.
import { ACTIVE, INACTIVE, LruLists, OFF } from './lists.ts';
import { PROMPT_STORE } from './backing-store.ts';
import { PageContents } from './contents.ts';
import { done, rejected } from '../answer.ts';
import { mayEnterFs, mayStartIo } from '../gfp.ts';
import { order } from '../../words/unit.ts';
import type { BackingStore } from './backing-store.ts';
import type { CacheIndex } from '../../words/unit.ts';
import type { CachedPage, Gfp, Machine, PageCacheObservation, PageOutcome, Pfn } from '../../../protocol/index.ts';
import type { ClassZone, Free, PageUsers, Reclaimer } from '../reclaim.ts';

/** The number of pages that a reclaim tries to free. @linux include/linux/swap.h SWAP_CLUSTER_MAX */
const SWAP_CLUSTER_MAX = 32;
/** How often a reclaim goes over the lists, each time farther. @linux mm/vmscan.c DEF_PRIORITY */
const DEF_PRIORITY = 6;

/** A memory without pages, until the reclaimer is attached to one. */
const NO_PAGES: PageUsers = {
  usersOf: () => 0,
  getPage: () => rejected('no-such-page'),
  putPage: () => rejected('no-such-page'),
};

/**
 * A reclaimer over the page cache: single pages on two lists, one of those used lately and one of the others. The cache is a
 * user of each of them. It is deterministic: what it does follows from the calls made to it, in their order.
 * @clause RECLAIM-4 @linux mm/vmscan.c shrink_caches
 * @departure PAGE-CACHE a page that somebody else uses is passed over: nothing is unmapped or swapped out, and slabs, inodes and dentries are not shrunk
 */
export class LruReclaimer implements Reclaimer {
  readonly #lists: LruLists;
  readonly #contents: PageContents;
  readonly #outOfMemory: () => void;
  readonly #store: BackingStore;
  #pages: PageUsers = NO_PAGES;
  #awake = false;

  /** `outOfMemory` is called if a reclaim was in vain: the caller may kill a task. Dirty pages are written to `store`. */
  constructor(machine: Machine, outOfMemory: () => void = () => undefined, store: BackingStore = PROMPT_STORE) {
    this.#lists = new LruLists(machine);
    this.#contents = new PageContents(this.#lists.size);
    this.#outOfMemory = outOfMemory;
    this.#store = store;
  }

  /** The number of pages on the list of those used lately, and on the other. */
  get lists(): { readonly active: number; readonly inactive: number } {
    return { active: this.#lists.nrActive, inactive: this.#lists.nrInactive };
  }

  /** Whether kswapd was woken since it last slept. */
  get kswapdAwake(): boolean {
    return this.#awake;
  }

  attach(pages: PageUsers): void {
    this.#pages = pages;
  }

  holds(head: Pfn): boolean {
    return this.#lists.listOf(this.#lists.nodeOf(head)) !== OFF;
  }

  /**
   * Adds a single page that is outstanding: it holds part of a file now, clean and without buffers. The cache becomes a user
   * of it, so that the caller frees the page if it needs it no more. Rejects any other page, and one that is in the cache.
   * @clause RECLAIM-5 @linux mm/filemap.c add_to_page_cache
   */
  addToPageCache(head: Pfn): PageOutcome {
    if (this.holds(head)) return rejected('in-page-cache');
    const node = this.#lists.nodeOf(head);
    if (node < 0 || this.#pages.usersOf(head) === 0) return rejected('no-such-page');
    if (this.#pages.getPage(head).kind !== 'done') return rejected('no-such-page');
    this.#lists.putFirst(node, INACTIVE);
    this.#lists.setReferenced(node, false);
    this.#contents.set(node, 'clean');
    this.#contents.setBuffers(node, 'none');
    return done;
  }

  /**
   * Removes a page, and takes the cache's user from it: if there is no other, the page becomes free. Rejects a page that is not
   * in the cache.
   * @clause RECLAIM-5 @linux mm/filemap.c remove_inode_page
   */
  removeFromPageCache(head: Pfn): PageOutcome {
    if (!this.holds(head)) return rejected('no-such-page');
    this.#lists.takeOff(this.#lists.nodeOf(head));
    return this.#pages.putPage(head);
  }

  /** Notes that a page is used; the second use moves it to the list of those used lately. @linux mm/swap.c mark_page_accessed */
  markPageAccessed(head: Pfn): PageOutcome {
    if (!this.holds(head)) return rejected('no-such-page');
    const lists = this.#lists;
    const node = lists.nodeOf(head);
    const isSecond = lists.listOf(node) === INACTIVE && lists.isReferenced(node);
    if (isSecond) {
      lists.takeOff(node);
      lists.putFirst(node, ACTIVE);
    }
    lists.setReferenced(node, !isSecond);
    return done;
  }

  /** Notes that a page was written to, and not to its file. @linux include/linux/mm.h SetPageDirty */
  setPageDirty(head: Pfn): PageOutcome {
    return this.#note(head, (node) => this.#contents.set(node, 'dirty'));
  }

  /** Notes that a page has buffers, clean or dirty, through which it is read and written. @linux fs/buffer.c create_empty_buffers */
  setBuffers(head: Pfn, buffers: 'clean' | 'dirty'): PageOutcome {
    return this.#note(head, (node) => this.#contents.setBuffers(node, buffers));
  }

  /** Notes that a page which was being written is written. @linux mm/page_io.c end_page_io */
  endPageIo(head: Pfn): PageOutcome {
    return this.#note(head, (node) => {
      if (this.#contents.of(node) === 'writing') this.#contents.set(node, 'clean');
    });
  }

  /** Returns all that the page cache holds now. */
  observe(): PageCacheObservation {
    const page = (node: CacheIndex): CachedPage => ({
      head: this.#lists.frameOf(node),
      referenced: this.#lists.isReferenced(node),
      contents: this.#contents.of(node),
      buffers: this.#contents.buffersOf(node),
    });
    return { active: this.#lists.on(ACTIVE).map(page), inactive: this.#lists.on(INACTIVE).map(page) };
  }

  wakeKswapd(): void {
    this.#awake = true;
  }

  /** Notes that kswapd has nothing more to do. */
  sleep(): void {
    this.#awake = false;
  }

  tryToFreePagesZone(classZone: ClassZone, gfp: Gfp, free: Free): boolean {
    let wanted = SWAP_CLUSTER_MAX;
    for (let priority = DEF_PRIORITY; priority > 0; priority--) {
      const { nrActive, nrInactive } = this.#lists;
      this.#lists.refillInactive(Math.floor((wanted * nrActive) / ((nrInactive + 1) * 2)));
      wanted = this.#shrinkCache(classZone, Math.floor(this.#lists.nrInactive / priority), wanted, gfp, free);
      if (wanted <= 0) return true;
    }
    this.#outOfMemory();
    return false;
  }

  /**
   * Frees pages of the class from the tail of the list, and puts the others first on it; looks at `scan` pages. Returns the
   * number of pages that are still wanted. @clause RECLAIM-4 @clause RECLAIM-6 @linux mm/vmscan.c shrink_cache
   */
  #shrinkCache(classZone: ClassZone, scan: number, wanted: number, gfp: Gfp, free: Free): number {
    const lists = this.#lists;
    let left = wanted;
    for (let n = Math.min(scan, lists.nrInactive); n > 0 && left > 0; n--) {
      const node = lists.oldestInactive();
      const head = lists.frameOf(node);
      lists.takeOff(node);
      const isTried = classZone.memclass(head) && this.#pages.usersOf(head) === 1;
      if (!isTried || !this.#launder(node, gfp)) lists.putFirst(node, INACTIVE);
      else if (free(head, order(0)).kind === 'done') left--;
    }
    return left;
  }

  /**
   * Does what the mask permits so that a page can be freed without loss. Returns whether it can. A page that is written stays
   * for a later turn. @clause RECLAIM-6 @clause RECLAIM-7 @linux mm/vmscan.c shrink_cache
   */
  #launder(node: CacheIndex, gfp: Gfp): boolean {
    const contents = this.#contents;
    const head = this.#lists.frameOf(node);
    if (contents.of(node) === 'writing') {
      if (mayEnterFs(gfp)) {
        this.#store.waitOnPage(head);
        contents.set(node, 'clean');
      }
      return false;
    }
    if (contents.of(node) === 'dirty' && mayEnterFs(gfp)) {
      contents.set(node, 'writing');
      if (this.#store.writePage(head)) contents.set(node, 'clean');
      return false;
    }
    return this.#tryToReleasePage(node, gfp) && contents.of(node) === 'clean';
  }

  /**
   * Releases the buffers of a page, written before if they are dirty and the mask permits it. Returns whether the page has none
   * now. @clause RECLAIM-8 @clause RECLAIM-9 @linux fs/buffer.c try_to_free_buffers
   */
  #tryToReleasePage(node: CacheIndex, gfp: Gfp): boolean {
    const contents = this.#contents;
    if (contents.buffersOf(node) === 'dirty') {
      if (!mayStartIo(gfp, this.#lists.isHighmem(node))) return false;
      if (!this.#store.writeBuffers(this.#lists.frameOf(node))) return false;
    }
    contents.setBuffers(node, 'none');
    return true;
  }

  #note(head: Pfn, change: (node: CacheIndex) => void): PageOutcome {
    if (!this.holds(head)) return rejected('no-such-page');
    change(this.#lists.nodeOf(head));
    return done;
  }
}
