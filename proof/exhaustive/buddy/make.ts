/** Makes the allocator that is explored. */
import { createAllocator } from '../../../src/index.ts';
import type { Allocator, Created, Region, ZoneShape } from '../../../src/index.ts';
import type { Arena, Kernel } from '../../../protocol/index.ts';

/** Makes a zone in a region: that of `src`, or a broken copy of it. */
export type Create = (shape: ZoneShape, region: Region) => Created;

/** The allocator of an arena in a region, of which nothing is handed over. */
export function allocatorIn(kernel: Kernel, arena: Arena, region: Region, create: Create = createAllocator): Allocator {
  const { base, pages, orders, holes } = arena;
  const created = create({ kernel, base, pages, orders, holes }, region);
  if (created.kind === 'rejected') throw new Error(`${created.clause}: ${created.why}`);
  return created.allocator;
}
