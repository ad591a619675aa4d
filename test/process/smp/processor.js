// A thread that is one processor of some shared zones: it makes calls, and records each with stamps of a clock that all threads share.
import { parentPort, workerData } from 'node:worker_threads';
import { Processor, attachShared, nodeId, order, pfn } from '../../../dist/src/index.js';

const { buffer, clock, id, node, processors, tries } = workerData;
const processor = new Processor(id, nodeId(node));
const zones = workerData.zones.map(({ shape, byteOffset }) => {
  const made = attachShared(shape, { buffer, byteOffset }, processor);
  if (made.kind === 'rejected') throw new Error(made.why);
  return { shape, allocator: made.allocator };
});

/** The words of one call: of which zone, what was asked, what was answered, and the two stamps. */
const WORDS = 7;
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

/** The blocks that this processor was granted and has not freed, each with its zone. */
const held = [];
/** The words of all calls of a round. */
let record = [];

/** Makes one call of one zone, and records it. */
function called(zone, kind, head, of) {
  const { allocator } = zones[zone];
  const invoked = Atomics.add(clock, 0, 1);
  const outcome = kind === ALLOCATE ? allocator.allocate(order(of)) : allocator.free(pfn(head), order(of));
  const returned = Atomics.add(clock, 0, 1);
  record.push(zone, kind, head, of, numberOf(outcome), invoked, returned);
  return outcome;
}

/** Asks one zone after the other, until one grants the block. */
function request(of) {
  for (const zone of tries) {
    const outcome = called(zone, ALLOCATE, 0, of);
    if (outcome.kind !== 'granted') continue;
    held.push([zone, outcome.head, of]);
    return;
  }
}

/** Does what comes next: a request, a free of a block of its own, or now and then of any frame. */
function goOn() {
  const dice = random(16);
  if (dice === 0) {
    const zone = random(zones.length);
    const { base, pages, orders } = zones[zone].shape;
    called(zone, FREE, base + random(pages), random(orders));
  } else if (dice < 8 && held.length > 0) {
    const [zone, head, of] = held.splice(random(held.length), 1)[0];
    called(zone, FREE, head, of);
  } else {
    request(Math.min(random(4), random(4)));
  }
}

/** Waits until all processors have come as far as this round. */
function meet(round) {
  Atomics.add(clock, 1, 1);
  while (Atomics.load(clock, 1) < processors * round);
}

parentPort.on('message', ({ round, calls }) => {
  record = [];
  meet(round);
  while (record.length < WORDS * calls) goOn();
  parentPort.postMessage(Int32Array.from(record));
});
