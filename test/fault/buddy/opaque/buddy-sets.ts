/** A buddy allocator without a fault, of another make than the reference. */

import type { AllocatorObject } from '../../../../conformance/subjects/buddy-object.ts';
import type { FreeMisuse } from '../../../../protocol/index.ts';

/** An arena as an object is asked to make it. */
export interface ObjectArena {
  readonly base: number;
  readonly pages: number;
  readonly orders: number;
  readonly reserved: readonly (readonly [first: number, count: number])[];
}

/**
 * A buddy allocator without a fault, of another make than the reference: sets of free blocks and a table of heads, both by
 * pages counted from the base. It takes the lowest block that fits best, joins at once, and names every misuse.
 */
export class BuddySets implements AllocatorObject {
  readonly arena: ObjectArena;
  /** By order. */
  readonly listed: readonly Set<number>[];
  /** The orders of outstanding blocks, by their heads. */
  readonly taken: Map<number, number> = new Map<number, number>();
  readonly freed: Set<number> = new Set<number>();

  constructor(arena: ObjectArena) {
    this.arena = arena;
    this.listed = Array.from({ length: arena.orders }, () => new Set<number>());
    for (let page = 0; page < arena.pages; page++) if (!this.isReserved(page)) this.join(page, 0);
  }

  isReserved(page: number): boolean {
    const frame = this.arena.base + page;
    return this.arena.reserved.some(([first, count]) => frame >= first && frame < first + count);
  }

  allocate(order: number): number | null {
    const from = this.listed.findIndex((heads, at) => at >= order && heads.size > 0);
    if (from < 0) return null;
    const page = Math.min(...(this.listed[from] ?? []));
    this.listed[from]?.delete(page);
    for (let at = from - 1; at >= order; at--) this.listed[at]?.add(page + 2 ** at);
    this.taken.set(page, order);
    return this.arena.base + page;
  }

  free(frame: number, order: number): FreeMisuse | undefined {
    const page = frame - this.arena.base;
    const misuse = this.misuseOf(page, order);
    if (misuse !== undefined) return misuse;
    this.taken.delete(page);
    this.freed.add(page);
    this.join(page, order);
    return undefined;
  }

  misuseOf(page: number, order: number): FreeMisuse | undefined {
    const { orders, pages } = this.arena;
    if (order >= orders || page < 0 || page + 2 ** order > pages) return 'out-of-range';
    const owner = this.taken.get(page);
    if (owner !== undefined) return owner === order ? undefined : 'wrong-order';
    if (page % 2 ** order !== 0) return 'misaligned';
    if ([...this.taken].some(([head, of]) => page > head && page < head + 2 ** of)) return 'inner-page';
    return this.freed.has(page) ? 'double-free' : 'never-allocated';
  }

  /** Lists a free block, joined with its buddy for as long as that is listed. */
  join(page: number, order: number): void {
    const buddy = page % 2 ** (order + 1) === 0 ? page + 2 ** order : page - 2 ** order;
    const joins = order < this.arena.orders - 1 && this.listed[order]?.delete(buddy) === true;
    if (joins) this.join(Math.min(page, buddy), order + 1);
    else this.listed[order]?.add(page);
  }

  /** Forgets the lowest of its smallest free blocks: a fault for subclasses to use. */
  lose(): void {
    const heads = this.listed.find(({ size }) => size > 0);
    heads?.delete(Math.min(...heads));
  }

  freeCount(): number {
    return this.listed.reduce((sum, heads, at) => sum + heads.size * 2 ** at, 0);
  }

  /** One bit for each pair of each order below the top: whether exactly one half is wholly free. */
  pairBits(): string[] {
    const { orders, pages } = this.arena;
    const free = Array.from({ length: pages }, () => false);
    for (const [at, heads] of this.listed.entries()) for (const head of heads) free.fill(true, head, head + 2 ** at);
    const isWhole = (head: number, at: number): boolean =>
      head + 2 ** at <= pages && free.slice(head, head + 2 ** at).every((one) => one);
    return Array.from({ length: orders - 1 }, (_, at) =>
      Array.from({ length: Math.ceil(pages / 2 ** (at + 1)) }, (__, pair) => {
        const lower = pair * 2 ** (at + 1);
        return isWhole(lower, at) === isWhole(lower + 2 ** at, at) ? '0' : '1';
      }).join(''),
    );
  }

  observe(): { freeCount: number; freeBlocks: number[][]; pairBits: string[] } {
    const frames = (heads: Set<number>): number[] =>
      [...heads].map((page) => this.arena.base + page).sort((a, b) => a - b);
    return { freeCount: this.freeCount(), freeBlocks: this.listed.map(frames), pairBits: this.pairBits() };
  }
}
