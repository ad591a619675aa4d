/** Threads that share a zone, each one processor, and the history of what they did. */

import { Processor, attachAllocator, createShared, sharedRegionBytes } from '../../../src/index.ts';
import { Worker } from 'node:worker_threads';
import { MISUSES, rejected } from '../../../spec/buddy/misuse.ts';
import { expect } from 'vitest';
import { order, pfn } from '../../../spec/unit.ts';
import type { Call, Command, History, Observation, Outcome } from '../../../protocol/index.ts';
import type { ZoneShape } from '../../../src/index.ts';

const WORDS = 6;

/** Returns the answer that a thread wrote down as a number. */
function outcomeOf(number: number, command: Command): Outcome {
  if (number >= 0) return { kind: 'granted', head: pfn(number) };
  if (number === -1) return { kind: 'exhausted' };
  if (number === -2) return { kind: 'done' };
  return rejected(MISUSES[-3 - number] ?? expect.fail(`${command.kind}: answer ${number}`));
}

/** Returns the calls of one thread. */
function callsOf(record: Int32Array, processor: number): History {
  return Array.from({ length: record.length / WORDS }, (_, n): Call => {
    const [kind = 0, head = 0, of = 0, answer = 0, invoked = 0, returned = 0] = record.subarray(
      WORDS * n,
      WORDS * (n + 1),
    );
    const command: Command =
      kind === 0 ? { kind: 'allocate', order: order(of) } : { kind: 'free', head: pfn(head), order: order(of) };
    return { processor, command, outcome: outcomeOf(answer, command), invoked, returned };
  });
}

/** A zone that some threads share. */
export class Threads {
  readonly #workers: readonly Worker[];
  readonly #observation: Observation;
  #round = 0;

  constructor(shape: ZoneShape, processors: number) {
    const buffer = new SharedArrayBuffer(sharedRegionBytes(shape));
    const clock = new Int32Array(new SharedArrayBuffer(8));
    const region = { buffer, byteOffset: 0 };
    const made = createShared(shape, region, new Processor(processors));
    const seen = attachAllocator(shape, region);
    if (made.kind === 'rejected' || seen.kind === 'rejected') throw new Error('there is no such zone');
    for (let frame = 0; frame < shape.pages; frame++) made.allocator.handOver(pfn(shape.base + frame));
    this.#observation = seen.allocator.observe();
    this.#workers = Array.from(
      { length: processors },
      (_, id) =>
        new Worker(new URL('processor.js', import.meta.url), { workerData: { shape, buffer, clock, id, processors } }),
    );
  }

  /** Lets each processor make so many calls, all at once. Returns all of them, after the last was answered. */
  async run(calls: number): Promise<History> {
    const round = ++this.#round;
    const records = this.#workers.map(
      (worker, processor) =>
        new Promise<History>((resolve, reject) => {
          worker.once('error', reject);
          worker.once('message', (record: Int32Array) => {
            worker.off('error', reject);
            resolve(callsOf(record, processor));
          });
          worker.postMessage({ round, calls });
        }),
    );
    return (await Promise.all(records)).flat();
  }

  /** Returns what the zone holds now; no call must be under way. */
  observe(): Observation {
    return this.#observation;
  }

  async end(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}
