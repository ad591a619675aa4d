/** An allocator that answers by a script, for the test of the harness in JavaScript. */
import { Wrong, serve } from './harness.js';

const BYTES = new Uint8Array(32768);

class Scripted {
  constructor({ base, pages, reserved }) {
    this.usable = { 3: 'probe', 5: [[8, 2], [12, 1]] }[pages]; // prettier-ignore
    this.base = this.next = base;
    this.reserved = reserved.reduce((sum, [first, count]) => sum + 100 * first + count, 0);
  }

  allocate(order) {
    if (order === 0) return this.next++;
    if (order === 2) throw new Wrong('internal', 'list "2" is broken');
    if (order === 3) return 1.5;
    if (order === 4) BYTES[4 * (this.next - 1) + 2] ^= 1;
    return order === 7 ? this.reserved : null;
  }

  free(_frame, order) {
    if (order === 9) return 'wrong-order';
    if (order !== 0) throw new Wrong('double-free', 'twice');
  }

  observe() {
    return {
      'free-count': 7,
      'free-blocks': [[1, 2], [this.base]],
      'free-lists': [[2, 1], [this.base]],
      'pair-bits': ['01'],
    };
  }

  memory = (frame) => BYTES.subarray(4 * frame, 4 * frame + 4);
  resize = (pages) => pages === 4;
  allocateIn = (order, low, end) => (low + order < end ? low + order : null);
  allocateFrames = (frames, align) => frames + align;
  freeFrames = (frame, frames) => (frame === 7 && frames === 3 ? undefined : 'wrong-order');
}

await serve({
  name: 'a "scripted" one',
  revision: '1',
  claims: ['complete', 'best-fit'],
  features: ['observe:free-count', 'payload'],
  open(arena) {
    if (arena.pages === 1) return { unsupported: 'no "single" frame' };
    return arena.pages === 2 ? { failed: 'panic' } : new Scripted(arena);
  },
});
