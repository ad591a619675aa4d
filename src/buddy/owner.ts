// The owner table, one byte per page that says who owns it, and the only code that writes it.
import { owner as ownerFrom } from '../words/unit.ts';
import { outOfRange } from '../words/bug.ts';
import type { Boot, Freed, Hole, Nobody, Order, Owner, Pfn, Run } from '../../protocol/index.ts';
import type { Page } from '../words/unit.ts';

/** The page is in a hole: it can never be granted. */
export const HOLE: Hole = -4;
/** The page was never handed over: boot memory holds it. */
export const BOOT: Boot = -3;
/** The page was handed over and has headed no block since. */
export const NOBODY: Nobody = -2;
/** The page headed a block, which was freed. */
export const FREED: Freed = -1;

/**
 * Who owns each page, in one byte: the order of the outstanding block that it heads, or one of the four values above.
 * @clause STATE-1 @departure OWNER the kernel keeps no such table, and detects hardly any misuse
 */
export class OwnerTable {
  readonly bytes: Int8Array;

  constructor(bytes: Int8Array) {
    this.bytes = bytes;
  }

  /** Returns who owns a page. */
  get(page: Page): Owner {
    const owner = this.bytes[page];
    if (owner === undefined) outOfRange('owner', page);
    return ownerFrom(owner);
  }

  /** Gives every page of a zone that begins at frame `base` to boot memory, except the frames in `holes`. */
  reset(base: Pfn, holes: readonly Run[]): void {
    this.bytes.fill(BOOT);
    for (const [first, count] of holes) this.bytes.fill(HOLE, first - base, first - base + count);
  }

  /** Records that `page` heads an outstanding block of 2^order pages. */
  grant(page: Page, order: Order): void {
    this.bytes[page] = order;
  }

  /** Records that the block at `page` was freed. */
  free(page: Page): void {
    this.bytes[page] = FREED;
  }

  /** Records that boot memory handed `page` over. */
  handOver(page: Page): void {
    this.bytes[page] = NOBODY;
  }
}
