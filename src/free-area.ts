import { Bitmap } from './bitmap.ts';
import { Field, OwnerTable } from './mem-map.ts';
import { Links } from './list-head.ts';
import { stray } from './bug.ts';
import { carve, mapWords } from './region.ts';
import type { Kernel } from '../protocol/index.ts';
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

/** A zone over the state that a region holds; `initZone` makes that state new. @linux include/linux/mmzone.h zone_t */
export class Zone {
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
  readonly firstBits: readonly number[];
  /** Word 0: free pages; then, for 2.6, the number of free blocks of each order. */
  readonly counters: Field;
  readonly links: Links;
  readonly map: Bitmap;
  /** 2.6 only: 1 where a page heads a free block, and that block's order. */
  readonly buddyFlag: Field;
  readonly privateOrder: Field;
  readonly owners: OwnerTable;

  constructor(kernel: Kernel, shape: { base: number; pages: number; orders: number }, region: Region) {
    const { base, pages, orders } = shape;
    this.kernel = kernel;
    this.orders = orders;
    this.pages = pages;
    this.base = base;
    this.offset = kernel === '2.6' ? base % 2 ** (orders - 1) : 0;
    this.freeArea = freeAreas(pages, orders);
    this.firstBits = this.freeArea.map(({ firstBit }) => firstBit);
    const arrays = carve(kernel, pages, orders, region);
    this.counters = new Field(arrays.counters);
    this.links = new Links(arrays.links);
    this.map = new Bitmap(arrays.map);
    this.buddyFlag = new Field(arrays.buddyFlag);
    this.privateOrder = new Field(arrays.privateOrder);
    this.owners = new OwnerTable(arrays.owners);
  }

  /** The head of an order's list: the nodes behind the last page, by order. */
  freeListOf(order: number): number {
    return this.pages + order;
  }

  /** The bit of the pair that the block at `index` belongs to. @linux mm/page_alloc.c MARK_USED */
  pairBitOf(index: number, order: number): number {
    const firstBit = this.firstBits[order];
    if (firstBit === undefined) stray('order', order);
    return firstBit + (index >>> (order + 1));
  }

  /** The words of one order's map. */
  mapOf({ firstBit, words }: FreeArea): Int32Array {
    return this.map.words.subarray(firstBit / 32, firstBit / 32 + words);
  }
}

/** Empties the lists, clears the maps: every page in use, none counted. @linux mm/page_alloc.c free_area_init_core */
export function initZone(zone: Zone): void {
  for (const { words } of [zone.counters, zone.map, zone.buddyFlag, zone.privateOrder]) words.fill(0);
  zone.owners.bytes.fill(0);
  for (let page = 0; page < zone.pages; page++) zone.links.initUnlinked(page);
  for (let order = 0; order < zone.orders; order++) zone.links.initListHead(zone.freeListOf(order));
}
