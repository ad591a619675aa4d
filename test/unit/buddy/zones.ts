/** Zones without their public face, for the unit tests. */
import * as mark from '../../../src/buddy/page-buddy.ts';
import * as bit from '../../../src/buddy/buddy.ts';
import { Zone, initZone } from '../../../src/buddy/zone.ts';
import { bytesOf, regionFor } from '../../arbitrary/region.ts';
import { frameIndex, order } from '../../../src/index.ts';
import { plainShape } from '../../arbitrary/arena.ts';
import type { Kernel } from '../../../protocol/index.ts';

/** A new zone without its public face: every page in use. */
export function zoneInUse(kernel: Kernel, pages: number, orders: number, base = 0): Zone {
  const shape = plainShape(kernel, pages, orders, base);
  const zone = new Zone(kernel, shape, regionFor(shape));
  initZone(zone);
  return zone;
}

/** The zone's bytes, copied. */
export function bytesOfZone(zone: Zone): Uint8Array {
  const { buffer, byteOffset } = zone.counters.words;
  return new Uint8Array(buffer, byteOffset, bytesOf(plainShape(zone.kernel, zone.pages, zone.orders))).slice();
}

// The core, called with the plain numbers that a test writes down.

export const rmqueue = (zone: Zone, of: number): number => bit.rmqueue(zone, order(of));
export const freePagesOk = (zone: Zone, page: number, of: number): void =>
  bit.freePagesOk(zone, frameIndex(page), order(of));
export const rmqueueSmallest = (zone: Zone, of: number): number => mark.rmqueueSmallest(zone, order(of));
export const freeOnePage = (zone: Zone, page: number, of: number): void =>
  mark.freeOnePage(zone, frameIndex(page), order(of));
export const pageIsBuddy = (zone: Zone, buddy: number, of: number): boolean =>
  mark.pageIsBuddy(zone, frameIndex(buddy), order(of));
export const pageFindBuddy = (page: number, of: number): number => mark.pageFindBuddy(page, order(of));
export const findCombinedIndex = (page: number, of: number): number => mark.findCombinedIndex(page, order(of));
export const markUsed = (zone: Zone, index: number, of: number): boolean => zone.markUsed(frameIndex(index), order(of));
