// A thread that is one processor of a machine: it makes calls, and records each with stamps of a clock that all threads share.
import { parentPort, workerData } from 'node:worker_threads';
import { PF_MEMALLOC, Processor, attachSharedMachine, gfp, nodeId, order, pfn } from '../../../dist/src/index.js';
import { makeMachine } from '../../../dist/src/machine/create.js';

const { buffer, clock, id, isLocked, machine, node, processors } = workerData;
const processor = new Processor(id, nodeId(node));
const reclaimer = { wakeKswapd: () => undefined, tryToFreePagesZone: () => false };

/** The same machine in the same places, without its locks. */
function unlocked() {
  let next = 0;
  const give = (bytes) => ({ buffer, byteOffset: (next += bytes) - bytes });
  const word = () => ({ words: new Int32Array(buffer, give(16).byteOffset, 1), guard: undefined });
  return makeMachine(machine, reclaimer, () => undefined, { give, isNew: false, word, node: processor.node });
}

const made = isLocked
  ? attachSharedMachine({ machine, region: { buffer, byteOffset: 0 }, processor, reclaimer })
  : unlocked();
if (made.kind === 'rejected') throw new Error(made.why);
const { memory } = made;

const [ATOMIC, USER, HIGHUSER, DMA] = [0x20, 0x1d0, 0x1d2, 0x21];
const frames = machine.nodes
  .flatMap(({ zones }) => zones)
  .reduce((end, { base, pages }) => Math.max(end, base + pages), 0);

let seed = 1 + id;
/** A whole number below `end` that looks random. */
function random(end) {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
  return (seed >>> 8) % end;
}
const one = (list) => list[random(list.length)];

/** The blocks of this processor, one entry for each user. */
const held = [];

/** Chooses a command: a request, a use or a free of a block of its own, or now and then a free of anything. */
function chosen() {
  const dice = random(16);
  if (dice === 0) return { kind: 'free-pages', head: pfn(random(frames)), order: order(random(3)) };
  if (dice === 1 && held.length > 0) return { kind: 'get-page', head: one(held).head };
  if (dice < 9 && held.length > 0) return { kind: 'free-pages', ...held.splice(random(held.length), 1)[0] };
  const kind = random(4) === 0 ? 'allocate-on-node' : 'allocate-pages';
  const at = kind === 'allocate-pages' ? processor.node : nodeId(random(machine.nodes.length));
  const task = random(8) === 0 ? PF_MEMALLOC : 0;
  return {
    kind,
    gfp: gfp(one([ATOMIC, USER, HIGHUSER, DMA])),
    order: order(Math.min(random(3), random(3))),
    task,
    node: at,
  };
}

function asked(command) {
  switch (command.kind) {
    case 'allocate-pages':
      return memory.allocPages(command.gfp, command.order, command.node, command.task);
    case 'allocate-on-node':
      return memory.allocPagesNode(command.node, command.gfp, command.order, command.task);
    case 'free-pages':
      return memory.freePages(command.head, command.order);
    default:
      return memory.getPage(command.head);
  }
}

/** Notes what this processor may free after a call. */
function noted(command, outcome) {
  if (outcome.kind === 'granted') held.push({ head: outcome.head, order: command.order });
  if (command.kind !== 'get-page' || outcome.kind !== 'done') return;
  const block = held.find(({ head }) => head === command.head);
  if (block !== undefined) held.push(block);
}

function called() {
  const command = chosen();
  const invoked = Atomics.add(clock, 0, 1);
  const outcome = asked(command);
  const returned = Atomics.add(clock, 0, 1);
  noted(command, outcome);
  return { processor: id, command, outcome, invoked, returned };
}

/** Waits until all processors have come as far as this round. */
function meet(round) {
  Atomics.add(clock, 1, 1);
  while (Atomics.load(clock, 1) < processors * round);
}

parentPort.on('message', ({ round, calls }) => {
  meet(round);
  const history = [];
  for (let n = 0; n < calls; n++) history.push(called());
  parentPort.postMessage(history);
});
