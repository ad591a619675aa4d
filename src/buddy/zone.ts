import { Field } from '../words/field.ts';
import { Links } from '../words/list-head.ts';
import { OwnerTable } from './owner.ts';
import { stray } from '../words/bug.ts';
import { carve, mapWords } from './region.ts';
import type { Kernel, Run } from '../../protocol/index.ts';
import type { Region } from './region.ts';

/** One order's map: where it begins in the zone's, and how long it is. The top order has none. @linux include/linux/mmzone.h free_area_t */
export interface FreeArea {
  readonly firstBit: number;
  readonly words: number;
}

function freeAreas(pages: number, orders: number): readonly FreeArea[] {
  let firstBit = 0;
  return Array.from({ length: orders }, (_, order) => {
    const area = { firstBit, words: mapWords(pages, order) };
    firstBit += 32 * area.words;
    return area;
  });
}

/**
 * A zone over the state that a region holds; `initZone` makes that state new. It is the links of its own free lists and holds
 * its map bare, for each object in between would cost 4 % of every operation.
 * @linux include/linux/mmzone.h zone_t
 */
export class Zone extends Links {
  readonly kernel: Kernel;
  /** MAX_ORDER: a count; the top order is one less. */
  readonly orders: number;
  readonly pages: number;
  /** The page frame number of the first page. */
  readonly base: number;
  /**
   * How far the first page lies behind a multiple of the largest block: 2.6 aligns by page frame number, 2.4 by index.
   * @clause BLOCK-1
   */
  readonly offset: number;
  readonly freeArea: readonly FreeArea[];
  /** The first bit of each order's map once more, by itself: it is looked up at every step of every operation. */
  readonly firstBits: Int32Array;
  /** Word 0: free pages; then, for 2.6, the number of free blocks of each order. */
  readonly counters: Field;
  readonly map: Int32Array;
  /** 2.6 only: 1 where a page heads a free block, and that block's order. */
  readonly buddyFlag: Field;
  readonly privateOrder: Field;
  readonly owners: OwnerTable;

  constructor(kernel: Kernel, shape: { base: number; pages: number; orders: number }, region: Region) {
    const { base, pages, orders } = shape;
    const arrays = carve(kernel, pages, orders, region);
    super(arrays.links);
    this.kernel = kernel;
    this.orders = orders;
    this.pages = pages;
    this.base = base;
    this.offset = kernel === '2.6' ? base % 2 ** (orders - 1) : 0;
    this.freeArea = freeAreas(pages, orders);
    this.firstBits = Int32Array.from(this.freeArea, ({ firstBit }) => firstBit);
    this.counters = new Field(arrays.counters);
    this.map = arrays.map;
    this.buddyFlag = new Field(arrays.buddyFlag);
    this.privateOrder = new Field(arrays.privateOrder);
    this.owners = new OwnerTable(arrays.owners);
  }

  /** The head of an order's list: the nodes behind the last page, by order. */
  freeListOf(order: number): number {
    return this.pages + order;
  }

  /**
   * Complements the bit of the pair that the block at `index` belongs to, and gives what it was.
   * @clause MAP-2 @linux mm/page_alloc.c MARK_USED @linux include/asm-i386/bitops.h __test_and_change_bit
   */
  markUsed(index: number, order: number): boolean {
    const { map } = this;
    const bit = (this.firstBits[order] ?? stray('order', order)) + (index >>> (order + 1));
    const old = map[bit >>> 5] ?? stray('map word', bit >>> 5);
    const mask = 1 << (bit & 31);
    map[bit >>> 5] = old ^ mask;
    return (old & mask) !== 0;
  }

  /** The words of one order's map. */
  mapOf({ firstBit, words }: FreeArea): Int32Array {
    return this.map.subarray(firstBit / 32, firstBit / 32 + words);
  }
}

/** Makes a zone new: empty lists, clear maps, every page held by boot memory except those in holes. @linux mm/page_alloc.c free_area_init_core */
export function initZone(zone: Zone, holes: readonly Run[] = []): void {
  for (const { words } of [zone.counters, zone.buddyFlag, zone.privateOrder]) words.fill(0);
  zone.map.fill(0);
  zone.owners.reset(zone.base, holes);
  for (let page = 0; page < zone.pages; page++) zone.initUnlinked(page);
  for (let order = 0; order < zone.orders; order++) zone.initListHead(zone.freeListOf(order));
}
