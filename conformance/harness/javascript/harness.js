/**
 * Attaches a page allocator written in JavaScript or TypeScript to buddy-oracle, the judge; harness.d.ts has its types.
 *
 *     import { serve } from './harness.js'
 *     const claims = ['complete']
 *     await serve({ name: 'mine', revision: '1.0.0', claims, features: [], open: (arena) => new Mine(arena) })
 *
 *     npx buddy-oracle check -- node attach.js
 *
 * `open({ base, pages, orders, reserved })` starts a new arena, the frames [base, base + pages) without the runs of
 * [first frame, count] in `reserved`, and forgets the one before. It returns an allocator, or why there is none:
 * `{ unsupported: 'why' }` or `{ failed: 'why' }`. Frames include the base; they are never byte addresses. It has
 *
 *     allocate(order)   the first frame of a block of 2^order, or null: refused (order may be >= orders: refuse it)
 *     free(frame, order)   nothing: done; or what misuse it is, undone: 'double-free'
 *     usable   what can be handed out, as runs of [first frame, count], or 'probe'; left out: all but the reserved
 *
 * and, each with the feature of that name,
 *
 *     observe(views)   observe:*   { 'free-count': 16, 'free-blocks': [[], [4]], ... }
 *     memory(frame)    payload     a Uint8Array, the bytes of a granted frame
 *     resize(pages)    resize      whether the arena is now [base, base + pages)
 *     allocateIn(order, low, end)   range   as allocate, within [low, end)
 *     allocateFrames(frames, align), freeFrames(frame, frames)   sized   as allocate, of that many frames; frees them
 *     freeAll([[frame, order], ...])   bulk   as free, of several blocks at once
 *
 * Any of them may `throw new Wrong(kind, detail)`: nothing was done, because of a misuse ('double-free') or because a
 * check of its own fired ('internal'). Any other error ends the process: a crash is a verdict.
 *
 * The judge writes one request a line on stdin and reads one reply a line from stdout: never print there; use stderr.
 */

/** An operation that was not done: what kind of error it is, and details in your words. */
export class Wrong extends Error {
  constructor(kind, detail = '') {
    super(`${kind} ${detail}`);
    this.kind = kind;
    this.detail = detail;
  }
}

/** Serves until the judge says goodbye or is gone, and ends the process. */
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

/** One arena, and what was granted of it. */
class Arena {
  constructor(allocator, features) {
    this.allocator = allocator;
    this.isTagged = features.includes('payload');
    this.slots = []; // what each allocation was granted; `frames` is the number of frames of a sized one
    this.holder = new Map(); // which slot holds a frame; those that were refused or freed hold none
  }

  /** Fills the memory of a slot's block with a tag of its own, or checks that it is there still. */
  tag(number, isFilling) {
    const { frame, order, frames = 2 ** order } = this.slots[number];
    const tag = Math.imul(number + 1, 0x9e3779b1);
    for (let at = frame; at < frame + frames; at++) {
      const bytes = this.allocator.memory(at);
      for (let n = 0; n < bytes.length; n++) {
        const wanted = (tag >>> (8 * (n % 4))) & 0xff;
        if (isFilling) bytes[n] = wanted;
        else if (bytes[n] !== wanted) throw new Wrong('payload', `frame ${at} of the block at frame ${frame}`);
      }
    }
  }

  /** Carries out an allocation. It counts as a slot, whatever comes of it. */
  allocate(grant, order, frames) {
    const number = this.slots.push({ frame: null, order, frames }) - 1;
    const frame = grant();
    if (frame === null || frame === undefined) return '-';
    if (!Number.isSafeInteger(frame) || frame < 0) throw new Wrong('no-frame', String(frame));
    this.slots[number].frame = frame;
    this.holder.set(frame, number);
    if (this.isTagged) this.tag(number, true);
    return frame;
  }

  free(frame, order) {
    const number = this.holder.get(frame);
    const slot = this.slots[number];
    if (slot && this.isTagged && (slot.frames ?? slot.order === order)) this.tag(number, false);
    const kind = slot?.frames ? this.allocator.freeFrames(frame, slot.frames) : this.allocator.free(frame, order);
    if (kind) throw new Wrong(kind);
    this.holder.delete(frame);
    return '.';
  }

  /** Whether a slot's grant is outstanding. */
  holds(number) {
    const slot = this.slots[number];
    return slot !== undefined && slot.frame !== null && this.holder.get(slot.frame) === number;
  }

  /** Frees the blocks of several slots at once. */
  freeAll(numbers) {
    if (this.isTagged) for (const number of numbers) this.tag(number, false);
    const blocks = numbers.map((number) => [this.slots[number].frame, this.slots[number].order]);
    const kind = blocks.length > 0 && this.allocator.freeAll(blocks);
    if (kind) throw new Wrong(kind);
    for (const [frame] of blocks) this.holder.delete(frame);
    return '.';
  }

  run(operation) {
    const numbers = operation.slice(1).split(':').map(Number);
    const [a = 0, b = 0, c = 0] = numbers;
    switch (operation[0]) {
      case 'a':
        return this.allocate(() => this.allocator.allocate(a), a);
      case 'f': // a slot that holds nothing is no mistake: shortening a case leaves such behind
        return this.holds(a) ? this.free(this.slots[a].frame, this.slots[a].order) : '.';
      case 'b':
        return this.freeAll(numbers.filter((slot) => this.holds(slot) && !this.slots[slot].frames));
      case 'F':
        return this.free(a, b);
      case 'r':
        return this.allocate(() => this.allocator.allocateIn(a, b, c), a);
      case 'A':
        return this.allocate(() => this.allocator.allocateFrames(a, b), 0, a);
      case 'z':
        return this.allocator.resize(a) ? '.' : '-';
      default: // not done, like any operation of a later day: the judge sends only what is declared
        return '-';
    }
  }

  /** The results of operations. An allocator with a `run` of its own carries them out itself: words.js has two. */
  ran(operations) {
    const detail = {};
    const results = operations.map((operation, at) => {
      try {
        return this.allocator.run ? this.allocator.run(operation) : this.run(operation);
      } catch (error) {
        if (!(error instanceof Wrong)) throw error;
        if (error.detail) detail[at] = error.detail;
        return `!${error.kind}`;
      }
    });
    return { ran: results.join(' '), ...(Object.keys(detail).length > 0 ? { detail } : {}) };
  }
}

function conversation({ name, revision, claims, features, open }) {
  let arena;
  return ({ id, hello, init, run, observe, bye }) => {
    if (hello && !hello.versions.includes(1)) return { id, refuse: 'this harness speaks version 1 only' };
    if (hello) {
      const limits = { maxBatch: 1000, maxLine: 1048576 };
      return { id, hello: { version: 1, name, revision, language: 'JavaScript', claims, features, ...limits } };
    }
    if (init) {
      arena = undefined;
      const opened = open(init);
      if ('unsupported' in opened) return { id, unsupported: opened.unsupported };
      if ('failed' in opened) return { id, failed: opened.failed };
      arena = new Arena(opened, features);
      return { id, ready: { usable: opened.usable } };
    }
    if (run && arena) return { id, ...arena.ran(run.split(' ')) };
    if (observe && arena?.allocator.observe) return { id, observed: arena.allocator.observe(observe) };
    return bye ? { id, bye } : { id, unknown: true };
  };
}
