// The layout of a zone's state in one region of memory.
import { order as orderFrom } from '../words/unit.ts';
import type { Kernel, Order } from '../../protocol/index.ts';

const WORD = 4;

/**
 * Memory for the state of a zone: `regionBytes` bytes from `byteOffset` on, a multiple of 4, are the zone's alone.
 * @departure REGION all that a zone holds lies in one region; the kernel takes each order's map from boot memory by itself
 */
export interface Region {
  readonly buffer: ArrayBuffer | SharedArrayBuffer;
  readonly byteOffset: number;
}

/** A zone's arrays: all of its state, as views of one region. */
export interface ZoneArrays {
  /** Word 0: free pages; then, for 2.6, the number of free blocks of each order. */
  readonly counters: Int32Array;
  readonly links: Int32Array;
  readonly map: Int32Array;
  /** 2.6 only, by page: 1 if it is the first of a free block. */
  readonly buddyFlag: Int32Array;
  /** 2.6 only, by page: the order of the free block that it is the first of. */
  readonly privateOrder: Int32Array;
  readonly owners: Int8Array;
}

/**
 * Returns the number of words in the map of one order: a bit per pair of `pages`, in whole longs.
 * @clause MAP-1 @linux mm/page_alloc.c free_area_init_core
 */
export function mapWords(pages: number, order: Order): number {
  const bytes = Math.floor((pages - 1) / 2 ** (order + 4)) + 1;
  return Math.ceil(bytes / WORD);
}

function wordsOf(kernel: Kernel, pages: number, orders: number): Record<Exclude<keyof ZoneArrays, 'owners'>, number> {
  const marked = kernel === '2.6';
  let maps = 0;
  for (let order = orderFrom(0); !marked && order < orders - 1; order++) maps += mapWords(pages, order);
  return {
    counters: marked ? 1 + orders : 1,
    links: 2 * (pages + orders),
    map: maps,
    buddyFlag: marked ? pages : 0,
    privateOrder: marked ? pages : 0,
  };
}

/** Returns the number of bytes that a zone's whole state takes, a multiple of 4. */
export function regionBytes(kernel: Kernel, pages: number, orders: number): number {
  const words = Object.values(wordsOf(kernel, pages, orders)).reduce((sum, count) => sum + count, 0);
  return WORD * (words + Math.ceil(pages / WORD));
}

/** Returns the arrays of a zone in a region. Precondition: the region has `regionBytes` bytes. */
export function carve(kernel: Kernel, pages: number, orders: number, region: Region): ZoneArrays {
  const words = wordsOf(kernel, pages, orders);
  let at = region.byteOffset;
  const next = (count: number): Int32Array => {
    const array = new Int32Array(region.buffer, at, count);
    at += WORD * count;
    return array;
  };
  return {
    counters: next(words.counters),
    links: next(words.links),
    map: next(words.map),
    buddyFlag: next(words.buddyFlag),
    privateOrder: next(words.privateOrder),
    owners: new Int8Array(region.buffer, at, pages),
  };
}
