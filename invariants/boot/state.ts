/** An observation of boot memory as the invariants read it. */
import type { BootNodeObservation, Paged } from '../../protocol/index.ts';

/** Returns the number of bytes in a page: that of i386 if it is not said. */
export const pageSizeOf = ({ pageSize = 4096 }: Paged): number => pageSize;

/** The pages from `first` up to, but not including, `end`. */
export type Pages = readonly [first: number, end: number];

/** Reports whether the bit of a page is 1. */
export function isTaken({ bits, start }: BootNodeObservation, page: number): boolean {
  const at = page - start;
  return (((bits[Math.floor(at / 32)] ?? 0) >>> (at % 32)) & 1) === 1;
}

/** Returns the pages that hold the bitmap of a node. @clause BOOT-11 */
export const mapOf = (node: BootNodeObservation): Pages => [
  node.map,
  node.map + Math.ceil(Math.ceil((node.end - node.start) / 8) / pageSizeOf(node)),
];
