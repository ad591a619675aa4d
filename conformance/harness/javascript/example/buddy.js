/** A buddy system whose free blocks are kept in sets: small, and a pattern for an allocator of yours. */

const FRAME_BYTES = 16;

/** Blocks are counted from the arena's base inside, and frames with the base included outside. */
export class Buddy {
  constructor({ base, pages, orders, reserved }) {
    this.base = base;
    this.pages = pages;
    this.orders = orders;
    this.blocks = Array.from({ length: orders }, () => new Set()); // the free blocks of each order, by their first frames
    this.head = new Array(pages).fill(-1); // of each frame, the first one of the outstanding block that it lies in
    this.size = new Map(); // frames of each outstanding block
    this.freed = new Set(); // frames that headed a block which was freed
    this.bytes = new Uint8Array(pages * FRAME_BYTES);
    this.reserved = reserved;
    this.giveSingly(0, pages);
  }

  /** Makes a block free; it joins its buddy as long as that is free too. */
  give(block, of) {
    let [at, order] = [block, of];
    for (; order < this.orders - 1 && this.blocks[order].delete(at ^ (2 ** order)); order++) at &= ~(2 ** order);
    this.blocks[order].add(at);
  }

  giveSingly(first, end) {
    for (let at = first, frame = this.base + first; at < end; at++, frame++) {
      if (!this.reserved.some(([from, count]) => frame >= from && frame < from + count)) this.give(at, 0);
    }
  }

  /** Takes a block out of a larger free one; what is left of that stays free. */
  carve(at, order, from, larger) {
    let block = from;
    this.blocks[larger].delete(block);
    for (let half = larger - 1; half >= order; half--) {
      const upper = block + 2 ** half;
      this.blocks[half].add(at >= upper ? block : upper);
      if (at >= upper) block = upper;
    }
    return at;
  }

  hold(at, frames) {
    this.head.fill(at, at, at + frames);
    this.size.set(at, frames);
    return this.base + at;
  }

  drop(at) {
    const frames = this.size.get(at);
    this.head.fill(-1, at, at + frames);
    this.size.delete(at);
    this.freed.add(at);
    return frames;
  }

  take(order) {
    const larger = this.blocks.findIndex((blocks, at) => at >= order && blocks.size > 0);
    if (larger < 0) return null;
    const [block] = this.blocks[larger];
    return this.carve(block, order, block, larger);
  }

  allocate(order) {
    const at = this.take(order);
    return at === null ? null : this.hold(at, 2 ** order);
  }

  free(frame, order) {
    const at = frame - this.base;
    const misuse = this.misuse(at, order);
    if (misuse !== undefined) return misuse;
    this.drop(at);
    this.give(at, order);
  }

  freeAll(blocks) {
    for (const [frame, order] of blocks) this.free(frame, order);
  }

  misuse(at, order) {
    if (order >= this.orders || at < 0 || at + 2 ** order > this.pages) return 'out-of-range';
    if (this.head[at] === at) return this.size.get(at) === 2 ** order ? undefined : 'wrong-order';
    if (at % 2 ** order !== 0) return 'misaligned';
    if (this.head[at] >= 0) return 'inner-page';
    return this.freed.has(at) ? 'double-free' : 'never-allocated';
  }

  allocateIn(order, low, end) {
    const size = 2 ** order;
    for (let larger = order; larger < this.orders; larger++) {
      for (const block of this.blocks[larger]) {
        const at = Math.ceil(Math.max(block, low - this.base) / size) * size;
        if (at + size > Math.min(block + 2 ** larger, end - this.base)) continue;
        return this.hold(this.carve(at, order, block, larger), size);
      }
    }
    return null;
  }

  allocateFrames(frames, align) {
    const order = Math.ceil(Math.log2(Math.max(frames, align)));
    const at = this.take(order);
    if (at === null) return null;
    const frame = this.hold(at, frames);
    this.giveSingly(at + frames, at + 2 ** order);
    return frame;
  }

  freeFrames(frame) {
    const at = frame - this.base;
    this.giveSingly(at, at + this.drop(at));
  }

  resize(pages) {
    const isCut = [...this.size].some(([at, frames]) => at + frames > pages);
    if (isCut || this.reserved.some(([first, count]) => first + count > this.base + pages)) return false;
    const cut = [];
    for (const [order, blocks] of this.blocks.entries()) {
      for (const at of blocks) if (at + 2 ** order > pages && blocks.delete(at)) cut.push(at);
    }
    for (const at of cut) this.giveSingly(at, pages);
    this.giveSingly(this.pages, pages);
    this.pages = pages;
    return true;
  }

  observe() {
    const isFree = (order, at) => this.blocks[order].has(at);
    const bits = (order) =>
      Array.from({ length: Math.ceil(this.pages / 2 ** (order + 1)) }, (_, pair) => pair * 2 ** (order + 1))
        .map((at) => Number(isFree(order, at) !== isFree(order, at + 2 ** order)))
        .join('');
    return {
      'free-count': this.blocks.reduce((sum, blocks, order) => sum + blocks.size * 2 ** order, 0),
      'free-blocks': this.blocks.map((blocks) => [...blocks].map((at) => this.base + at).sort((a, b) => a - b)),
      'pair-bits': Array.from({ length: this.orders - 1 }, (_, order) => bits(order)),
    };
  }

  memory(frame) {
    return this.bytes.subarray((frame - this.base) * FRAME_BYTES, (frame - this.base + 1) * FRAME_BYTES);
  }
}
