/** Zones without their public face, for timing. */
import { freeOnePage, rmqueueSmallest } from '../../../src/buddy/page-buddy.ts';
import { frameIndex, order, pfn } from '../../../src/index.ts';
import { freePagesOk, rmqueue } from '../../../src/buddy/buddy.ts';
import { Zone, initZone } from '../../../src/buddy/zone.ts';
import { regionBytes } from '../../../src/buddy/region.ts';
import type { FrameIndex, Kernel, Order } from '../../../protocol/index.ts';

/** The two operations of an allocator's core: no owner table, no result objects. */
export interface Core {
  readonly take: (zone: Zone, order: Order) => number;
  readonly give: (zone: Zone, page: FrameIndex, order: Order) => void;
}

const CORES: Readonly<Record<Kernel, Core>> = {
  '2.4': { take: rmqueue, give: freePagesOk },
  '2.6': { take: rmqueueSmallest, give: freeOnePage },
};

/** A zone of which every page is free. */
export function zoneOf(kernel: Kernel, pages: number, orders: number): { readonly zone: Zone; readonly core: Core } {
  const core = CORES[kernel];
  const region = { buffer: new ArrayBuffer(regionBytes(kernel, pages, orders)), byteOffset: 0 };
  const zone = new Zone(kernel, { base: pfn(0), pages, orders }, region);
  initZone(zone);
  for (let page = frameIndex(0); page < pages; page++) core.give(zone, page, order(0));
  return { zone, core };
}
