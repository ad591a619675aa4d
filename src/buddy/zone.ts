// A zone: its free lists, its map of pairs and its counters, all in one region of memory.
import { Field } from '../words/field.ts';
import { Links } from '../words/list-head.ts';
import { OwnerTable } from './owner.ts';
import { order as orderFrom, wordsOf } from '../words/unit.ts';
import { carve, mapWords } from './region.ts';
import { outOfRange } from '../words/bug.ts';
import type { BitIndex, Count, ListHead, Page, Words } from '../words/unit.ts';
import type { Kernel, Order, Pfn, Run } from '../../protocol/index.ts';
import type { Region } from './region.ts';

/** Where the map of one order is in the zone's map. The top order has none. @linux include/linux/mmzone.h free_area_t */
export interface FreeArea {
  readonly firstBit: BitIndex;
  readonly words: number;
}

function freeAreas(pages: number, orders: number): readonly FreeArea[] {
  let firstBit = 0;
  return Array.from({ length: orders }, (_, order) => {
    const area = { firstBit: firstBit, words: mapWords(pages, orderFrom(order)) };
    firstBit += 32 * area.words;
    return area;
  });
}

/**
 * A zone over the state that a region holds; `initZone` makes that state new. It extends `Links`, and holds its map as a bare
 * array, for speed alone: with an object in between, an operation takes up to 10 % longer.
 * @linux include/linux/mmzone.h zone_t
 */
export class Zone extends Links<Page> {
  readonly kernel: Kernel;
  /** MAX_ORDER: a count; the top order is one less. */
  readonly orders: number;
  readonly pages: number;
  /** The page frame number of the first page. */
  readonly base: Pfn;
  /**
   * How many pages the first one is after a multiple of the largest block. 0 for 2.4, which aligns blocks by their index in
   * the zone; 2.6 aligns them by page frame number.
   * @clause BLOCK-1
   */
  readonly offset: number;
  readonly freeArea: readonly FreeArea[];
  /** `firstBit` of each order once more, in an array of its own: every step of every operation reads it. */
  readonly firstBits: Words<BitIndex>;
  /** Word 0: free pages; then, for 2.6, the number of free blocks of each order. */
  readonly counters: Field<number, Count>;
  readonly map: Int32Array;
  /** 2.6 only: 1 if the page is the first of a free block, else 0. */
  readonly buddyFlag: Field<Page, 0 | 1>;
  /** 2.6 only: the order of the free block that the page is the first of, else 0. */
  readonly privateOrder: Field<Page, Order | 0>;
  readonly owners: OwnerTable;

  constructor(kernel: Kernel, shape: { base: Pfn; pages: number; orders: number }, region: Region) {
    const { base, pages, orders } = shape;
    const arrays = carve(kernel, pages, orders, region);
    super(arrays.links);
    this.kernel = kernel;
    this.orders = orders;
    this.pages = pages;
    this.base = base;
    this.offset = kernel === '2.6' ? base % 2 ** (orders - 1) : 0;
    this.freeArea = freeAreas(pages, orders);
    this.firstBits = wordsOf(Int32Array.from(this.freeArea, ({ firstBit }) => firstBit));
    this.counters = new Field(arrays.counters);
    this.map = arrays.map;
    this.buddyFlag = new Field(arrays.buddyFlag);
    this.privateOrder = new Field(arrays.privateOrder);
    this.owners = new OwnerTable(arrays.owners);
  }

  /** Returns the head of an order's list: the heads are the nodes after the last page, by order. */
  freeListOf(order: Order): ListHead {
    return this.pages + order;
  }

  /**
   * Complements the bit of the pair that the block of this order at `index` belongs to. Returns whether the bit was 1.
   * @clause MAP-2 @linux mm/page_alloc.c MARK_USED @linux include/asm-i386/bitops.h __test_and_change_bit
   */
  markUsed(index: Page, order: Order): boolean {
    const { map } = this;
    const bit: BitIndex = (this.firstBits[order] ?? outOfRange('order', order)) + (index >>> (order + 1));
    const old = map[bit >>> 5] ?? outOfRange('map word', bit >>> 5);
    const mask = 1 << (bit & 31);
    map[bit >>> 5] = old ^ mask;
    return (old & mask) !== 0;
  }

  /** Returns the words of one order's map. */
  mapOf({ firstBit, words }: FreeArea): Int32Array {
    return this.map.subarray(firstBit / 32, firstBit / 32 + words);
  }
}

/** Makes a zone new: lists empty, maps clear, every page held by boot memory except those in holes. @linux mm/page_alloc.c free_area_init_core */
export function initZone(zone: Zone, holes: readonly Run[] = []): void {
  for (const { words } of [zone.counters, zone.buddyFlag, zone.privateOrder]) words.fill(0);
  zone.map.fill(0);
  zone.owners.reset(zone.base, holes);
  for (let page: Page = 0; page < zone.pages; page++) zone.initUnlinked(page);
  for (let order = orderFrom(0); order < zone.orders; order++) zone.initListHead(zone.freeListOf(order));
}
