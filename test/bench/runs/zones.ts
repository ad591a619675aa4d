/** Zones without their public face, for timing. */

import { freeOnePage, rmqueueSmallest } from '../../../src/buddy/page-buddy.ts';
import { freePagesOk, rmqueue } from '../../../src/buddy/buddy.ts';
import { Zone, initZone } from '../../../src/buddy/zone.ts';
import { regionBytes } from '../../../src/buddy/region.ts';
import type { Kernel } from '../../../protocol/index.ts';

/** The two operations of an allocator's core: no owner table, no result objects. */
export interface Core {
  readonly take: (zone: Zone, order: number) => number;
  readonly give: (zone: Zone, page: number, order: number) => void;
}

const CORES: Readonly<Record<Kernel, Core>> = {
  '2.4': { take: rmqueue, give: freePagesOk },
  '2.6': { take: rmqueueSmallest, give: freeOnePage },
};

/** Returns a zone of which every page is free. */
export function zoneOf(kernel: Kernel, pages: number, orders: number): { readonly zone: Zone; readonly core: Core } {
  const core = CORES[kernel];
  const region = { buffer: new ArrayBuffer(regionBytes(kernel, pages, orders)), byteOffset: 0 };
  const zone = new Zone(kernel, { base: 0, pages, orders }, region);
  initZone(zone);
  for (let page = 0; page < pages; page++) core.give(zone, page, 0);
  return { zone, core };
}
