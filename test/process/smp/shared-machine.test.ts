/**
 * Tests threads that are processors of one machine, through its public face: each history has an order of the steps of its calls, and
 * leads to the machine.
 */

import { MachineComparison } from '../../../conformance/kinds/machine/compare.ts';
import { Processor, createSharedMachine, machineOf, sharedMachineBytes } from '../../../src/index.ts';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { linearize, linuxMachine, startMachine, startShared } from '../../../spec/index.ts';
import { nodeId, pfn } from '../../../spec/unit.ts';
import { overlaps } from '../../../conformance/kinds/smp/oracle.ts';
import { patience } from './threads.ts';
import type { Machine, MachineObservation, NodePolicy, PageCall } from '../../../protocol/index.ts';
import type { MachineState } from '../../../spec/index.ts';

/** Calls of each processor in a round, and the rounds at least. */
const [PER_ROUND, ROUNDS] = [300, 10];

const BALANCE = { ratio: 128, least: 3, most: 255 };

/** Two nodes: the first has DMA and Normal, the second Normal and HighMem, of 32 frames each; marks of 3, 6 and 9. */
const machineWith = (policy: NodePolicy): Machine =>
  machineOf(
    [
      { first: 0, end: 64, holes: [[pfn(40), 3]] },
      { first: 64, end: 128 },
    ],
    {
      limits: { dma: pfn(32), normal: pfn(96) },
      balance: { DMA: BALANCE, Normal: BALANCE, HighMem: BALANCE },
      orders: 4,
      policy,
    },
  );

/** Threads on the processors of a machine, one of each node in turn. */
class Processors {
  readonly #workers: readonly Worker[];
  readonly seen: MachineObservation;
  #round = 0;

  constructor(machine: Machine, count: number, isLocked: boolean) {
    const buffer = new SharedArrayBuffer(sharedMachineBytes(machine));
    const reclaimer = { wakeKswapd: (): void => undefined, tryToFreePagesZone: (): boolean => false };
    const region = { buffer, byteOffset: 0 };
    const made = createSharedMachine({ machine, region, processor: new Processor(count, nodeId(0)), reclaimer });
    if (made.kind === 'rejected') throw new Error(made.why);
    made.memory.handOverAll();
    this.seen = made.memory.observe();
    const clock = new Int32Array(new SharedArrayBuffer(8));
    this.#workers = Array.from({ length: count }, (_, id) => {
      const node = id % machine.nodes.length;
      const workerData = { machine, buffer, clock, id, node, isLocked, processors: count };
      return new Worker(new URL('machine-processor.js', import.meta.url), { workerData });
    });
  }

  /** Lets each processor make its calls, all at once. Returns all of them, after the last was answered. */
  async run(): Promise<readonly PageCall[]> {
    const round = ++this.#round;
    const histories = this.#workers.map(
      (worker) =>
        new Promise<readonly PageCall[]>((resolve, reject) => {
          worker.once('error', reject);
          worker.once('message', (history: readonly PageCall[]) => {
            worker.off('error', reject);
            resolve(history);
          });
          worker.postMessage({ round, calls: PER_ROUND });
        }),
    );
    return (await Promise.all(histories)).flat();
  }

  async end(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}

/** Returns the state that an order of the calls leads to, and that the machine is in; throws if there is none. */
function explained(start: MachineState, history: readonly PageCall[], seen: MachineObservation): MachineState {
  const found = linearize(linuxMachine, startShared(start), history);
  if (found.kind === 'refuted') throw new Error(found.counterexample.facts.join(', but '));
  const differences = found.states.map(({ state }) => new MachineComparison().compare(state, seen, 'start'));
  const state = found.states[differences.indexOf(undefined)]?.state;
  if (state === undefined) throw new Error(`the machine is as no order leaves it: ${JSON.stringify(differences[0])}`);
  return state;
}

test.each([
  ['node-local', 2],
  ['round-robin', 2],
  ['node-local', 3],
] as const)(
  'SMP-6, NODE-4 · a machine of two nodes, %s, %i processors: each history has an order, and leads to the machine',
  { timeout: patience },
  async (policy, count) => {
    const machine = machineWith(policy);
    const processors = new Processors(machine, count, true);
    try {
      let state = startMachine(machine);
      let overlapping = 0;
      const kinds = new Set<string>();
      for (let round = 0; round < ROUNDS || (overlapping === 0 && round < 10 * ROUNDS); round++) {
        const history = await processors.run();
        state = explained(state, history, processors.seen);
        overlapping += overlaps(history);
        for (const { command, outcome } of history) kinds.add(`${command.kind} ${outcome.kind}`);
      }
      expect(overlapping).toBeGreaterThan(0);
      expect([...kinds]).toEqual(
        expect.arrayContaining([
          'allocate-pages granted',
          'allocate-pages exhausted',
          'allocate-pages stalled',
          'allocate-on-node granted',
          'free-pages done',
          'free-pages rejected',
          'get-page done',
        ]),
      );
    } finally {
      await processors.end();
    }
  },
);

test('SMP-6 · a machine that takes no lock is refuted, or stops', { timeout: patience }, async () => {
  const machine = machineWith('node-local');
  const processors = new Processors(machine, 2, false);
  try {
    const right = async (): Promise<void> => {
      let state = startMachine(machine);
      for (let round = 0; round < 20 * ROUNDS; round++) {
        state = explained(state, await processors.run(), processors.seen);
      }
    };
    await expect(right()).rejects.toThrow(/none of the next may follow|as no order leaves it|bug in buddy-oracle/u);
  } finally {
    await processors.end();
  }
});
