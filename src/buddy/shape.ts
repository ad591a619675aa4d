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

const MOST_ORDERS = 31;
const MOST_PAGES = 2 ** 28;

const wholeNumber = (n: number, least: number, most: number): boolean => Number.isInteger(n) && n >= least && n <= most;

const reject = (clause: Clause, why: string): BadShape => ({ kind: 'rejected', clause, why });

function badHoles({ base, pages, holes }: ZoneShape): BadShape | undefined {
  let end: number = base;
  for (const [first, count] of holes) {
    if (!wholeNumber(first, end, base + pages - 1) || !wholeNumber(count, 1, base + pages - first)) {
      const bounds = `within frames ${end} to ${base + pages - 1}`;
      return reject('MAKE-4', `hole [${first}, ${count}] must be whole numbers, sorted, apart and ${bounds}`);
    }
    end = first + count;
  }
  return undefined;
}

/**
 * What is wrong with a shape or its region; undefined where nothing is.
 * @clause MAKE-1 @clause MAKE-2 @clause MAKE-3 @clause MAKE-4 @clause MAKE-5
 * @departure LIMITS at most 31 orders and 2^28 pages, and every number is looked at; the kernel looks at hardly any
 */
export function refuseShape(shape: ZoneShape, region: Region): BadShape | undefined {
  const { kernel, base, pages, orders } = shape;
  if (!wholeNumber(orders, 1, MOST_ORDERS)) {
    return reject('MAKE-1', `orders is ${orders}, not a whole number from 1 to ${MOST_ORDERS}`);
  }
  if (!wholeNumber(pages, 1, MOST_PAGES)) {
    return reject('MAKE-2', `pages is ${pages}, not a whole number from 1 to ${MOST_PAGES}`);
  }
  if (!wholeNumber(base, 0, Number.MAX_SAFE_INTEGER - MOST_PAGES)) {
    return reject('MAKE-3', `base is ${base}, not a page frame number`);
  }
  const holes = badHoles(shape);
  if (holes !== undefined) return holes;

  const { buffer, byteOffset } = region;
  const needed = regionBytes(kernel, pages, orders);
  if (!wholeNumber(byteOffset, 0, buffer.byteLength) || byteOffset % 4 !== 0) {
    return reject(
      'MAKE-5',
      `byteOffset is ${byteOffset}, not a multiple of 4 within the buffer's ${buffer.byteLength} bytes`,
    );
  }
  if (buffer.byteLength - byteOffset < needed) {
    return reject('MAKE-5', `the region has ${buffer.byteLength - byteOffset} bytes, the zone needs ${needed}`);
  }
  return undefined;
}
