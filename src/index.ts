/**
 * The allocators: Linux 2.4.22's (one bit per pair) and 2.6.24's (a mark on the page), each zone in a region that you give;
 * and 2.4.22's boot memory, which comes before them.
 */
export { Allocator, attachAllocator, createAllocator } from './allocator.ts';
export { frameIndex, order, pfn } from './unit.ts';
export { getOrder } from './arithmetic.ts';
export { regionBytes } from './region.ts';
export type { BadShape, ZoneShape } from './construct.ts';
export type { Created } from './allocator.ts';
export type { Region } from './region.ts';
export { Bootmem, MAX_DMA_ADDRESS, SMP_CACHE_BYTES, createBootmem } from './bootmem-face.ts';
export { PAGE_SIZE, bootmemBootmapPages, bootmemBytes } from './bootmem-data.ts';
export { byteAddress } from './unit.ts';
export { setupMemory } from './firmware.ts';
export type { BootmemCreated, RetiredBootmem, Retirement, Zero } from './bootmem-face.ts';
export type { Door } from './bootmem-retire.ts';
