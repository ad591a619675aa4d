/** The allocators: Linux 2.4.22's (one bit per pair) and 2.6.24's (a mark on the page), each zone in a region that you give. */
export { Allocator, attachAllocator, createAllocator } from './allocator.ts';
export { frameIndex, order, pfn } from './unit.ts';
export { getOrder } from './arithmetic.ts';
export { regionBytes } from './region.ts';
export type { BadShape, ZoneShape } from './construct.ts';
export type { Created } from './allocator.ts';
export type { Region } from './region.ts';
