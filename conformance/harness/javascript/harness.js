// @ts-check
/**
 * Attaches a page allocator written in JavaScript to buddy-oracle, the judge.
 *
 *     import { serve } from './harness.js'
 *     const open = (arena) => new Mine(arena)
 *     await serve({ name: 'mine', revision: '1.0.0', claims: ['complete'], features: [], open })
 *
 *     npx buddy-oracle check -- node mine.js
 *
 * The judge writes one JSON request a line on stdin and reads one reply a line from stdout: never print there yourself
 * (console.error is fine, it ends up in the report). An allocator that throws ends the process: a crash is a verdict.
 */

/**
 * Frames are page frame numbers, base included. The arena is [base, base + pages), an order is one of 0 .. orders-1,
 * `reserved` are runs of [first frame, count] never to hand out.
 * @typedef {{ base: number, pages: number, orders: number, reserved: [number, number][] }} Arena
 *
 * @typedef {object} Allocator
 * @property {(order: number) => number | null} allocate
 *   the first frame of a block of 2^order, or null: refused; order may be >= orders
 * @property {(frame: number, order: number) => string | void} free
 *   nothing: done; or what misuse it is, undone: 'double-free'
 * @property {[number, number][] | 'probe'} [usable]
 *   what can be handed out, if that is not all but the reserved frames
 * @property {(views: string[]) => object} [observe]
 *   features observe:*: the views by name, { 'free-count': 16 }
 * @property {(order: number, low: number, end: number) => number | null} [allocateIn]
 *   feature range: a block within frames [low, end); not asked for yet
 * @property {(pages: number) => boolean} [resize]
 *   feature resize: the arena is now [base, base + pages); false: refused; not asked for yet
 *
 * Boot memory, in bytes, an address counting from 0; nodes count from 0 as they were given.
 * @typedef {object} BootMemory
 * @property {(node: number, address: number, size: number) => number[] | string} reserve
 *   the pages that had been taken before; or what misuse it is, undone: 'out-of-range'
 * @property {(node: number, address: number, size: number) => string | void} free
 * @property {(node: number | '*', size: number, align: number, goal: number) => number | string | null} allocate
 *   an address; null: refused; or what misuse it is
 * @property {(node: number) => number[] | string} retire
 *   the pages handed over, in order
 *
 * Of a whole machine (feature machine), where `open` is given `{ machine }`; see machine.js for one:
 * @typedef {object} PageAllocator
 * @property {(request: { node: number, order: number, gfp: number, task: number, bound: boolean }, reclaim: () => boolean)
 *   => { frame: number | null | 'stalled', woken: boolean }} allocatePages
 *   the first frame of a block, or null: refused; `reclaim` frees what it can by calling `free`, and says whether it succeeded
 * @property {(frame: number) => void} getPage  one more user; the last of them frees
 * @property {(reclaim: () => boolean) => void} kswapd  one turn of kswapd
 *
 * @typedef {object} Harness
 * @property {string} name
 * @property {string} revision
 * @property {string[]} claims    what the allocator will be held to
 * @property {string[]} features  which optional members it has
 * @property {(arena: Arena) => Allocator | { unsupported: string }} open  a new arena; the one before is forgotten
 * @property {(nodes: [start: number, end: number, map: number][]) => BootMemory | { unsupported: string }} [boot]
 *   feature boot: nodes of the pages [start, end), all of them reserved, their maps in pages from `map` on
 */

/**
 * Serves until the judge says goodbye or is gone, and ends the process.
 * @param {Harness} harness
 * @returns {Promise<never>}
 */
export async function serve(harness) {
  const answer = conversation(harness);
  process.stdout.on('error', () => process.exit()); // the judge is gone, and nobody is left to tell
  process.stdin.setEncoding('utf8');
  let rest = '';
  for await (const chunk of process.stdin) {
    rest += chunk;
    if (!chunk.includes('\n')) continue; // a long line arrives in many chunks: split it once
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const request = JSON.parse(line);
      const reply = `${JSON.stringify(answer(request))}\n`;
      const flushed = new Promise((done) => process.stdout.write(reply, done));
      if (process.stdout.writableNeedDrain || 'bye' in request) await flushed;
      if ('bye' in request) process.exit(0);
    }
  }
  process.exit(0);
}

/** @param {number[]} pages */
const runsOf = (pages) =>
  pages
    .reduce(
      (runs, page, at) => (at > 0 && pages[at - 1] === page - 1 ? runs : [...runs, at]),
      /** @type {number[]} */ ([]),
    )
    .map((from, n, starts) => `${pages[from]}+${(starts[n + 1] ?? pages.length) - from}`);

/** @param {BootMemory} memory @param {string} operation */
function runBoot(memory, operation) {
  const [node = '', ...numbers] = operation.slice(2).split(':');
  const [a = 0, b = 0, c = 0] = numbers.map(Number);
  const done = {
    r: () => memory.reserve(Number(node), a, b),
    f: () => memory.free(Number(node), a, b) ?? [],
    a: () => memory.allocate(node === '*' ? node : Number(node), a, b, c) ?? '-',
    t: () => memory.retire(Number(node)),
  }[operation[1] ?? '']?.();
  if (typeof done === 'string') return done === '-' ? done : `!${done}`;
  if (!Array.isArray(done)) return done ?? '-';
  if (operation[1] === 't') return `h${runsOf(done).join(',')}`;
  return done.length === 0 ? '.' : `w${done.join(',')}`;
}

