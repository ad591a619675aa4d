/** A machine of one zone without watermarks, with a page cache and a backing store that a test scripts. */
import { expect } from 'vitest';
import { GFP_HIGHUSER, LruReclaimer, PF_MEMALLOC, createMachine, machineOf, order, pfn } from '../../../src/index.ts';
import type { BackingStore, PhysicalMemory } from '../../../src/index.ts';
import type { Gfp, Pfn } from '../../../protocol/index.ts';

const NO_MARKS = { ratio: 2 ** 30, least: 0, most: 0 };
const BALANCE = { DMA: NO_MARKS, Normal: NO_MARKS, HighMem: NO_MARKS };

/** A store that notes what is asked of it, and writes at once or not. */
export class ScriptedStore implements BackingStore {
  readonly asked: string[] = [];
  readonly #isPrompt: boolean;

  constructor(isPrompt: boolean) {
    this.#isPrompt = isPrompt;
  }

  writePage(frame: Pfn): boolean {
    this.asked.push(`write ${frame}`);
    return this.#isPrompt;
  }

  waitOnPage(frame: Pfn): void {
    this.asked.push(`wait ${frame}`);
  }

  writeBuffers(frame: Pfn): boolean {
    this.asked.push(`flush ${frame}`);
    return this.#isPrompt;
  }
}

/** A machine of 64 frames in one zone, all of them granted, and its page cache. */
export class Cached {
  readonly memory: PhysicalMemory;
  readonly lru: LruReclaimer;
  readonly store: ScriptedStore;

  constructor(zone: 'Normal' | 'HighMem' = 'Normal', isPrompt = true) {
    const limits = { dma: pfn(0), normal: pfn(zone === 'Normal' ? 64 : 0) };
    const machine = machineOf([{ first: 0, end: 64 }], { limits, balance: BALANCE, orders: 4 });
    this.store = new ScriptedStore(isPrompt);
    this.lru = new LruReclaimer(machine, undefined, this.store);
    const created = createMachine(machine, this.lru);
    if (created.kind === 'rejected') expect.fail(created.why);
    this.memory = created.memory;
    this.memory.handOverAll();
    for (let n = 0; n < 64; n++) this.memory.allocPages(GFP_HIGHUSER, order(0), undefined, PF_MEMALLOC);
  }

  /** The first `count` pages come into the cache, which alone uses them then. */
  read(count: number, then: (frame: Pfn) => void = () => undefined): this {
    for (let n = 0; n < count; n++) {
      this.lru.addToPageCache(pfn(n));
      this.memory.putPage(pfn(n));
      then(pfn(n));
    }
    return this;
  }

  /** What one request for a page is answered. */
  ask(gfp: Gfp): string {
    return this.memory.allocPages(gfp, order(0)).kind;
  }

  users(frame: number): number {
    return this.memory.pageCount(pfn(frame));
  }
}
