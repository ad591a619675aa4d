/** Broken copies of the allocators for the provers to fail on. */

import { load } from '../fault/load.ts';
import type { Allocator, Bootmem, Region, ZoneShape } from '../../src/index.ts';
import type { Create } from '../../proof/exhaustive/buddy/make.ts';
import type { CreateBoot } from '../../proof/exhaustive/boot/boot.ts';
import type { Edit } from '../fault/sources.ts';

/** Makes zones with a broken copy of the allocators, whose loops end. */
export function brokenBy(edit?: Edit): Create {
  const broken = load(edit);
  return (shape: ZoneShape, region: Region) => {
    broken.refuel();
    const created = broken.createAllocator(shape, region);
    if (created.kind === 'rejected') throw new Error(created.why);
    const { allocator } = created;
    const fuelled: Pick<Allocator, 'allocate' | 'free' | 'handOver' | 'observe'> = {
      allocate: (order) => (broken.refuel(), allocator.allocate(order)),
      free: (head, order) => (broken.refuel(), allocator.free(head, order)),
      handOver: (frame) => (broken.refuel(), allocator.handOver(frame)),
      observe: () => allocator.observe(),
    };
    return { kind: 'created', allocator: fuelled as Allocator };
  };
}

/** Makes boot memory with a broken copy, whose loops end. */
export function brokenBootBy(edit?: Edit): CreateBoot {
  const broken = load(edit);
  return (nodes, region, zero) => {
    broken.refuel();
    const created = broken.createBootmem(nodes, region, zero);
    if (created.kind === 'rejected') throw new Error(created.why);
    const { bootmem } = created;
    const fuelled: Partial<Bootmem> = {
      reserveBootmemNode: (...range) => (broken.refuel(), bootmem.reserveBootmemNode(...range)),
      freeBootmemNode: (...range) => (broken.refuel(), bootmem.freeBootmemNode(...range)),
      allocBootmemAt: (...request) => (broken.refuel(), bootmem.allocBootmemAt(...request)),
      allocBootmemNodeAt: (...request) => (broken.refuel(), bootmem.allocBootmemNodeAt(...request)),
      freeAllBootmemNode: (...zones) => (broken.refuel(), bootmem.freeAllBootmemNode(...zones)),
      observe: () => bootmem.observe(),
    };
    return { kind: 'created', bootmem: fuelled as Bootmem };
  };
}
