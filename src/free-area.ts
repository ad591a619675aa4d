import { initListHead, initUnlinked } from './list-head.ts';
import { stray } from './bug.ts';
import { carve, mapWords } from './region.ts';
import type { Bitmap } from './bitmap.ts';
import type { Kernel } from '../protocol/index.ts';
import type { Region, ZoneArrays } from './region.ts';

/** One order's map: where it begins in the zone's, and how long it is. The top order has none. @linux include/linux/mmzone.h free_area_t */
export interface FreeArea {
  readonly firstBit: number;
  readonly words: number;
}

/** @linux include/linux/mmzone.h zone_t */
export interface Zone extends ZoneArrays {
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
}

/** A zone over the state that a region holds; `initZone` makes that state new. */
export function zoneAt(kernel: Kernel, shape: { base: number; pages: number; orders: number }, region: Region): Zone {
  const { base, pages, orders } = shape;
  let firstBit = 0;
  const freeArea: FreeArea[] = [];
  for (let order = 0; order < orders; order++) {
    const words = mapWords(pages, order);
    freeArea.push({ firstBit, words });
    firstBit += 32 * words;
  }
  const offset = kernel === '2.6' ? base % 2 ** (orders - 1) : 0;
  const firstBits = freeArea.map((area) => area.firstBit);
  return { kernel, orders, pages, base, offset, freeArea, firstBits, ...carve(kernel, pages, orders, region) };
}

/** Empties the lists, clears the maps: every page in use, none counted. @linux mm/page_alloc.c free_area_init_core */
export function initZone(zone: Zone): void {
  for (const field of [zone.counters, zone.map, zone.buddyFlag, zone.privateOrder]) field.fill(0);
  zone.owners.fill(0);
  for (let page = 0; page < zone.pages; page++) initUnlinked(zone.links, page);
  for (let order = 0; order < zone.orders; order++) initListHead(zone.links, freeListOf(zone, order));
}

/** The head of an order's list: the nodes behind the last page, by order. */
export const freeListOf = (zone: Zone, order: number): number => zone.pages + order;

/** The bit of the pair that the block at `index` belongs to. @linux mm/page_alloc.c MARK_USED */
export function pairBitOf(zone: Zone, index: number, order: number): number {
  const firstBit = zone.firstBits[order];
  if (firstBit === undefined) stray('order', order);
  return firstBit + (index >>> (order + 1));
}

/** The words of one order's map. */
export const mapOf = (zone: Zone, { firstBit, words }: FreeArea): Bitmap =>
  zone.map.subarray(firstBit / 32, firstBit / 32 + words);
