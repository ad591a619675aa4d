/** The timed runs of a whole machine: its front door, and a day under pressure. */

import {
  GFP_ATOMIC,
  GFP_HIGHUSER,
  GFP_KERNEL,
  LruReclaimer,
  createMachine,
  machineOf,
  nodeId,
  order,
  pfn,
} from '../../../src/index.ts';
import { Random } from '../../../conformance/random.ts';
import { processorSince, sliced } from '../timed.ts';
import { slotOrders } from '../trace.ts';
import type { Machine, PageOutcome } from '../../../protocol/index.ts';
import type { PhysicalMemory, Reclaimer } from '../../../src/index.ts';
import type { Timed } from '../timed.ts';
import type { Trace } from '../trace.ts';

function memoryOf(machine: Machine, reclaimer: Reclaimer): PhysicalMemory {
  const created = createMachine(machine, reclaimer);
  if (created.kind === 'rejected') throw new Error(created.why);
  created.memory.handOverAll();
  return created.memory;
}

const NO_MARKS = { ratio: 2 ** 30, least: 0, most: 0 };

/**
 * The whole front door on the trace that the bare buddy system is timed on: one zone, whose marks are 0, so that what is
 * granted differs in what would leave nothing free alone. Processor time.
 */
export function runFrontDoor(trace: Trace): Timed {
  const { operations, orders, pages } = trace;
  const balance = { DMA: NO_MARKS, Normal: NO_MARKS, HighMem: NO_MARKS };
  const limits = { dma: pfn(0), normal: pfn(pages) };
  const machine = machineOf([{ first: 0, end: pages }], { limits, balance, orders });
  const memory = memoryOf(machine, { wakeKswapd: () => undefined, tryToFreePagesZone: () => false });
  const orderOf = slotOrders(trace);
  const granted = new Int32Array(orderOf.length);
  const nanoseconds: number[] = [];
  let slot = 0;
  for (const [from, end] of sliced(operations.length, nanoseconds)) {
    for (let n = from; n < end; n++) {
      const v = operations[n] ?? 0;
      if (v >= 0) {
        const outcome = memory.allocPages(GFP_ATOMIC, order(v));
        granted[slot++] = outcome.kind === 'granted' ? outcome.head : -1;
      } else {
        memory.freePages(pfn(granted[~v] ?? 0), order(orderOf[~v] ?? 0));
      }
    }
  }
  return { nanoseconds, operations: operations.length };
}

/** What a day came to. */
export interface Day {
  readonly operations: number;
  readonly nsPerOperation: number;
  /** How often each answer came. */
  readonly answers: Readonly<Record<PageOutcome['kind'], number>>;
  readonly kswapdTurns: number;
  readonly directReclaims: number;
  /** The most that the process had, in MiB, with the machine of it. */
  readonly mostMebibytes: number;
}

const GIB = 2 ** 18;
/** Blocks that the kernel itself holds at most. */
const KERNEL_BLOCKS = 2 ** 15;
const CLOCK_EVERY = 1024;

/** Counts what passes through to a reclaimer. */
class Counting implements Reclaimer {
  reclaims = 0;
  readonly #inner: LruReclaimer;

  constructor(inner: LruReclaimer) {
    this.#inner = inner;
  }

  wakeKswapd(): void {
    this.#inner.wakeKswapd();
  }

  tryToFreePagesZone(...args: Parameters<Reclaimer['tryToFreePagesZone']>): boolean {
    this.reclaims++;
    return this.#inner.tryToFreePagesZone(...args);
  }
}

/** A machine of 16 GiB in two nodes, used for a day: files are read for ever, the kernel takes and gives blocks, kswapd has its turns. */
class DayMachine {
  readonly #machine = machineOf([
    { first: 0, end: 8 * GIB },
    { first: 8 * GIB, end: 16 * GIB },
  ]);
  readonly #lru = new LruReclaimer(this.#machine);
  readonly #counting = new Counting(this.#lru);
  readonly #memory = memoryOf(this.#machine, this.#counting);
  readonly #random = new Random(7);
  readonly #heads = new Float64Array(KERNEL_BLOCKS);
  readonly #orders = new Uint8Array(KERNEL_BLOCKS);
  #held = 0;
  turns = 0;
  readonly answers: Record<PageOutcome['kind'], number> = {
    granted: 0,
    exhausted: 0,
    stalled: 0,
    done: 0,
    rejected: 0,
  };

  get reclaims(): number {
    return this.#counting.reclaims;
  }

  operate(n: number): void {
    if (n % CLOCK_EVERY === 0) this.#clock();
    const dice = this.#random.below(16);
    if (dice < 9) this.#read(n);
    else if (dice < 12) this.#use();
    else if (dice < 14 && this.#held < KERNEL_BLOCKS) this.#take(n);
    else this.#give();
  }

  #read(n: number): void {
    const outcome = this.#memory.allocPages(GFP_HIGHUSER, order(0), nodeId(n & 1));
    this.answers[outcome.kind]++;
    if (outcome.kind !== 'granted') return;
    this.#lru.addToPageCache(outcome.head);
    this.#memory.putPage(outcome.head);
  }

  #use(): void {
    this.#lru.markPageAccessed(pfn(this.#random.below(16 * GIB)));
  }

  #take(n: number): void {
    const of = order(this.#random.pick([0, 0, 0, 1, 2, 3]));
    const outcome = this.#memory.allocPages(n % 8 === 0 ? GFP_ATOMIC : GFP_KERNEL, of, nodeId(0));
    this.answers[outcome.kind]++;
    if (outcome.kind !== 'granted') return;
    this.#heads[this.#held] = outcome.head;
    this.#orders[this.#held++] = of;
  }

  #give(): void {
    if (this.#held === 0) return;
    const at = this.#random.below(this.#held);
    const outcome = this.#memory.freePages(pfn(this.#heads[at] ?? 0), order(this.#orders[at] ?? 0));
    this.answers[outcome.kind]++;
    const last = --this.#held;
    this.#heads[at] = this.#heads[last] ?? 0;
    this.#orders[at] = this.#orders[last] ?? 0;
  }

  #clock(): void {
    if (!this.#lru.kswapdAwake) return;
    for (let n = 0; n < 100 && this.#memory.balance(); n++) this.turns++;
    this.turns++;
    this.#lru.sleep();
  }
}

/** Simulates a day of a machine, watching the memory of the process. Calls `tell` with the operations done so far. */
export function runDay(operations: number, tell: (done: number) => void): Day {
  const day = new DayMachine();
  let most = 0;
  const from = process.cpuUsage();
  for (let n = 0; n < operations; n++) {
    day.operate(n);
    if (n % 1_000_000 !== 0) continue;
    most = Math.max(most, process.memoryUsage.rss());
    tell(n);
  }
  const nanoseconds = processorSince(from);
  return {
    operations,
    nsPerOperation: nanoseconds / operations,
    answers: day.answers,
    kswapdTurns: day.turns,
    directReclaims: day.reclaims,
    mostMebibytes: Math.round(most / 2 ** 20),
  };
}