/** @param {Harness} harness */
function conversation(harness) {
  /** @type {Allocator | undefined} */
  let allocator;
  /** @type {BootMemory | undefined} */
  let memory;
  /** What each allocation was granted. @type {{ frame: number | null | undefined, order: number, users: number }[]} */
  let slots = [];
  /** Which slot holds a frame; those that were refused or freed hold none. @type {Map<number, number>} */
  let holder = new Map();
  /** By reclaim of the next operation, the slots that it is to free. @type {number[][]} */
  let plan = [];

  /** @param {number | null | undefined} frame @param {number} order */
  const granted = (frame, order) => {
    if (frame != null) holder.set(frame, slots.length);
    slots.push({ frame, order, users: 1 });
    return frame ?? '-';
  };

  /** @param {Allocator} allocator @param {number} frame @param {number} order */
  const freed = (allocator, frame, order) => {
    const kind = allocator.free(frame, order);
    if (kind) return `!${kind}`;
    const slot = slots[holder.get(frame) ?? -1];
    if (slot && --slot.users === 0) holder.delete(frame);
    return '.';
  };

  /** Whether a slot's block is still its own. @param {number} slot */
  const holds = (slot) => slots[slot]?.frame != null && holder.get(slots[slot].frame) === slot;

  /** What reclaims of one operation free, counted. @param {any} allocator */
  const reclaiming = (allocator) => {
    const rounds = plan;
    plan = [];
    let count = 0;
    const reclaim = () => {
      const round = rounds[count++] ?? [];
      for (const slot of round) if (holds(slot)) freed(allocator, slots[slot].frame ?? 0, slots[slot].order);
      return round.length > 0;
    };
    /** @param {string | number} result @param {boolean} woken */
    const answer = (result, woken) => `${result}${count > 0 ? `/${count}` : ''}${woken ? 'w' : ''}`;
    return { reclaim, answer };
  };

  /** Words of machines. @param {any} allocator @param {string} word @param {number[]} numbers */
  const runMachine = (allocator, word, [a = 0, b = 0, c = 0, d = 0]) => {
    const { reclaim, answer } =
      word === 'p' || word === 'g' ? { reclaim: () => false, answer: () => '.' } : reclaiming(allocator);
    switch (word) {
      case 'A':
      case 'N': {
        const request = { node: a, order: b, gfp: c, task: d, bound: word === 'N' };
        const { frame, woken } = allocator.allocatePages(request, reclaim);
        const result = granted(frame === 'stalled' ? null : frame, b);
        return answer(frame === 'stalled' ? '~' : result, woken);
      }
      case 'p':
        if (holds(b)) (plan[a] ??= []).push(b);
        return '.';
      case 'g':
        if (!holds(a)) return '.';
        allocator.getPage(slots[a].frame);
        slots[a].users++;
        return '.';
      default:
        allocator.kswapd(reclaim);
        return answer('.', false);
    }
  };

  /** @param {Allocator} allocator @param {string} operation */
  const run = (allocator, operation) => {
    const numbers = operation.slice(1).split(':').map(Number);
    const [a = 0, b = 0, c = 0] = numbers;
    const word = operation[0] ?? '';
    if ('ANgpk'.includes(word)) return runMachine(allocator, word, numbers);
    switch (word) {
      case 'a':
        return granted(allocator.allocate(a), a);
      case 'f': {
        // a slot that holds nothing is no mistake: shortening a case leaves such behind
        return holds(a) ? freed(allocator, slots[a].frame ?? 0, slots[a].order) : '.';
      }
      case 'F':
        return freed(allocator, a, b);
      case 'r':
        return granted(allocator.allocateIn?.(a, b, c), a);
      case 'z':
        return allocator.resize?.(a) ? '.' : '-';
      default: // not done, like any operation of a later day: the judge sends only what is declared
        return '-';
    }
  };

  /** A request is an object of any shape, and so is a reply. @param {any} request @returns {object} */
  return ({ id, hello, init, run: operations, observe, bye }) => {
    if (hello) {
      if (!hello.versions.includes(1)) return { id, refuse: 'this harness speaks version 1 only' };
      const { name, revision, claims, features } = harness;
      const limits = { maxBatch: 1000, maxLine: 1048576 };
      return { id, hello: { version: 1, name, revision, language: 'JavaScript', claims, features, ...limits } };
    }
    if (init) {
      allocator = memory = undefined;
      slots = [];
      plan = [];
      holder = new Map();
      if (init.boot && harness.boot) {
        const booted = harness.boot(init.boot);
        if ('unsupported' in booted) return { id, unsupported: booted.unsupported };
        memory = booted;
        return { id, ready: {} };
      }
      const opened = harness.open(init);
      if ('unsupported' in opened) return { id, unsupported: opened.unsupported };
      allocator = opened;
      return { id, ready: { usable: opened.usable } };
    }
    if (operations && memory) return { id, ran: `${runBoot(memory, operations)}` };
    const ready = allocator;
    if (operations && ready) {
      return {
        id,
        ran: operations
          .split(' ')
          .map((/** @type {string} */ one) => run(ready, one))
          .join(' '),
      };
    }
    if (observe && ready?.observe) return { id, observed: ready.observe(observe) };
    return bye ? { id, bye } : { id, unknown: true };
  };
}
