/** Where the watermarks and reserves of 2.6.24 come from: the sizes of the zones, and one number of kilobytes. */
import type { Settings26, Watermarks } from '../../protocol/index.ts';

/** A zone, as marks and reserves see it. */
export interface ZoneSize {
  /** The pages that exist. */
  readonly present: number;
  readonly highmem: boolean;
}

const KB_OF_LEAST = 128;
const KB_OF_MOST = 65536;
const HIGHMEM_LEAST = 32;
const HIGHMEM_MOST = 128;
const HIGHMEM_RATIO = 1024;

/** The ratios that a zone's reserves begin with. @clause GATE-4 */
export const DEFAULT_RATIO: Settings26['ratios'] = { DMA: 256, DMA32: 256, Normal: 32 };

const clamp = (n: number, least: number, most: number): number => Math.min(Math.max(n, least), most);

/** Returns min_free_kbytes as the kernel sets it at boot, from the kilobytes of low memory. @clause GATE-5 */
export const minFreeKbytes = (lowKb: number): number =>
  clamp(Math.floor(Math.sqrt(16 * lowKb)), KB_OF_LEAST, KB_OF_MOST);

/** Returns the watermarks of a zone beside `low` pages of low memory, if `kept` pages are to be kept free in all of them. @clause GATE-5 */
export function marksOf({ highmem, present }: ZoneSize, low: number, kept: number): Watermarks {
  const share = low === 0 ? 0 : Math.floor((kept * present) / low);
  const min = highmem ? clamp(Math.floor(present / HIGHMEM_RATIO), HIGHMEM_LEAST, HIGHMEM_MOST) : share;
  return { min, low: min + Math.floor(share / 4), high: min + Math.floor(share / 2) };
}

/**
 * Returns what a zone keeps from requests of each class: the pages of the zones above it, up to the class, divided by the zone's
 * ratio; nothing from its own class and those below. `sizes` are the zones of a node, from the lowest. @clause GATE-4
 */
export const reservesOf = (sizes: readonly ZoneSize[], zone: number, ratio: number): readonly number[] =>
  sizes.map((_, of) => {
    const above = sizes.slice(zone + 1, of + 1).reduce((sum, { present }) => sum + present, 0);
    return Math.floor(above / ratio);
  });
