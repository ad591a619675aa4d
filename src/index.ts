/**
 * The allocators: Linux 2.4.22's (one bit per pair) and 2.6.24's (a mark on the page), each zone in a region that you give;
 * and 2.4.22's boot memory, which comes before them.
 */
export { Allocator, attachAllocator, createAllocator } from './allocator.ts';
export { DEFAULT_BALANCE, I386_LIMITS } from './zone.ts';
export { GFP_ATOMIC, GFP_DMA, GFP_HIGHUSER, GFP_KERNEL, GFP_KSWAPD, GFP_NFS } from './gfp.ts';
export { GFP_NOFS, GFP_NOHIGHIO, GFP_NOIO, GFP_USER, withZone } from './gfp.ts';
export { LruReclaimer } from './lru.ts';
export { PF_MEMALLOC, PF_MEMDIE, PF_NONE } from './gfp.ts';
export { PhysicalMemory } from './physical-memory.ts';
export { buddyinfo, parseBuddyinfo, printBuddyinfoLine, zoneinfo } from './buddyinfo.ts';
export { fragmentationOf, unusableFreeSpace, wasteOf } from './fragmentation.ts';
export { createMachine, machineOf } from './machine.ts';
export { frameIndex, gfp, nodeId, order, pfn, taskFlags, virtualAddress } from './unit.ts';
export { getOrder } from './arithmetic.ts';
export { regionBytes } from './region.ts';
export type { AddressOutcome } from './physical-memory.ts';
export type { BadBuddyinfo, BuddyinfoLine } from './buddyinfo.ts';
export type { BadShape, ZoneShape } from './construct.ts';
export type { ClassZone, Free, Reclaimer } from './reclaim.ts';
export type { Fragmentation } from './fragmentation.ts';
export type { CreatedMachine, MachineOptions, NodeFrames } from './machine.ts';
export type { Created } from './allocator.ts';
export type { Region } from './region.ts';
export { Bootmem, MAX_DMA_ADDRESS, SMP_CACHE_BYTES, createBootmem, initBootmem } from './bootmem-face.ts';
export { PAGE_SIZE, bootmemBootmapPages, bootmemBytes } from './bootmem-data.ts';
export { byteAddress } from './unit.ts';
export { setupMemory } from './firmware.ts';
export { startKernel } from './start-kernel.ts';
export type { Running, StartOptions } from './start-kernel.ts';
export type { BootmemCreated, RetiredBootmem, Retirement, Zero } from './bootmem-face.ts';
export type { Door } from './bootmem-retire.ts';
