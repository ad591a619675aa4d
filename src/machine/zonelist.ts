// Zonelists: which zones a request tries, and in what order.
import { GFP_ZONEMASK } from './gfp.ts';
import type { MachineZone } from './machine-zone.ts';

/** The zones that a request tries, in order; the first is its class zone. @linux include/linux/mmzone.h zonelist_t */
export type Zonelist = readonly MachineZone[];

const DMA = 0x01;
const HIGHMEM = 0x02;

/**
 * Returns the zonelists of a node, indexed by the low four bits of a mask: its own zones, from the wanted one down.
 * @clause GFP-1 @clause ZONE-3 @clause NODE-2 @linux mm/page_alloc.c build_zonelists
 */
export function buildZonelists(zones: readonly MachineZone[]): readonly Zonelist[] {
  return Array.from({ length: GFP_ZONEMASK + 1 }, (_, mask) => {
    let wanted = 1;
    if ((mask & HIGHMEM) !== 0) wanted = 2;
    if ((mask & DMA) !== 0) wanted = 0;
    const zonelist: MachineZone[] = [];
    for (let id = wanted; id >= 0; id--) {
      const zone = zones.find((one) => one.id === id);
      if (zone !== undefined) zonelist.push(zone);
    }
    return zonelist;
  });
}
