// A thread that is one processor of a shared zone: it makes calls, and records each with stamps of a clock that all threads share.
import { parentPort, workerData } from 'node:worker_threads';
import { Processor, attachShared, order, pfn } from '../../../dist/src/index.js';

const { shape, buffer, clock, id, processors } = workerData;
const made = attachShared(shape, { buffer, byteOffset: 0 }, new Processor(id));
if (made.kind === 'rejected') throw new Error(made.why);
const { allocator } = made;

/** The words of one call: what was asked, what was answered, and the two stamps. */
const WORDS = 6;
const [ALLOCATE, FREE] = [0, 1];
const MISUSES = ['out-of-range', 'wrong-order', 'misaligned', 'inner-page', 'double-free', 'never-allocated'];

let seed = 1 + id;
/** A whole number below `end` that looks random. */
function random(end) {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
  return (seed >>> 8) % end;
}

/** An answer as a number: the first frame of the block, -1 if there is none, -2 if it was freed, below that the misuse. */
function numberOf(outcome) {
  if (outcome.kind === 'granted') return outcome.head;
  if (outcome.kind === 'exhausted') return -1;
  return outcome.kind === 'done' ? -2 : -3 - MISUSES.indexOf(outcome.misuse);
}

/** The blocks that this processor was granted and has not freed. */
const held = [];

/** What comes next: a request, a free of a block of its own, or now and then of any frame. */
function chosen() {
  const dice = random(16);
  if (dice === 0) return [FREE, random(shape.pages), random(shape.orders)];
  if (dice < 8 && held.length > 0) return [FREE, ...held.splice(random(held.length), 1)[0]];
  return [ALLOCATE, 0, Math.min(random(4), random(4))];
}

/** Waits until all processors have come as far as this round. */
function meet(round) {
  Atomics.add(clock, 1, 1);
  while (Atomics.load(clock, 1) < processors * round);
}

parentPort.on('message', ({ round, calls }) => {
  const record = new Int32Array(WORDS * calls);
  meet(round);
  for (let n = 0; n < calls; n++) {
    const [kind, head, of] = chosen();
    const invoked = Atomics.add(clock, 0, 1);
    const outcome = kind === ALLOCATE ? allocator.allocate(order(of)) : allocator.free(pfn(head), order(of));
    const returned = Atomics.add(clock, 0, 1);
    if (outcome.kind === 'granted') held.push([outcome.head, of]);
    record.set([kind, head, of, numberOf(outcome), invoked, returned], WORDS * n);
  }
  parentPort.postMessage(record, [record.buffer]);
});
