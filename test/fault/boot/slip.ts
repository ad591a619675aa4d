/** The form of a slip in boot memory, and the commands that a case is written in. */

import { byteAddress, pfn } from '../../../spec/unit.ts';
import type { BootCommand, BootNode, Clause } from '../../../protocol/index.ts';
import type { Edit } from '../sources.ts';

/** Boot memory broken on purpose: the real sources with one edit, and commands worked out by hand that refute a clause. */
export interface BootSlip extends Edit {
  readonly name: string;
  readonly refutes: Clause;
  readonly nodes: readonly BootNode[];
  readonly life: readonly BootCommand[];
}

export const PAGE = 4096;

export const reserve = (address: number, size: number): BootCommand => ({
  kind: 'reserve',
  node: 0,
  address: byteAddress(address),
  size,
});
export const free = (address: number, size: number, node = 0): BootCommand => ({
  kind: 'free',
  node,
  address: byteAddress(address),
  size,
});
export const take = (size: number, align = 32, goal = 0): BootCommand => ({
  kind: 'allocate',
  node: 'any',
  size,
  align,
  goal: byteAddress(goal),
});
export const retire: BootCommand = { kind: 'retire', node: 0 };

/** Returns a node of the pages from `start` to `end`, with its map in the first. */
export const node = (start: number, end: number): BootNode => ({ start: pfn(start), end: pfn(end), map: pfn(start) });
export const open = (start: number, end: number, of = 0): BootCommand =>
  free((start + 1) * PAGE, (end - start - 1) * PAGE, of);

export const slip = (
  refutes: Clause,
  name: string,
  file: string,
  [from, to]: readonly [string, string],
  life: readonly BootCommand[],
  nodes: readonly BootNode[] = [node(0, 8)],
): BootSlip => ({ refutes, name, file, from, to, life, nodes });

/** Frees a node of eight pages, except its map. */
export const OPEN: BootCommand = open(0, 8);
