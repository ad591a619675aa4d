import type { ByteAddress, Pfn } from './unit.ts';
import type { Run } from './machine.ts';

/** A range of usable memory as firmware tells it: it need not begin or end with a page, nor be apart from others. */
export interface UsableRange {
  readonly address: ByteAddress;
  readonly size: number;
}

/** What a machine has, and where its memory is parted. */
export interface Machine {
  readonly usable: readonly UsableRange[];
  /** Each node's page frames, ascending and apart; a machine of one node has all. */
  readonly nodes: readonly { readonly start: Pfn; readonly end: Pfn }[];
  /** Where memory ends that old devices reach: 16 MiB on i386. */
  readonly dmaLimit: ByteAddress;
  /** Where memory ends that the kernel maps for good: 896 MiB on i386. */
  readonly lowLimit: ByteAddress;
}

/** What Linux calls its three zones. */
export type ZoneName = 'DMA' | 'Normal' | 'HighMem';

/** One zone of a node: its pages, which of them are holes; without pages, its base is where it would begin. */
export interface ZoneSize {
  readonly name: ZoneName;
  readonly base: Pfn;
  readonly pages: number;
  readonly holes: readonly Run[];
}

/** A node's memory: from its first usable page up to behind its last, low up to `maxLowPfn`, and its three zones. */
export interface NodeSize {
  readonly minPfn: Pfn;
  readonly maxLowPfn: Pfn;
  readonly maxPfn: Pfn;
  readonly zones: readonly ZoneSize[];
}

/** The sizes of things. Where nothing is usable, every page frame number is 0, or its node's start. */
export interface MachineSize {
  readonly minPfn: Pfn;
  readonly maxLowPfn: Pfn;
  readonly maxPfn: Pfn;
  readonly nodes: readonly NodeSize[];
}
