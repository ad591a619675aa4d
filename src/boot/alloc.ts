// Allocation in one node of boot memory: first fit in whole pages, with small requests packed into the last page.
import { byteAddress } from '../words/unit.ts';
import { endPage, lastOffset, lastPos, setLast, startPfn } from './data.ts';
import { roundUp } from './reserve.ts';
import type { BootmemData } from './data.ts';
import type { ByteAddress } from '../../protocol/index.ts';
import type { NodePage } from '../words/unit.ts';

/** `allocBootmemCore` returns this where the kernel returns NULL. */
export const NOWHERE = -1;

/**
 * Returns the first of `count` free pages in a row, at `from` or a multiple of `apart` pages after it; NOWHERE if there are
 * none. A page of the map counts as taken. Skips the pages between a taken page and the next free one word by word.
 * @clause BOOT-11 @clause FIT-1 @linux mm/bootmem.c __alloc_bootmem_core
 * @departure MAP-KEPT a page of the map that is not reserved is not granted; the kernel grants it, and zeroes its own map
 */
function findRun(bdata: BootmemData, from: NodePage, count: number, apart: number): NodePage | typeof NOWHERE {
  const { mapEnd, mapPage, nodeBootmemMap: map } = bdata;
  const pages = endPage(bdata);
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
 * Returns the page at which the search for a goal begins; `first` if the goal is outside the node.
 * @clause BOOT-9 @clause FIT-1 @linux mm/bootmem.c __alloc_bootmem_core
 * @departure GOAL-ONCE a goal is rounded up to the alignment once, as an address; the kernel rounds up its distance from the node and adds what the node is off, which may pass over a block at the very goal
 */
function preferredPage(bdata: BootmemData, align: number, goal: ByteAddress, first: NodePage): NodePage {
  const { nodeBootStart, nodeLowPfn, pageSize } = bdata;
  if (goal < nodeBootStart || goal >= nodeLowPfn * pageSize) return first;
  return Math.floor(roundUp(goal, align) / pageSize) - startPfn(bdata);
}

/** Grants bytes of the last page, and takes the pages after it into which they reach. @clause FIT-2 @linux mm/bootmem.c __alloc_bootmem_core */
function continueLastPage(bdata: BootmemData, size: number, align: number): ByteAddress {
  const { pageSize } = bdata;
  const pos = lastPos(bdata);
  const end = roundUp(lastOffset(bdata), align) + size;
  const more = Math.ceil(end / pageSize) - 1;
  bdata.nodeBootmemMap.setBits(pos + 1, pos + 1 + more);
  setLast(bdata, pos + more, end % pageSize);
  return byteAddress(bdata.nodeBootStart + pos * pageSize + end - size);
}

/**
 * Takes `size` bytes at a multiple of `align`, a power of two. Returns their address, or NOWHERE. First fit from the goal on,
 * then from the node's start; small requests that follow one another share pages.
 * @clause BOOT-8 @clause BOOT-9 @clause BOOT-10 @clause FIT-1 @clause FIT-2 @linux mm/bootmem.c __alloc_bootmem_core
 * @departure TWO-SCANS a request that is not met is refused after two scans; if the node begins at no multiple of the alignment, the kernel scans for ever
 */
export function allocBootmemCore(
  bdata: BootmemData,
  size: number,
  align: number,
  goal: ByteAddress,
): ByteAddress | typeof NOWHERE {
  const { nodeBootStart, pageSize } = bdata;
  const count = Math.ceil(size / pageSize);
  const apart = Math.max(1, align / pageSize);
  const first: NodePage = Math.floor(roundUp(nodeBootStart, align) / pageSize) - startPfn(bdata);
  const preferred = preferredPage(bdata, align, goal, first);

  let start = findRun(bdata, preferred, count, apart);
  if (start === NOWHERE && preferred > first) start = findRun(bdata, first, count, apart);
  if (start === NOWHERE) return NOWHERE;

  const follows = align <= pageSize && lastOffset(bdata) !== 0 && lastPos(bdata) + 1 === start;
  if (follows) return continueLastPage(bdata, size, align);
  bdata.nodeBootmemMap.setBits(start, start + count);
  setLast(bdata, start + count - 1, size % pageSize);
  return byteAddress(nodeBootStart + start * pageSize);
}

/** Reports whether the rest of the last page, continued into the free pages after it, holds a request. @clause BOOT-12 @clause FIT-3 */
function restWillDo(bdata: BootmemData, size: number, align: number): boolean {
  const { pageSize } = bdata;
  const offset = roundUp(lastOffset(bdata), align);
  if (lastOffset(bdata) === 0 || offset >= pageSize) return false;
  const first: NodePage = lastPos(bdata) + 1;
  const end: NodePage = lastPos(bdata) + Math.ceil((offset + size) / pageSize);
  const meetsMap = first < bdata.mapEnd && end > bdata.mapPage;
  if (end <= first) return true;
  return end <= endPage(bdata) && !meetsMap && bdata.nodeBootmemMap.findNextBit(first, end) === end;
}

/**
 * Takes `size` bytes from the rest of the last page on. Returns their address, or NOWHERE. Precondition: no node has a run of
 * free pages for them.
 * @clause BOOT-12 @clause FIT-3
 * @departure REST-WILL-DO a request that the rest of a last page holds is granted; the kernel wants a run of pages for it all the same, and refuses
 */
export function allocRest(bdata: BootmemData, size: number, align: number): ByteAddress | typeof NOWHERE {
  return restWillDo(bdata, size, align) ? continueLastPage(bdata, size, align) : NOWHERE;
}
