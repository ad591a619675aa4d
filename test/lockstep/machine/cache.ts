/** A page cache and its specification: told the same, compared after every reclaim. */
import { LruReclaimer } from '../../../src/index.ts';
import { pageCache } from '../../../spec/index.ts';
import { refuteCache, snapshotMachine, tell } from '../../../invariants/index.ts';
import type { BackingStore, ClassZone, Free, PageUsers, Reclaimer } from '../../../src/index.ts';
import type {
  CacheAction,
  Gfp,
  Machine,
  MachineObservation,
  PageCacheObservation,
  PageOutcome,
  Pfn,
} from '../../../protocol/index.ts';

/** What makes page caches: the sound sources, or broken ones. */
export type MakeCache = (machine: Machine, store: BackingStore) => LruReclaimer;

const soundCache: MakeCache = (machine, store) => new LruReclaimer(machine, undefined, store);

/** Two of three writes are done at once. */
const isPrompt = ({ head }: CacheAction): boolean => head % 3 > 0;

/** A page cache beside its specification; it stops at the first thing that differs. */
export class BothCaches implements Reclaimer {
  right: PageCacheObservation = pageCache.EMPTY_CACHE;
  readonly lru: LruReclaimer;
  /** What it saw: each kind of action, by mask; what FS, IO or HIGHIO kept it from. */
  readonly seen: Set<string> = new Set();
  #memory: MachineObservation | undefined;
  #pages: PageUsers | undefined;
  #actions: CacheAction[] = [];

  constructor(machine: Machine, make: MakeCache = soundCache) {
    const act = (kind: CacheAction['kind'], head: Pfn): boolean => {
      this.#actions.push({ kind, head });
      return isPrompt({ kind, head });
    };
    this.lru = make(machine, {
      writePage: (head) => act('write', head),
      waitOnPage: (head) => void act('wait', head),
      writeBuffers: (head) => act('flush', head),
    });
  }

  /** Says what the memory holds that the cache is of. */
  watch(memory: MachineObservation): void {
    this.#memory = memory;
  }

  attach(pages: PageUsers): void {
    this.#pages = pages;
    this.lru.attach(pages);
  }

  holds(head: Pfn): boolean {
    return this.lru.holds(head);
  }

  wakeKswapd(): void {
    this.lru.wakeKswapd();
  }

  /** Adds a page; both must agree on whether it comes in. Returns whether it did. */
  add(head: Pfn): boolean {
    const misuse = pageCache.addMisuse(this.right, head, this.#pages?.usersOf(head) ?? 0);
    const said = misuseOf(this.lru.addToPageCache(head));
    if (said !== misuse) throw new Error(`RECLAIM-5 refuted: adding frame ${head} was answered ${said ?? 'done'}`);
    if (misuse === undefined) this.right = pageCache.addPage(this.right, head);
    return misuse === undefined;
  }

  remove(head: Pfn): void {
    this.right = pageCache.removePage(this.right, head);
    this.lru.removeFromPageCache(head);
  }

  use(head: Pfn): void {
    this.right = pageCache.usePage(this.right, head);
    this.lru.markPageAccessed(head);
  }

  dirty(head: Pfn): void {
    this.right = pageCache.changePage(this.right, head, { contents: 'dirty' });
    this.lru.setPageDirty(head);
  }

  buffer(head: Pfn, buffers: 'clean' | 'dirty'): void {
    this.right = pageCache.changePage(this.right, head, { buffers });
    this.lru.setBuffers(head, buffers);
  }

  /** Ends the writing of every page that is being written. */
  written(): void {
    const writing = [...this.right.active, ...this.right.inactive].filter(({ contents }) => contents === 'writing');
    for (const { head } of writing) {
      this.right = pageCache.changePage(this.right, head, { contents: 'clean' });
      this.lru.endPageIo(head);
    }
  }

  tryToFreePagesZone(classZone: ClassZone, gfp: Gfp, free: Free): boolean {
    const [memory, pages] = [this.#memory, this.#pages];
    if (memory === undefined || pages === undefined) throw new Error('there is no memory yet');
    const cache = this.lru.observe();
    const isHighmem = (head: Pfn): boolean => zoneName(memory, head) === 'HighMem';
    const cached = [...cache.active, ...cache.inactive].map(({ head }) => head);
    const single = new Set(cached.filter((head) => pages.usersOf(head) === 1));
    const isWanted = (head: Pfn): boolean => classZone.memclass(head) && single.has(head);
    const right = pageCache.reclaimCache(this.right, { gfp, isWanted, isHighmem, isPrompt });
    const memclass = (head: Pfn): boolean => classZone.memclass(head);
    const reclaim = { cache, memory: snapshotMachine(memory), gfp, memclass };
    this.#actions = [];
    const success = this.lru.tryToFreePagesZone(classZone, gfp, (head, order) => {
      this.#actions.push({ kind: 'free', head });
      return free(head, order);
    });
    const [wrong] = refuteCache({ ...reclaim, actions: this.#actions });
    if (wrong !== undefined) throw new Error(tell(wrong));
    this.#same('RECLAIM-4', this.#actions, right.actions);
    this.right = right.cache;
    this.compare();
    if (success !== (right.wanted === 0)) throw new Error(`RECLAIM-4 refuted: success is ${String(success)}`);
    for (const { kind, head } of this.#actions) this.seen.add(`${kind} ${isHighmem(head) ? 'high' : 'low'}`);
    for (const one of cached) if (!single.has(one)) this.seen.add('in use');
    return success;
  }

  /** Compares what both hold. */
  compare(): void {
    this.#same('RECLAIM-4', this.lru.observe(), this.right);
  }

  #same(clause: string, seen: unknown, right: unknown): void {
    const [one, other] = [JSON.stringify(seen), JSON.stringify(right)];
    if (one !== other) throw new Error(`${clause} refuted: the page cache did ${one}, not ${other}`);
  }
}

const misuseOf = (outcome: PageOutcome): string | undefined =>
  outcome.kind === 'rejected' ? outcome.misuse : undefined;

const zoneName = ({ zones }: MachineObservation, head: Pfn): string | undefined =>
  zones.find(({ buddy: { arena } }) => head >= arena.base && head < arena.base + arena.pages)?.name;
