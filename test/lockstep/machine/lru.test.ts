/** Tests the lockstep of a machine whose page cache is reclaimed from. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BothMachines } from './lockstep.ts';
import { LruReclaimer } from '../../../src/index.ts';
import { MachineCoverage } from './coverage.ts';
import { campaign, mutating, patience } from '../../arbitrary/campaign.ts';
import { commandOf } from './run.ts';
import { machineIntents, machinesOf } from '../../arbitrary/machine.ts';
import type { Machine, Pfn } from '../../../protocol/index.ts';
import type { MachineIntent } from '../../arbitrary/machine.ts';

/** What is done with the page cache: a page comes into it, or is used. */
interface CacheIntent {
  readonly kind: 'cache' | 'use';
  readonly nth: number;
}

/** Requests of a reader's: single pages that may wait, which are mostly put into the page cache at once. */
const reads = fc
  .tuple(fc.constantFrom(0x1d2, 0x1d2, 0x1d0, 0x1f0), fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 9 }))
  .map(([gfp, node, keep]) => ({ kind: 'read' as const, gfp, node, cached: keep > 1 }));

const steps = fc.oneof(
  { weight: 12, arbitrary: reads },
  { weight: 5, arbitrary: machineIntents },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('use' as const), nth: fc.nat(4095) }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'clock' as const }) },
);

type Step = MachineIntent | CacheIntent | (typeof steps extends fc.Arbitrary<infer T> ? T : never);

/** A machine and its page cache, as far as a caller knows. */
class Reader {
  readonly both: BothMachines;
  readonly lru: LruReclaimer;
  turns = 0;

  constructor(machine: Machine, seen: MachineCoverage) {
    this.lru = new LruReclaimer(machine);
    this.both = new BothMachines(machine, this.lru, seen);
  }

  step(step: Step): void {
    switch (step.kind) {
      case 'read':
        return this.#read(step.gfp, step.node, step.cached);
      case 'use':
      case 'cache':
        return this.#use(step.nth);
      case 'clock':
        return this.#clock();
      case 'free':
      case 'free-any': {
        const command = commandOf(this.both, step);
        if (command.kind === 'free-pages') this.lru.removeFromPageCache(command.head);
        this.both.ask(command);
        return;
      }
      case 'allocate':
      case 'get':
      case 'kswapd':
        this.both.ask(commandOf(this.both, step));
    }
  }

  #read(gfp: number, node: number, cached: boolean): void {
    const intent = { kind: 'allocate', gfp, order: 0, task: 0, node, bound: false, plan: [] } as const;
    const { outcome } = this.both.ask(commandOf(this.both, intent));
    if (outcome.kind === 'granted' && cached) this.lru.addToPageCache(outcome.head);
  }

  #use(nth: number): void {
    const heads: readonly Pfn[] = this.both.live.map(({ head }) => head);
    const head = heads[nth % Math.max(1, heads.length)];
    if (head !== undefined) this.lru.markPageAccessed(head);
  }

  /** kswapd's turns for as long as it was woken and something asks for balance. */
  #clock(): void {
    if (!this.lru.kswapdAwake) return;
    const asks = (): boolean => this.both.state.zones.some(({ needBalance }) => needBalance);
    for (let n = 0; n < 20 && asks(); n++) {
      this.both.ask({ kind: 'kswapd' });
      this.turns++;
    }
    this.lru.sleep();
  }
}

/** Room for more than one reclaim of 32 pages. */
const large = machinesOf(fc.integer({ min: 40, max: 100 }));

test(
  'RECLAIM-1, RECLAIM-2, RECLAIM-3, RECLAIM-4 · with a page cache that is reclaimed from, a machine still does what its specification does',
  { timeout: patience },
  () => {
    const seen = new MachineCoverage();
    let turns = 0;
    fc.assert(
      fc.property(large, fc.array(steps, { maxLength: 600, size: 'max' }), (machine, all) => {
        const reader = new Reader(machine, seen);
        for (const step of all) reader.step(step);
        reader.both.invariants();
        turns += reader.turns;
      }),
      { ...campaign(40, 30), endOnFailure: mutating },
    );
    expect(turns).toBeGreaterThan(0);
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
  },
);
