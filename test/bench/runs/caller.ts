/** A thread of the bench: carries out a trace on a zone that it may share, when all threads are there. */
import { Processor, attachShared } from '../../../src/index.ts';
import { loadTrace, slotOrders } from '../trace.ts';
import { order, pfn } from '../../../src/index.ts';
import { parentPort, workerData } from 'node:worker_threads';
import type { ZoneShape } from '../../../src/index.ts';

/** What a thread is given. */
export interface Task {
  readonly file: string;
  readonly shape: ZoneShape;
  readonly buffer: SharedArrayBuffer;
  /** One word: how many threads are there. */
  readonly barrier: Int32Array;
  readonly id: number;
  readonly threads: number;
}

const { file, shape, buffer, barrier, id, threads } = workerData as Task;
const { operations, ...rest } = loadTrace(file);
const orderOf = slotOrders({ operations, ...rest });
const granted = new Int32Array(orderOf.length).fill(-1);
const attached = attachShared(shape, { buffer, byteOffset: 0 }, new Processor(id));
if (attached.kind === 'rejected') throw new Error(attached.why);
const { allocator } = attached;

/** Carries out the trace; what was refused is not freed. */
function run(): void {
  let slot = 0;
  for (const v of operations) {
    if (v >= 0) {
      const outcome = allocator.allocate(order(v));
      granted[slot++] = outcome.kind === 'granted' ? outcome.head : -1;
    } else if ((granted[~v] ?? -1) >= 0) {
      allocator.free(pfn(granted[~v] ?? 0), order(orderOf[~v] ?? 0));
    }
  }
}

Atomics.add(barrier, 0, 1);
while (Atomics.load(barrier, 0) < threads);
const from = process.hrtime.bigint();
run();
parentPort?.postMessage([from, process.hrtime.bigint()]);
