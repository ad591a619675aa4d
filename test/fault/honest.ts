import type { AllocatorObject } from '../../conformance/subjects/object.ts';

/** An arena as an object is asked to make it. */
export interface Arena {
  readonly base: number;
  readonly pages: number;
  readonly orders: number;
  readonly reserved: readonly (readonly [first: number, count: number])[];
}

export type Misuse = 'out-of-range' | 'wrong-order' | 'misaligned' | 'inner-page' | 'double-free' | 'never-allocated';

/**
 * A buddy allocator without a fault, of another make than the reference: sets of free blocks and a table of heads. It takes
 * the lowest block that fits best, joins at once, and names every misuse.
 */
export class Honest implements AllocatorObject {
  readonly arena: Arena;
  /** By order, first pages counted from the base. */
  readonly free_: readonly Set<number>[];
  /** Outstanding blocks: order by first page. */
  readonly taken = new Map<number, number>();
  readonly freed = new Set<number>();

  constructor(arena: Arena) {
    this.arena = arena;
    this.free_ = Array.from({ length: arena.orders }, () => new Set<number>());
    for (let page = 0; page < arena.pages; page++) if (!this.isReserved(page)) this.join(page, 0);
  }

  isReserved(page: number): boolean {
    const { base, reserved } = this.arena;
    return reserved.some(([first, count]) => base + page >= first && base + page < first + count);
  }

  allocate(order: number): number | null {
    const from = this.free_.findIndex((blocks, at) => at >= order && blocks.size > 0);
    if (from < 0) return null;
    const page = Math.min(...(this.free_[from] ?? []));
    this.take(page, from, order);
    return this.arena.base + page;
  }

  /** Splits the free block at a page down to an order, and grants its first part. */
  take(page: number, from: number, order: number): void {
    this.free_[from]?.delete(page);
    for (let at = from - 1; at >= order; at--) this.free_[at]?.add(page + 2 ** at);
    this.taken.set(page, order);
  }

  free(frame: number, order: number): Misuse | undefined {
    const page = frame - this.arena.base;
    const misuse = this.misuseOf(page, order);
    if (misuse !== undefined) return misuse;
    this.taken.delete(page);
    this.freed.add(page);
    this.join(page, order);
    return undefined;
  }

  misuseOf(page: number, order: number): Misuse | undefined {
    const { orders, pages } = this.arena;
    if (order >= orders || page < 0 || page + 2 ** order > pages) return 'out-of-range';
    const owner = this.taken.get(page);
    if (owner !== undefined) return owner === order ? undefined : 'wrong-order';
    if (page % 2 ** order !== 0) return 'misaligned';
    if ([...this.taken].some(([head, of]) => page > head && page < head + 2 ** of)) return 'inner-page';
    return this.freed.has(page) ? 'double-free' : 'never-allocated';
  }

  /** Lists a free block, joined with its buddy for as long as that is free. */
  join(page: number, order: number): void {
    const buddy = page % 2 ** (order + 1) === 0 ? page + 2 ** order : page - 2 ** order;
    if (order < this.arena.orders - 1 && this.free_[order]?.delete(buddy) === true)
      this.join(Math.min(page, buddy), order + 1);
    else this.free_[order]?.add(page);
  }

  freeCount(): number {
    return this.free_.reduce((sum, blocks, at) => sum + blocks.size * 2 ** at, 0);
  }

  freeBlocks(): number[][] {
    return this.free_.map((blocks) => [...blocks].map((page) => this.arena.base + page).sort((a, b) => a - b));
  }

  /** One bit for each pair of an order: whether exactly one half is wholly free. */
  pairBits(): string[] {
    const pages = Array.from({ length: this.arena.pages }, () => false);
    for (const [at, blocks] of this.free_.entries()) for (const page of blocks) pages.fill(true, page, page + 2 ** at);
    const whole = (page: number, order: number): boolean =>
      page + 2 ** order <= pages.length && pages.slice(page, page + 2 ** order).every((free) => free);
    return Array.from({ length: this.arena.orders - 1 }, (_, order) => {
      const pairs = Math.ceil(this.arena.pages / 2 ** (order + 1));
      return Array.from({ length: pairs }, (_, n) =>
        whole(2 * n * 2 ** order, order) !== whole((2 * n + 1) * 2 ** order, order) ? '1' : '0',
      ).join('');
    });
  }
}
