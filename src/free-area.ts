import { initListHead, initUnlinked } from './list-head.ts';
import { bug } from './bug.ts';
import { carve, mapWords } from './region.ts';
import type { Bitmap } from './bitmap.ts';
import type { Kernel } from '../protocol/index.ts';
import type { Region, ZoneArrays } from './region.ts';

/** One order's list and map. @linux include/linux/mmzone.h free_area_t */
export interface FreeArea {
  /** The list's head, as a node of the links. */
  readonly freeList: number;
  /** The first bit of this order's map; the top order has none. */
  readonly firstBit: number;
  /** Words of this order's map. */
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
}

/** A zone over the state that a region holds; `initZone` makes that state new. */
export function zoneAt(kernel: Kernel, shape: { base: number; pages: number; orders: number }, region: Region): Zone {
  const { base, pages, orders } = shape;
  let firstBit = 0;
  const freeArea: FreeArea[] = [];
  for (let order = 0; order < orders; order++) {
    const words = mapWords(pages, order);
    freeArea.push({ freeList: pages + order, firstBit, words });
    firstBit += 32 * words;
  }
  const offset = kernel === '2.6' ? base % 2 ** (orders - 1) : 0;
  return { kernel, orders, pages, base, offset, freeArea, ...carve(kernel, pages, orders, region) };
}

/** Empties the lists, clears the maps: every page in use, none counted. @linux mm/page_alloc.c free_area_init_core */
export function initZone(zone: Zone): void {
  for (const field of [zone.counters, zone.map, zone.buddyFlag, zone.privateOrder, zone.pageCount]) field.fill(0);
  zone.owners.fill(0);
  for (let page = 0; page < zone.pages; page++) initUnlinked(zone.links, page);
  for (const area of zone.freeArea) initListHead(zone.links, area.freeList);
}

export function freeAreaOf(zone: Zone, order: number): FreeArea {
  const area = zone.freeArea[order];
  if (area === undefined) bug(`order ${order} of ${zone.orders}`);
  return area;
}

/** The words of one order's map. */
export const mapOf = (zone: Zone, { firstBit, words }: FreeArea): Bitmap =>
  zone.map.subarray(firstBit / 32, firstBit / 32 + words);
