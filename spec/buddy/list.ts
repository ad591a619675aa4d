/** A free list as a value: its heads from first to last, and copies of it with a block more or less. */
import type { Pfn } from '../../protocol/index.ts';

export type List = readonly Pfn[];

/** From so many blocks on, V8 copies a list faster at once than block by block. */
const LONG = 32;

/** Returns a list with a block put at its head. */
export const withFirst = (list: List, head: Pfn): List =>
  list.length < LONG ? [head, ...list] : list.toSpliced(0, 0, head);

/** Returns a list without a block that is on it once. */
export const without = (list: List, head: Pfn): List =>
  list.length < LONG ? list.filter((one) => one !== head) : list.toSpliced(list.indexOf(head), 1);
