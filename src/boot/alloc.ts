import { PAGE_SIZE, lastOffset, lastPos, pagesOf, setLast, startPfn } from './data.ts';
import { roundUp } from './reserve.ts';
import type { BootmemData } from './data.ts';

/** What `allocBootmemCore` gives where the kernel gives NULL. */
export const NOWHERE = -1;

/**
 * The first of so many free pages in a row, from `from` on and every `apart` pages. A page of the map counts as taken.
 * What lies between a taken page and the next free one is passed word by word.
 * @clause BOOT-11 @clause FIT-1 @linux mm/bootmem.c __alloc_bootmem_core
 * @departure MAP-KEPT a page of the map that is not reserved is not granted; the kernel grants it, and zeroes its own map
 */
function findRun(bdata: BootmemData, from: number, count: number, apart: number): number {
  const { mapEnd, mapPage, nodeBootmemMap: map } = bdata;
  const pages = pagesOf(bdata);
  let first = from;
  while (first + count <= pages) {
    const taken = map.findNextBit(first, first + count);
    const meetsMap = first < mapEnd && first + count > mapPage;
    if (taken === first + count && !meetsMap) return first;
    const next = taken === first + count ? mapEnd : map.findNextZeroBit(taken, pages);
    first = from + roundUp(next - from, apart);
  }
  return NOWHERE;
}

/**
 * The page that a goal has the search begin at; `first`, where it lies outside the node.
 * @clause BOOT-9 @clause FIT-1 @linux mm/bootmem.c __alloc_bootmem_core
 * @departure GOAL-ONCE a goal is rounded up to the alignment once, as an address; the kernel rounds up its distance from the node and adds what the node is off, which may pass over a block at the very goal
 */
function preferredPage(bdata: BootmemData, align: number, goal: number, first: number): number {
  const { nodeBootStart, nodeLowPfn } = bdata;
  if (goal < nodeBootStart || goal >= nodeLowPfn * PAGE_SIZE) return first;
  return Math.floor(roundUp(goal, align) / PAGE_SIZE) - startPfn(bdata);
}

/** Grants from a byte of the last page on, and takes the pages behind it that this reaches into. @clause FIT-2 @linux mm/bootmem.c __alloc_bootmem_core */
function continueLastPage(bdata: BootmemData, size: number, align: number): number {
  const pos = lastPos(bdata);
  const end = roundUp(lastOffset(bdata), align) + size;
  const more = Math.ceil(end / PAGE_SIZE) - 1;
  bdata.nodeBootmemMap.setBits(pos + 1, pos + 1 + more);
  setLast(bdata, pos + more, end % PAGE_SIZE);
  return bdata.nodeBootStart + pos * PAGE_SIZE + end - size;
}

/**
 * Takes `size` bytes at a multiple of `align`, a power of two; their address, or NOWHERE. First fit from the goal on, then
 * from the node's start; small requests that follow one another share pages.
 * @clause BOOT-8 @clause BOOT-9 @clause BOOT-10 @clause FIT-1 @clause FIT-2 @linux mm/bootmem.c __alloc_bootmem_core
 * @departure TWO-SCANS a request that is not met is refused after two scans; where the node begins at no multiple of the alignment, the kernel scans for ever
 */
export function allocBootmemCore(bdata: BootmemData, size: number, align: number, goal: number): number {
  const { nodeBootStart } = bdata;
  const count = Math.ceil(size / PAGE_SIZE);
  const apart = Math.max(1, align / PAGE_SIZE);
  const first = Math.floor(roundUp(nodeBootStart, align) / PAGE_SIZE) - startPfn(bdata);
  const preferred = preferredPage(bdata, align, goal, first);

  let start = findRun(bdata, preferred, count, apart);
  if (start === NOWHERE && preferred > first) start = findRun(bdata, first, count, apart);
  if (start === NOWHERE) return NOWHERE;

  const follows = align <= PAGE_SIZE && lastOffset(bdata) !== 0 && lastPos(bdata) + 1 === start;
  if (follows) return continueLastPage(bdata, size, align);
  bdata.nodeBootmemMap.setBits(start, start + count);
  setLast(bdata, start + count - 1, size % PAGE_SIZE);
  return nodeBootStart + start * PAGE_SIZE;
}

/** Whether the rest of the last page holds a request, continued by the pages behind it if need be. @clause BOOT-12 @clause FIT-3 */
function restWillDo(bdata: BootmemData, size: number, align: number): boolean {
  const offset = roundUp(lastOffset(bdata), align);
  if (lastOffset(bdata) === 0 || offset >= PAGE_SIZE) return false;
  const first = lastPos(bdata) + 1;
  const end = lastPos(bdata) + Math.ceil((offset + size) / PAGE_SIZE);
  const meetsMap = first < bdata.mapEnd && end > bdata.mapPage;
  if (end <= first) return true;
  return end <= pagesOf(bdata) && !meetsMap && bdata.nodeBootmemMap.findNextBit(first, end) === end;
}

/**
 * Takes `size` bytes in the rest of the last page, where no node has a run for them; their address, or NOWHERE.
 * @clause BOOT-12 @clause FIT-3
 * @departure REST-WILL-DO a request that the rest of a last page holds is granted; the kernel wants a run of pages for it all the same, and refuses
 */
export function allocRest(bdata: BootmemData, size: number, align: number): number {
  return restWillDo(bdata, size, align) ? continueLastPage(bdata, size, align) : NOWHERE;
}
