/** Threads that share zones, each one processor, and the histories of what they did. */

import { Processor, attachAllocator, createShared, sharedRegionBytes } from '../../../src/index.ts';
import { Worker } from 'node:worker_threads';
import { MISUSES, rejected } from '../../../spec/buddy/misuse.ts';
import { expect } from 'vitest';
import { order, pfn } from '../../../spec/unit.ts';
import type { Call, Command, Observation, Outcome } from '../../../protocol/index.ts';
import type { ZoneShape } from '../../../src/index.ts';

/** How many calls a test makes at least: `npm run soak` sets it. */
export const CALLS: number = Number.parseInt(process.env['BUDDY_ORACLE_SOAK'] ?? '12000', 10);
/** Calls of each processor in a round. */
export const PER_ROUND = 2000;
/** How long, in ms, that many calls may take. */
export const patience: number = 60_000 + CALLS;

const WORDS = 7;

/** Returns the answer that a thread wrote down as a number. */
function outcomeOf(number: number, command: Command): Outcome {
  if (number >= 0) return { kind: 'granted', head: pfn(number) };
  if (number === -1) return { kind: 'exhausted' };
  if (number === -2) return { kind: 'done' };
  return rejected(MISUSES[-3 - number] ?? expect.fail(`${command.kind}: answer ${number}`));
}

/** A call, and the zone that it was made of. */
export interface ZoneCall extends Call {
  readonly zone: number;
}

/** Returns the calls of one thread, in the order in which it made them. */
function callsOf(record: Int32Array, processor: number): readonly ZoneCall[] {
  return Array.from({ length: record.length / WORDS }, (_, n): ZoneCall => {
    const words = record.subarray(WORDS * n, WORDS * (n + 1));
    const [zone = 0, kind = 0, head = 0, of = 0, answer = 0, invoked = 0, returned = 0] = words;
    const command: Command =
      kind === 0 ? { kind: 'allocate', order: order(of) } : { kind: 'free', head: pfn(head), order: order(of) };
    return { zone, processor, command, outcome: outcomeOf(answer, command), invoked, returned };
  });
}

/** A thread's processor: of which node it is, and the zones that it asks, one after the other until one grants a block. */
export interface Asker {
  readonly node: number;
  readonly tries: readonly number[];
}

/** Zones that some threads share, each with a lock of its own, one after the other in one buffer. */
export class Threads {
  readonly #workers: readonly Worker[];
  readonly #observations: readonly Observation[];
  #round = 0;

  constructor(shapes: readonly ZoneShape[], askers: readonly Asker[]) {
    const places = shapes.map((_, n) => shapes.slice(0, n).reduce((sum, one) => sum + sharedRegionBytes(one), 0));
    const buffer = new SharedArrayBuffer(shapes.reduce((sum, one) => sum + sharedRegionBytes(one), 0));
    const clock = new Int32Array(new SharedArrayBuffer(8));
    const zones = shapes.map((shape, n) => ({ shape, byteOffset: places[n] ?? 0 }));
    this.#observations = zones.map(({ shape, byteOffset }) => opened(shape, buffer, byteOffset));
    const common = { zones, buffer, clock, processors: askers.length };
    this.#workers = askers.map(
      (asker, id) => new Worker(new URL('processor.js', import.meta.url), { workerData: { ...common, ...asker, id } }),
    );
  }

  /** Lets each processor make at least so many calls, all at once. Returns all of them, after the last was answered. */
  async run(calls: number): Promise<readonly ZoneCall[]> {
    const round = ++this.#round;
    const records = this.#workers.map(
      (worker, processor) =>
        new Promise<readonly ZoneCall[]>((resolve, reject) => {
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

  /** Returns what a zone holds now; no call must be under way. */
  observe(zone = 0): Observation {
    return this.#observations[zone] ?? expect.fail(`there is no zone ${zone}`);
  }

  async end(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}

/** Makes a zone whose frames are all free but its holes. Returns what it holds, as it changes. */
function opened(shape: ZoneShape, buffer: SharedArrayBuffer, byteOffset: number): Observation {
  const made = createShared(shape, { buffer, byteOffset }, new Processor(0));
  const seen = attachAllocator(shape, { buffer, byteOffset });
  if (made.kind === 'rejected' || seen.kind === 'rejected') throw new Error('there is no such zone');
  for (let frame = 0; frame < shape.pages; frame++) made.allocator.handOver(pfn(shape.base + frame));
  return seen.allocator.observe();
}

/** Returns threads that share one zone. */
export const sharing = (shape: ZoneShape, processors: number): Threads =>
  new Threads([shape], new Array<Asker>(processors).fill({ node: 0, tries: [0] }));
