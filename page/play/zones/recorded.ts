/** The page cache of `src`, and a record of what each of its reclaims freed. */
import { LruReclaimer } from '../../../src/index.ts';
import type { Block, Gfp, Machine, PageOutcome, Pfn, Round } from '../../../protocol/index.ts';
import type { ClassZone, Free, PageUsers, Reclaimer } from '../../../src/index.ts';

/** A reclaimer that does what LruReclaimer does, and notes it. */
export class RecordedReclaimer implements Reclaimer {
  readonly #lru: LruReclaimer;
  #rounds: Round[] = [];

  constructor(machine: Machine) {
    this.#lru = new LruReclaimer(machine);
  }

  /** Whether kswapd was woken since it last slept. */
  get awake(): boolean {
    return this.#lru.kswapdAwake;
  }

  /** Returns what was freed since this was last asked, reclaim by reclaim. */
  takeRounds(): readonly Round[] {
    const rounds = this.#rounds;
    this.#rounds = [];
    return rounds;
  }

  /** Adds a page to the page cache. */
  add(head: Pfn): PageOutcome {
    return this.#lru.addToPageCache(head);
  }

  /** Notes that kswapd has nothing more to do. */
  sleep(): void {
    this.#lru.sleep();
  }

  attach(pages: PageUsers): void {
    this.#lru.attach(pages);
  }

  holds(head: Pfn): boolean {
    return this.#lru.holds(head);
  }

  wakeKswapd(): void {
    this.#lru.wakeKswapd();
  }

  tryToFreePagesZone(classZone: ClassZone, gfp: Gfp, free: Free): boolean {
    const freed: Block[] = [];
    const success = this.#lru.tryToFreePagesZone(classZone, gfp, (head, order) => {
      const outcome = free(head, order);
      if (outcome.kind === 'done') freed.push({ head, order });
      return outcome;
    });
    this.#rounds.push({ freed, success });
    return success;
  }
}
