/** Tests the lockstep of a machine whose page cache is reclaimed from. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BothCaches } from './cache.ts';
import { BothMachines } from './lockstep.ts';
import { MachineCoverage } from './coverage.ts';
import { campaign, mutating } from '../../arbitrary/campaign.ts';
import { cachedPagesAreInUse, tell } from '../../../invariants/index.ts';
import { commandOf } from './run.ts';
import { freePages, getPage, usersOf } from '../../../spec/machine/users.ts';
import { machineIntents, machinesOf } from '../../arbitrary/machine.ts';
import { order } from '../../../spec/unit.ts';
import { pageCache } from '../../../spec/index.ts';
import type { Machine, PageCommand, Pfn } from '../../../protocol/index.ts';
import type { MachineIntent } from '../../arbitrary/machine.ts';

/** What is done with a page of the cache, or with one that might be in it. */
const CACHE = ['use', 'use', 'use', 'dirty', 'buffers', 'dirty buffers', 'add', 'remove'] as const;

/** KERNEL, USER, HIGHUSER, then masks without FS, without HIGHIO, and without IO, of low and of high memory. */
const MASKS = [0x1d2, 0x1d2, 0x1d0, 0x1f0, 0xf0, 0xd2, 0x70, 0x52, 0x30, 0x12] as const;

/** Requests of a reader's: single pages that may wait, which are mostly put into the page cache at once. */
const reads = fc
  .tuple(fc.constantFrom(...MASKS), fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 9 }))
  .map(([gfp, node, keep]) => ({ kind: 'read' as const, gfp, node, cached: keep > 1 }));

const steps = fc.oneof(
  { weight: 12, arbitrary: reads },
  { weight: 4, arbitrary: machineIntents },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('cache' as const), act: fc.constantFrom(...CACHE), nth: fc.nat(4095) }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'clock' as const }) },
);

type Step = MachineIntent | (typeof steps extends fc.Arbitrary<infer T> ? T : never);

/** A machine and its page cache, as far as a caller knows. */
class Reader {
  readonly both: BothMachines;
  readonly caches: BothCaches;
  turns = 0;
  refused = 0;

  constructor(machine: Machine, seen: MachineCoverage) {
    this.caches = new BothCaches(machine);
    this.both = new BothMachines(machine, this.caches, seen);
    this.caches.watch(this.both.memory.observe());
  }

  step(step: Step): void {
    switch (step.kind) {
      case 'read':
        return this.#read(step.gfp, step.node, step.cached);
      case 'cache':
        return this.#cache(step.act, step.nth);
      case 'clock':
        return this.#clock();
      case 'free':
      case 'free-any':
        return this.#free(commandOf(this.both.live, this.both.state.machine, step));
      case 'allocate':
      case 'get':
      case 'kswapd':
        this.both.ask(commandOf(this.both.live, this.both.state.machine, step));
    }
  }

  /** The page that the cache alone uses is not the caller's to free: the free is rejected, and nothing changes. */
  #free(command: PageCommand): void {
    if (command.kind !== 'free-pages') return;
    const { head, order: of } = command;
    const users = usersOf(this.both.state, head);
    if (of !== 0 || !pageCache.takesFromCache(this.caches.right, head, users)) return void this.both.ask(command);
    const outcome = this.both.memory.freePages(head, of);
    expect(outcome).toEqual({ kind: 'rejected', misuse: 'in-page-cache', clause: 'RECLAIM-5' });
    this.refused++;
  }

  #read(gfp: number, node: number, cached: boolean): void {
    const intent = { kind: 'allocate', gfp, order: 0, task: 0, node, bound: false, plan: [] } as const;
    const { outcome } = this.both.ask(commandOf(this.both.live, this.both.state.machine, intent));
    if (outcome.kind !== 'granted' || !cached) return;
    if (this.#add(outcome.head)) this.both.ask({ kind: 'free-pages', head: outcome.head, order: order(0) });
  }

  /** The cache becomes a user of the page, which the specification of the machine is told. */
  #add(head: Pfn): boolean {
    const isAdded = this.caches.add(head);
    if (isAdded) this.both.state = getPage(this.both.state, head).next;
    return isAdded;
  }

  /** Removes a page as one who uses it meanwhile. */
  #remove(head: Pfn): void {
    if (!pageCache.isCached(this.caches.right, head)) return;
    this.both.ask({ kind: 'get-page', head });
    this.caches.remove(head);
    this.both.state = freePages(this.both.state, { head, order: order(0) }).next;
    this.both.ask({ kind: 'free-pages', head, order: order(0) });
  }

  #cache(act: (typeof CACHE)[number], nth: number): void {
    const heads: readonly Pfn[] = this.both.live.map(({ head }) => head);
    const head = heads[nth % Math.max(1, heads.length)];
    if (head === undefined) return;
    switch (act) {
      case 'use':
        return this.caches.use(head);
      case 'dirty':
        return this.caches.dirty(head);
      case 'buffers':
        return this.caches.buffer(head, 'clean');
      case 'dirty buffers':
        return this.caches.buffer(head, 'dirty');
      case 'add':
        return void this.#add(head);
      case 'remove':
        return this.#remove(head);
    }
  }

  /** kswapd's turns for as long as it was woken and something asks for balance; what is being written is written by then. */
  #clock(): void {
    this.caches.written();
    if (!this.caches.lru.kswapdAwake) return;
    const asks = (): boolean => this.both.state.zones.some(({ needBalance }) => needBalance);
    for (let n = 0; n < 20 && asks(); n++) {
      this.both.ask({ kind: 'kswapd' });
      this.turns++;
    }
    this.caches.lru.sleep();
  }

  /** What holds at the end of a run. */
  end(): void {
    this.both.invariants();
    this.caches.compare();
    const wrong = cachedPagesAreInUse.refute({ cache: this.caches.lru.observe(), memory: this.both.memory.observe() });
    if (wrong !== undefined) throw new Error(tell(wrong));
  }
}

/** Room for more than one reclaim of 32 pages. */
const large = machinesOf(fc.integer({ min: 40, max: 100 }));

test('RECLAIM-1, RECLAIM-2, RECLAIM-3, RECLAIM-4, RECLAIM-5, RECLAIM-6, RECLAIM-7, RECLAIM-8, RECLAIM-9 · with a page cache that is reclaimed from, a machine still does what its specification does', () => {
  const seen = new MachineCoverage();
  const acted = new Set<string>();
  let [turns, refused] = [0, 0];
  fc.assert(
    fc.property(large, fc.array(steps, { maxLength: 600, size: 'max' }), (machine, all) => {
      const reader = new Reader(machine, seen);
      for (const step of all) reader.step(step);
      reader.end();
      turns += reader.turns;
      refused += reader.refused;
      for (const one of reader.caches.seen) acted.add(one);
    }),
    { ...campaign(40, 30), endOnFailure: mutating },
  );
  expect([turns > 0, refused > 0]).toEqual([true, true]);
  const kinds = ['free', 'write', 'wait', 'flush'].flatMap((kind) => [`${kind} low`, `${kind} high`]);
  expect([...kinds, 'in use'].filter((one) => !acted.has(one))).toEqual([]);
  const must = [
    'reclaim grants',
    'reclaim fails',
    'again grants',
    'again fails',
    'no progress',
    'kswapd woken',
    'kswapd balanced a zone',
    'kswapd gave a zone up',
    'kept block given back',
    'reclaim that failed but freed',
  ] as const;
  expect(must.filter((event) => seen.count(event) === 0)).toEqual([]);
});
