// What a zone is made of, and the reasons for which a zone or its region is refused.
import { regionBytes } from './region.ts';
import type { Clause, Kernel, Pfn, Run } from '../../protocol/index.ts';
import type { Region } from './region.ts';

/** What a zone is made of. Holes are sorted and apart; 2.4 aligns blocks from `base`, 2.6 from frame 0. */
export interface ZoneShape {
  readonly kernel: Kernel;
  readonly base: Pfn;
  readonly pages: number;
  readonly orders: number;
  readonly holes: readonly Run[];
}

/** Why a zone cannot be made. */
export interface BadShape {
  readonly kind: 'rejected';
  readonly clause: Clause;
  readonly why: string;
}

/** The maximum number of orders of a zone. */
export const MAX_ORDERS = 31;
/** The maximum number of pages of a zone, and of a node of boot memory. */
export const MAX_PAGES: number = 2 ** 28;

/** Returns the number of frames of a zone that exist. */
export const existing = ({ holes, pages }: Pick<ZoneShape, 'holes' | 'pages'>): number =>
  holes.reduce((left, [, count]) => left - count, pages);

/** Reports whether `n` is a whole number in [least, most]. */
export const isWholeNumber = (n: number, least: number, most: number): boolean =>
  Number.isInteger(n) && n >= least && n <= most;

/** Returns a refusal, with the clause that the shape or region is against. */
export const refuse = (clause: Clause, why: string): BadShape => ({ kind: 'rejected', clause, why });

function badHoles({ base, pages, holes }: ZoneShape): BadShape | undefined {
  let end: number = base;
  for (const [first, count] of holes) {
    if (!isWholeNumber(first, end, Infinity) || !isWholeNumber(count, 1, base + pages - first)) {
      const bounds = `within frames ${end} to ${base + pages - 1}`;
      return refuse('MAKE-4', `hole [${first}, ${count}] must be whole numbers, sorted, apart and ${bounds}`);
    }
    end = first + count;
  }
  return undefined;
}

/** Returns what is wrong with a region that `who` needs `needed` bytes of; undefined if it is right. @clause MAKE-5 */
export function refuseRegion({ buffer, byteOffset }: Region, needed: number, who: string): BadShape | undefined {
  if (!isWholeNumber(byteOffset / 4, 0, buffer.byteLength / 4)) {
    const bounds = `within the buffer's ${buffer.byteLength} bytes`;
    return refuse('MAKE-5', `byteOffset is ${byteOffset}, not a multiple of 4 ${bounds}`);
  }
  const has = buffer.byteLength - byteOffset;
  return has < needed ? refuse('MAKE-5', `the region has ${has} bytes, ${who} ${needed}`) : undefined;
}

/**
 * Returns what is wrong with a shape or its region; undefined if both are right.
 * @clause MAKE-1 @clause MAKE-2 @clause MAKE-3 @clause MAKE-4
 * @departure LIMITS at most 31 orders and 2^28 pages, and every number is checked; the kernel checks hardly any
 */
export function refuseShape(shape: ZoneShape, region: Region): BadShape | undefined {
  const { kernel, base, pages, orders } = shape;
  if (!isWholeNumber(orders, 1, MAX_ORDERS)) {
    return refuse('MAKE-1', `orders is ${orders}, not a whole number from 1 to ${MAX_ORDERS}`);
  }
  if (!isWholeNumber(pages, 1, MAX_PAGES)) {
    return refuse('MAKE-2', `pages is ${pages}, not a whole number from 1 to ${MAX_PAGES}`);
  }
  if (!isWholeNumber(base, 0, Number.MAX_SAFE_INTEGER - MAX_PAGES)) {
    return refuse('MAKE-3', `base is ${base}, not a page frame number`);
  }
  return badHoles(shape) ?? refuseRegion(region, regionBytes(kernel, pages, orders), 'the zone needs');
}
