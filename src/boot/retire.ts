// Retirement: a node of boot memory hands its free pages, and then those of its map, over to zones.
import { BOOT } from '../buddy/owner.ts';
import { bug } from '../words/bug.ts';
import { endPage, isRetired, setRetired, startPfn } from './data.ts';
import { pfn } from '../words/unit.ts';
import type { BootMisuse, BootOutcome, Observation, Outcome, Pfn } from '../../protocol/index.ts';
import type { BootmemData } from './data.ts';

/** A zone as retirement sees it: an `Allocator`, or anything that stands in front of one. */
export interface Door {
  handOver(frame: Pfn): Outcome;
  observe(): Observation;
}

/** The answer to a retirement that hands over. */
type Retired = Extract<BootOutcome, { kind: 'retired' }>;

/**
 * Calls `visit` with each page to be handed over, until it returns false: the free pages, ascending, then those of the map.
 * Returns whether all were visited.
 * @clause RETIRE-1 @clause RETIRE-2
 */
function eachHandedOver(bdata: BootmemData, visit: (frame: Pfn) => boolean): boolean {
  const { mapEnd, mapPage, nodeBootmemMap: map } = bdata;
  const [start, pages] = [startPfn(bdata), endPage(bdata)];
  for (let page = map.findNextZeroBit(0, pages); page < pages; page = map.findNextZeroBit(page + 1, pages)) {
    if (!visit(pfn(start + page))) return false;
  }
  for (let page = mapPage; page < mapEnd; page++) if (!visit(pfn(start + page))) return false;
  return true;
}

/** Returns a function that finds the zone of a frame. */
function zoneFinder(zones: readonly Door[]): (frame: Pfn) => { door: Door; seen: Observation } | undefined {
  const all = zones.map((door) => ({ door, seen: door.observe() }));
  return (frame) => all.find(({ seen: { arena } }) => frame >= arena.base && frame < arena.base + arena.pages);
}

/**
 * Returns why a node cannot be retired into these zones; undefined if it can.
 * @clause RETIRE-3 @clause RETIRE-4 @clause RETIRE-5
 * @departure MAP-RESERVED a map of which a page is not reserved keeps the node from being retired; the kernel frees such a page twice
 * @departure RETIRED-ONCE a second retirement, and all else asked of a retired node, is rejected; the kernel stops, or uses a map that is gone
 */
export function refuseRetirement(bdata: BootmemData, zones: readonly Door[]): BootMisuse | undefined {
  if (isRetired(bdata)) return 'retired';
  if (bdata.nodeBootmemMap.findNextZeroBit(bdata.mapPage, bdata.mapEnd) !== bdata.mapEnd) return 'map-not-reserved';
  const zoneOf = zoneFinder(zones);
  const waits = (frame: Pfn): boolean => {
    const zone = zoneOf(frame);
    return zone?.seen.owners[frame - zone.seen.arena.base] === BOOT;
  };
  return eachHandedOver(bdata, waits) ? undefined : 'no-zone';
}

/**
 * Hands a node's free pages over to zones, page by page, and then those of its map.
 * Precondition: `refuseRetirement` refuses nothing.
 * @clause RETIRE-1 @clause RETIRE-2 @clause RETIRE-4 @clause RETIRE-6 @linux mm/bootmem.c free_all_bootmem_core
 * @departure WHOLE-MAP as many pages of the map are handed over as were set aside for it; the kernel rounds their number down, and keeps one if there is a remainder
 */
export function freeAllBootmemCore(bdata: BootmemData, zones: readonly Door[]): Retired {
  const zoneOf = zoneFinder(zones);
  let count = 0;
  eachHandedOver(bdata, (frame) => {
    count++;
    const outcome = zoneOf(frame)?.door.handOver(frame);
    if (outcome?.kind !== 'done') bug('a frame that a zone waits for is not taken');
    return true;
  });
  setRetired(bdata, true);
  const map = bdata.mapEnd - bdata.mapPage;
  return { kind: 'retired', free: count - map, map };
}
