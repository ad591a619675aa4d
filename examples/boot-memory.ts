/** Boot memory as plain as can be: a byte of map for each byte of memory, and first fit. */
import type { BootObject } from 'buddy-oracle';

const PAGE = 4096;

/** The pages from `start` to `end` - 1; the kernel's own bitmap of them begins at page `map`. */
interface NodeShape {
  readonly start: number;
  readonly end: number;
  readonly map: number;
}

/** One node: all of it is taken at first. */
class Node {
  readonly #start: number;
  readonly #end: number;
  readonly #map: readonly number[];
  readonly #taken: Uint8Array;
  isRetired = false;

  constructor({ start, end, map }: NodeShape) {
    this.#start = start;
    this.#end = end;
    this.#map = pages(map, map + Math.ceil((end - start) / 8 / PAGE));
    this.#taken = new Uint8Array((end - start) * PAGE).fill(1);
  }

  isFree(page: number): boolean {
    return !this.#taken.subarray((page - this.#start) * PAGE, (page - this.#start + 1) * PAGE).includes(1);
  }

  mark(first: number, end: number, value: 0 | 1): void {
    if (first < end) this.#taken.fill(value, (first - this.#start) * PAGE, (end - this.#start) * PAGE);
  }

  /** Grants the first `size` bytes that are free and not the bitmap's; undefined if there are none. */
  allocate(size: number, align: number): number | undefined {
    const origin = this.#start * PAGE;
    for (let at = Math.ceil(origin / align) * align; at + size <= this.#end * PAGE;) {
      const used = Math.max(this.#lastTaken(at - origin, size), this.#lastOfMap(at, size));
      if (used === -1) {
        this.#taken.fill(1, at - origin, at - origin + size);
        return at;
      }
      at = Math.ceil((at + used + 1) / align) * align;
    }
    return undefined;
  }

  /** Returns how far in from `at` the last taken byte of a range is; -1 if none is taken. */
  #lastTaken(at: number, size: number): number {
    return this.#taken.subarray(at, at + size).lastIndexOf(1);
  }

  /** Returns the same for bytes of the bitmap, whose pages may be free and are never granted. */
  #lastOfMap(at: number, size: number): number {
    const [first, end] = [(this.#map[0] ?? 0) * PAGE, ((this.#map.at(-1) ?? 0) + 1) * PAGE];
    return at < end && at + size > first ? Math.min(end, at + size) - 1 - at : -1;
  }

  /** Returns the pages that are handed over: the free ones, then those of the bitmap, which is needed no more. */
  retire(): readonly number[] {
    this.isRetired = true;
    return [...pages(this.#start, this.#end).filter((page) => this.isFree(page)), ...this.#map];
  }
}

const pages = (first: number, end: number): readonly number[] =>
  Array.from({ length: Math.max(0, end - first) }, (_, n) => first + n);

/** Boot memory of several nodes. */
export class BootMemory implements BootObject {
  readonly #nodes: readonly Node[];

  constructor(nodes: readonly NodeShape[]) {
    this.#nodes = nodes.map((node) => new Node(node));
  }

  reserve(which: number, address: number, size: number): unknown {
    const node = this.#nodes[which];
    if (node === undefined) return 'no-such-node';
    const [first, end] = [Math.floor(address / PAGE), Math.ceil((address + size) / PAGE)];
    const before = pages(first, end).filter((page) => !node.isFree(page));
    node.mark(first, end, 1);
    return before;
  }

  free(which: number, address: number, size: number): unknown {
    const node = this.#nodes[which];
    if (node === undefined) return 'no-such-node';
    node.mark(Math.ceil(address / PAGE), Math.floor((address + size) / PAGE), 0);
    return undefined;
  }

  allocate(which: number | 'any', size: number, align: number): number | null {
    for (const [n, node] of this.#nodes.entries()) {
      if (node.isRetired || (which !== 'any' && which !== n)) continue;
      const address = node.allocate(size, align);
      if (address !== undefined) return address;
    }
    return null;
  }

  retire(which: number): unknown {
    return this.#nodes[which]?.retire() ?? 'no-such-node';
  }
}
