/** The timed runs of a zone under its lock: by one thread, and by several on one zone or on several. */
import { Processor, createShared, order, pfn, sharedRegionBytes } from '../../../src/index.ts';
import { Worker } from 'node:worker_threads';
import { loadTrace } from '../trace.ts';
import { SLICE, perOperation } from '../timed.ts';
import { faceBytes, runFace, runOn } from './buddy.ts';
import { z } from 'zod';
import type { SharedAllocator, ZoneShape } from '../../../src/index.ts';
import type { Task } from './caller.ts';
import type { Timed } from '../timed.ts';
import type { Trace } from '../trace.ts';

/** A zone with its lock, and where it lies. */
interface SharedZone {
  readonly shape: ZoneShape;
  readonly buffer: SharedArrayBuffer;
  readonly allocator: SharedAllocator;
}

/** Makes a zone with its lock, in which every page is free. */
function sharedZone(pages: number, orders: number): SharedZone {
  const shape: ZoneShape = { kernel: '2.4', base: pfn(0), pages, orders, holes: [] };
  const buffer = new SharedArrayBuffer(sharedRegionBytes(shape));
  const created = createShared(shape, { buffer, byteOffset: 0 }, new Processor(0));
  if (created.kind === 'rejected') throw new Error(created.why);
  const { allocator } = created;
  for (let page = 0; page < pages; page++) allocator.handOver(pfn(page));
  return { shape, buffer, allocator };
}

/** The public face under a lock that nobody else asks for. */
export const runLocked = (trace: Trace): Timed => runOn(sharedZone(trace.pages, trace.orders).allocator, trace);

/** The public face without a lock, on a buffer that threads could share. */
export const runUnlocked = (trace: Trace): Timed => runFace(trace, SLICE, new SharedArrayBuffer(faceBytes(trace)));

/** How often a zone is used under its lock before a plain one is timed: enough for its calls to be compiled. */
const BEFORE = 200_000;

/** The public face of a plain zone, in a process in which a zone was used under its lock before. */
export function runAfterLocked(trace: Trace): Timed {
  const { allocator } = sharedZone(64, 7);
  for (let n = 0; n < BEFORE; n++) {
    const outcome = allocator.allocate(order(n % 5));
    if (outcome.kind === 'granted') allocator.free(outcome.head, order(n % 5));
  }
  return runFace(trace);
}

const spans = z.tuple([z.bigint(), z.bigint()]);

/** Starts a thread; gives when it began and ended, in nanoseconds of a clock that all threads share. */
const called = (task: Task): Promise<readonly [bigint, bigint]> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('caller.js', import.meta.url), { workerData: task });
    worker.once('error', reject);
    worker.once('message', (message) => resolve(spans.parse(message)));
  });

/**
 * Times threads, dealt to zones. Each carries out the whole trace, and a zone that several share is larger by as many times.
 * An operation is one of any thread, in time by the clock: what counts is how many there are in a second.
 */
export async function runThreads(file: string, threads: number, zones: number): Promise<Timed> {
  const { operations, orders, pages } = loadTrace(file);
  const all = Array.from({ length: zones }, () => sharedZone((pages * threads) / zones, orders));
  const barrier = new Int32Array(new SharedArrayBuffer(4));
  const tasks = Array.from({ length: threads }, (_, id) =>
    all
      .slice(id % zones, (id % zones) + 1)
      .map(({ shape, buffer }): Task => ({ file, shape, buffer, barrier, id, threads })),
  ).flat();
  const times = await Promise.all(tasks.map(called));
  const from = times.map(([one]) => one).reduce((least, one) => (one < least ? one : least));
  const end = times.map(([, one]) => one).reduce((most, one) => (one > most ? one : most));
  return perOperation(Number(end - from), threads * operations.length);
}
