// A zone of a machine of 2.6.24: a buddy system with a name, marks, and what it keeps from requests of higher classes.
import type { Allocator } from '../buddy/allocator.ts';
import type { TunedZone } from './min-free-kbytes.ts';
import type { WatermarkZone } from './zone-watermark.ts';
import type { Zone } from '../buddy/zone.ts';
import type { ZoneName26 } from '../../protocol/index.ts';

/** The zones of a node, by their number; a class is such a number. @linux include/linux/mmzone.h zone_type (2.6.24) */
export const ZONE_NAMES: readonly ZoneName26[] = ['DMA', 'DMA32', 'Normal', 'HighMem'];

/** A zone, as the test of its marks and the settings see it. @linux include/linux/mmzone.h zone (2.6.24) */
export class MachineZone implements TunedZone, WatermarkZone {
  readonly name: ZoneName26;
  readonly id: number;
  readonly buddy: Zone;
  /** The public face of `buddy`. */
  readonly allocator: Allocator;
  readonly presentPages: number;
  readonly isHighmem: boolean;
  /** The number of free blocks of each order, live. */
  readonly nrFree: Int32Array;
  pagesMin = 0;
  pagesLow = 0;
  pagesHigh = 0;
  lowmemReserve: number[] = [];

  constructor(name: ZoneName26, buddy: Zone, allocator: Allocator, presentPages: number) {
    this.name = name;
    this.id = ZONE_NAMES.indexOf(name);
    this.buddy = buddy;
    this.allocator = allocator;
    this.presentPages = presentPages;
    this.isHighmem = name === 'HighMem';
    this.nrFree = buddy.counters.words.subarray(1);
  }

  get freePages(): number {
    return this.buddy.counters.get(0);
  }

  /** Reports whether a frame lies in the zone. */
  has(frame: number): boolean {
    return frame >= this.buddy.base && frame < this.buddy.base + this.buddy.pages;
  }
}

/** The zones that a request tries, in order; the first is its class zone. @linux include/linux/mmzone.h zonelist (2.6.24) */
export type Zonelist = readonly MachineZone[];

/** Returns, for each highest zone, the zones that a request tries: from that one down. @clause GATE-7 @linux mm/page_alloc.c build_zonelists_node (2.6.24) */
export const buildZonelists = (zones: readonly MachineZone[]): readonly Zonelist[] =>
  ZONE_NAMES.map((_, highest) => zones.filter(({ id }) => id <= highest).toReversed());
