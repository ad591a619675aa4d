import type { ByteAddress, Pfn } from './unit.ts';
import type { ZoneSpan } from './machine.ts';

/** A range of usable memory as firmware tells it: it need not begin or end with a page, nor be apart from others. */
export interface UsableRange {
  readonly address: ByteAddress;
  readonly size: number;
}

/** What firmware tells of a machine, and where its memory is parted. */
export interface Firmware {
  readonly usable: readonly UsableRange[];
  /** Each node's page frames, ascending and apart; a machine of one node has all. */
  readonly nodes: readonly { readonly start: Pfn; readonly end: Pfn }[];
  /** Where memory ends that old devices reach: 16 MiB on i386. */
  readonly dmaLimit: ByteAddress;
  /** Where memory ends that the kernel maps for good: 896 MiB on i386. */
  readonly lowLimit: ByteAddress;
}

/** A node's memory: from its first usable page up to behind its last, low up to `maxLowPfn`, and its three zones, with pages or without. */
export interface NodeSize {
  readonly minPfn: Pfn;
  readonly maxLowPfn: Pfn;
  readonly maxPfn: Pfn;
  readonly zones: readonly ZoneSpan[];
}

/** The sizes of things. Where nothing is usable, every page frame number is 0, or its node's start. */
export interface MachineSize {
  readonly minPfn: Pfn;
  readonly maxLowPfn: Pfn;
  readonly maxPfn: Pfn;
  readonly nodes: readonly NodeSize[];
}
