/** An observation of boot memory as the invariants read it. */
import type { BootNodeObservation } from '../../protocol/index.ts';

/** The number of bytes in a page. */
export const PAGE = 4096;

/** The pages from `first` up to, but not including, `end`. */
export type Pages = readonly [first: number, end: number];

/** Reports whether the bit of a page is 1. */
export function isTaken({ bits, start }: BootNodeObservation, page: number): boolean {
  const at = page - start;
  return (((bits[Math.floor(at / 32)] ?? 0) >>> (at % 32)) & 1) === 1;
}

/** Returns the pages that hold the bitmap of a node. @clause BOOT-11 */
export const mapOf = ({ end, map, start }: BootNodeObservation): Pages => [
  map,
  map + Math.ceil(Math.ceil((end - start) / 8) / PAGE),
];
