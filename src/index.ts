/**
 * The package's public entry: the allocators of Linux 2.4.22 (one bit per pair) and 2.6.24 (a mark on the page), each zone in
 * a region that you give; 2.4.22's boot memory, which comes before them; and a machine of zones and nodes.
 */
export { Allocator, attachAllocator, createAllocator } from './buddy/allocator.ts';
export { DEFAULT_BALANCE, i386Limits } from './machine/machine-zone.ts';
export { GFP_ATOMIC, GFP_DMA, GFP_HIGHUSER, GFP_KERNEL, GFP_KSWAPD, GFP_NFS } from './machine/gfp.ts';
export { GFP_NOFS, GFP_NOHIGHIO, GFP_NOIO, GFP_USER, withZone } from './machine/gfp.ts';
export { LruReclaimer } from './machine/cache/lru.ts';
export { PF_MEMALLOC, PF_MEMDIE, PF_NONE } from './machine/gfp.ts';
export { PhysicalMemory } from './machine/physical-memory.ts';
export { buddyinfo, parseBuddyinfo, printBuddyinfoLine, zoneinfo } from './buddy/buddyinfo.ts';
export { fragmentationOf, unusableFreeSpace, wasteOf } from './buddy/fragmentation.ts';
export { attachSharedMachine, createSharedMachine, sharedMachineBytes } from './machine/shared.ts';
export { createMachine, machineOf } from './machine/create.ts';
export { frameIndex, gfp, nodeId, order, pfn, taskFlags, virtualAddress } from './words/unit.ts';
export { getOrder } from './buddy/arithmetic.ts';
export { regionBytes } from './buddy/region.ts';
export type { AddressOutcome } from './machine/physical-memory.ts';
export type { BadBuddyinfo, BuddyinfoLine } from './buddy/buddyinfo.ts';
export type { BadShape, ZoneShape } from './buddy/shape.ts';
export type { BackingStore } from './machine/cache/backing-store.ts';
export type { ClassZone, Free, PageUsers, Reclaimer } from './machine/reclaim.ts';
export type { Fragmentation } from './buddy/fragmentation.ts';
export type { CreatedMachine, MachineOptions, NodeFrames } from './machine/create.ts';
export type { SharedMachine } from './machine/shared.ts';
export type { Created } from './buddy/allocator.ts';
export type { Region } from './buddy/region.ts';
export { Bootmem, MAX_DMA_ADDRESS, SMP_CACHE_BYTES, createBootmem, initBootmem } from './boot/bootmem.ts';
export { Processor, mightSleep } from './smp/processor.ts';
export { SharedAllocator, attachShared, createShared, sharedRegionBytes } from './smp/shared.ts';
export type { SharedCreated } from './smp/shared.ts';
export { PAGE_SIZE } from './words/page-size.ts';
export { bootmemBootmapPages, bootmemBytes } from './boot/data.ts';
export { byteAddress } from './words/unit.ts';
export { setupMemory } from './boot/firmware.ts';
export { startKernel } from './start-kernel.ts';
export type { Running, StartOptions } from './start-kernel.ts';
export type { BootmemCreated, RetiredBootmem, Retirement, Zero } from './boot/bootmem.ts';
export type { Door } from './boot/retire.ts';
export { GFP_ATOMIC26, GFP_KERNEL26, GFP_NOFS26 } from './machine26/gfp.ts';
export { Memory26 } from './machine26/memory.ts';
export { createMachine26, machineOf26 } from './machine26/create.ts';
export type { CreatedMachine26 } from './machine26/create.ts';
export type { Reclaimer26 } from './machine26/memory.ts';
