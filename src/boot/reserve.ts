import { PAGE_SIZE, isRetired, lastPos, pagesOf, setLast, setRetired, startPfn } from './data.ts';
import { done, rejected, warned } from './answer.ts';
import { pfn } from '../words/unit.ts';
import type { BootMisuse, BootOutcome, Pfn } from '../../protocol/index.ts';
import type { BootmemData } from './data.ts';

const MOST_BYTES = 2 ** 52;

export const isAddress = (n: number): boolean => Number.isInteger(n) && n >= 0 && n < MOST_BYTES;
export const isSize = (n: number): boolean => isAddress(n) && n > 0;

/** The first multiple of an alignment, a power of two, that is not below a number. */
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
 * Ends packing in the last page where it is among those that were reserved or freed.
 * @clause BOOT-5 @clause BOOT-10
 * @departure LAST-PAGE-GONE reserving or freeing the last page ends packing in it; the kernel goes on and grants bytes that are reserved, or that it will grant again
 */
function forgetLastPage(bdata: BootmemData, first: number, end: number): void {
  const pos = lastPos(bdata);
  if (pos >= first && pos < end) setLast(bdata, pos, 0);
}

/** @clause BOOT-7 */
function refuseRange(bdata: BootmemData, address: number, size: number): BootMisuse | undefined {
  if (isRetired(bdata)) return 'retired';
  if (!isSize(size)) return 'no-such-size';
  return isAddress(address) ? undefined : 'no-such-address';
}

/**
 * Takes every page that a range touches, and reports those that were taken before.
 * @clause BOOT-3 @clause BOOT-5 @clause BOOT-6 @linux mm/bootmem.c reserve_bootmem_core
 * @departure BELOW a range that begins below the node is rejected; the kernel's subtraction wraps, and it may find nothing wrong
 * @departure BUG-AS-DATA what stops the kernel by BUG is rejected before anything is touched; the kernel may stop half-way
 * @departure TWICE-AS-DATA pages reserved twice are reported by their page frame numbers; the kernel prints addresses counted from the node
 */
export function reserveBootmemCore(bdata: BootmemData, address: number, size: number): BootOutcome {
  const misuse = refuseRange(bdata, address, size);
  if (misuse !== undefined) return rejected(misuse);
  const start = startPfn(bdata);
  const first = Math.floor(address / PAGE_SIZE) - start;
  const end = Math.ceil((address + size) / PAGE_SIZE) - start;
  if (first < 0 || end > pagesOf(bdata)) return rejected('out-of-range');

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
 * Frees the pages that lie wholly in a range, all of which must be taken. The last of its bytes may lie behind the node, and
 * the first before it, on a page that is not freed.
 * @clause BOOT-2 @clause BOOT-4 @clause BOOT-6 @linux mm/bootmem.c free_bootmem_core
 */
export function freeBootmemCore(bdata: BootmemData, address: number, size: number): BootOutcome {
  const misuse = refuseRange(bdata, address, size);
  if (misuse !== undefined) return rejected(misuse);
  const start = startPfn(bdata);
  const first = Math.ceil(address / PAGE_SIZE) - start;
  const end = Math.floor((address + size) / PAGE_SIZE) - start;
  if (first < 0 || end > pagesOf(bdata)) return rejected('out-of-range');
  if (first >= end) return done;
  if (bdata.nodeBootmemMap.findNextZeroBit(first, end) !== end) return rejected('free-page');

  bdata.nodeBootmemMap.clearBits(first, end);
  forgetLastPage(bdata, first, end);
  return done;
}
