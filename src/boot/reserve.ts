// Reserving and freeing ranges of bytes in one node of boot memory, in whole pages.
import { done, rejected, warned } from './answer.ts';
import { endPage, isRetired, lastPos, setLast, setRetired, startPfn } from './data.ts';
import { pfn } from '../words/unit.ts';
import type { BootMisuse, BootOutcome, ByteAddress, Pfn } from '../../protocol/index.ts';
import type { BootmemData } from './data.ts';
import type { NodePage } from '../words/unit.ts';

const MAX_BYTES = 2 ** 52;

/** Reports whether a number can be an address, in bytes. */
export const isAddress = (n: number): boolean => Number.isInteger(n) && n >= 0 && n < MAX_BYTES;

/** Reports whether a number can be a size, in bytes. */
export const isSize = (n: number): boolean => isAddress(n) && n > 0;

/** Returns the first multiple of `align`, a power of two, that is not below `n`. */
export const roundUp = (n: number, align: number): number => Math.ceil(n / align) * align;

/**
 * Makes a node's state new: every page reserved, nothing granted, not retired.
 * @clause BOOT-1 @linux mm/bootmem.c init_bootmem_core
 * @departure CURSOR-RESET the last page and offset are cleared; the kernel leaves what was there before
 */
export function initBootmemCore(bdata: BootmemData): void {
  bdata.nodeBootmemMap.setBits(0, 32 * bdata.nodeBootmemMap.words.length);
  setLast(bdata, 0, 0);
  setRetired(bdata, false);
}

/**
 * Ends packing in the last page if that page is in [first, end), which was reserved or freed.
 * @clause BOOT-5 @clause BOOT-10
 * @departure LAST-PAGE-GONE reserving or freeing the last page ends packing in it; the kernel goes on and grants bytes that are reserved, or that it will grant again
 */
function forgetLastPage(bdata: BootmemData, first: NodePage, end: NodePage): void {
  const pos = lastPos(bdata);
  if (pos >= first && pos < end) setLast(bdata, pos, 0);
}

/** Returns what is wrong with a request about a range, whatever the node's pages are; undefined if nothing is. @clause BOOT-7 */
function refuseRange(bdata: BootmemData, address: ByteAddress, size: number): BootMisuse | undefined {
  if (isRetired(bdata)) return 'retired';
  if (!isSize(size)) return 'no-such-size';
  return isAddress(address) ? undefined : 'no-such-address';
}

/**
 * Reserves every page that a range touches. Returns a warning with those that were taken before.
 * @clause BOOT-3 @clause BOOT-5 @clause BOOT-6 @linux mm/bootmem.c reserve_bootmem_core
 * @departure BELOW a range that begins below the node is rejected; the kernel's subtraction wraps, and it may find nothing wrong
 * @departure BUG-AS-DATA what stops the kernel by BUG is rejected before anything is touched; the kernel may stop half-way
 * @departure TWICE-AS-DATA pages reserved twice are reported by their page frame numbers; the kernel prints addresses counted from the node
 */
export function reserveBootmemCore(bdata: BootmemData, address: ByteAddress, size: number): BootOutcome {
  const misuse = refuseRange(bdata, address, size);
  if (misuse !== undefined) return rejected(misuse);
  const start = startPfn(bdata);
  const first: NodePage = Math.floor(address / bdata.pageSize) - start;
  const end: NodePage = Math.ceil((address + size) / bdata.pageSize) - start;
  if (first < 0 || end > endPage(bdata)) return rejected('out-of-range');

  const map = bdata.nodeBootmemMap;
  const before: Pfn[] = [];
  for (let page = map.findNextBit(first, end); page < end; page = map.findNextBit(page + 1, end)) {
    before.push(pfn(start + page));
  }
  map.setBits(first, end);
  forgetLastPage(bdata, first, end);
  return before.length === 0 ? done : warned(before);
}

/**
 * Frees the pages that lie wholly in a range; all of them must be taken. The range may begin before the node and end after
 * it, in pages that it does not cover wholly.
 * @clause BOOT-2 @clause BOOT-4 @clause BOOT-6 @linux mm/bootmem.c free_bootmem_core
 */
export function freeBootmemCore(bdata: BootmemData, address: ByteAddress, size: number): BootOutcome {
  const misuse = refuseRange(bdata, address, size);
  if (misuse !== undefined) return rejected(misuse);
  const start = startPfn(bdata);
  const first: NodePage = Math.ceil(address / bdata.pageSize) - start;
  const end: NodePage = Math.floor((address + size) / bdata.pageSize) - start;
  if (first < 0 || end > endPage(bdata)) return rejected('out-of-range');
  if (first >= end) return done;
  if (bdata.nodeBootmemMap.findNextZeroBit(first, end) !== end) return rejected('free-page');

  bdata.nodeBootmemMap.clearBits(first, end);
  forgetLastPage(bdata, first, end);
  return done;
}
