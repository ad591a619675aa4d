/** Nodes of boot memory, and commands to them, as the specification's tests write them. */

import { byteAddress, placeBoot, pfn, startBoot } from '../../../spec/index.ts';
import type { Boot } from '../../../spec/index.ts';
import type { BootCommand, BootNode, BootOutcome } from '../../../protocol/index.ts';

export const PAGE = 4096;
export const node = (start: number, end: number, map: number = start): BootNode => ({
  start: pfn(start),
  end: pfn(end),
  map: pfn(map),
});

export const reserve = (address: number, size: number, which = 0): BootCommand => ({
  kind: 'reserve',
  node: which,
  address: byteAddress(address),
  size,
});
export const free = (address: number, size: number, which = 0): BootCommand => ({
  kind: 'free',
  node: which,
  address: byteAddress(address),
  size,
});
export const take = (size: number, align = 1, goal = 0, which: number | 'any' = 'any'): BootCommand => ({
  kind: 'allocate',
  node: which,
  size,
  align,
  goal: byteAddress(goal),
});
export const retire: BootCommand = { kind: 'retire', node: 0 };
export const granted = (address: number): BootOutcome => ({ kind: 'granted', address: byteAddress(address) });
export const done: BootOutcome = { kind: 'done' };
export const exhausted: BootOutcome = { kind: 'exhausted' };

/** The nodes after commands that Linux answers. */
export const after = (boot: Boot, ...commands: readonly BootCommand[]): Boot =>
  commands.reduce((state, command) => placeBoot(state, command, () => true).next, boot);

/** Sixteen pages, of which 0 holds the map; 3000 bytes are granted in page 1. */
export const small = (): Boot => after(startBoot([node(0, 16)]), free(0, 16 * PAGE), reserve(0, 1), take(3000));
/** Two nodes, each with its first page for its map. */
export const two = (): Boot =>
  after(startBoot([node(0, 4), node(4, 8)]), free(PAGE, 3 * PAGE, 0), free(5 * PAGE, 3 * PAGE, 1));
