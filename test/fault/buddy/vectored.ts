/** Test vectors run on an allocator of this process. */
import { pfn } from '../../../conformance/unit.ts';
import { reportedBy } from './shown.ts';
import { Slotted } from '../slotted.ts';
import { allVectors, wordsWrong } from '../vectored.ts';
import type { Kernel, Run } from '../../../protocol/index.ts';
import type { Broken } from '../load.ts';
import type { Vector } from '../../../conformance/vectors/form.ts';

/** A vector of an arena. */
export type ArenaVector = Extract<Vector, { kind: 'buddy' }>;

/** Returns the vectors of arenas that are for an allocator of a kernel without features. */
export function kernelVectors(kernel: Kernel): readonly ArenaVector[] {
  const other = kernel === '2.4' ? 'placement:linux-2.6' : 'placement:linux-2.4';
  const lacked = [other, 'range', 'resize', 'sized', 'bulk'];
  return allVectors()
    .filter((vector): vector is ArenaVector => vector.kind === 'buddy')
    .filter(({ needs }) => !needs.some((need) => lacked.includes(need)));
}

type Allocators = Pick<Broken, 'createAllocator' | 'regionBytes' | 'refuel'>;

/** Returns how an allocator goes on with a vector; what is wrong then, or undefined. Throws what the allocator throws. */
export function runVector(
  { createAllocator, refuel, regionBytes }: Allocators,
  kernel: Kernel,
  vector: ArenaVector,
): string | undefined {
  const { base, orders, pages, reserved } = vector.arena;
  const holes = reserved.map(([first, count]): Run => [pfn(first), count]);
  refuel();
  const region = { buffer: new ArrayBuffer(regionBytes(kernel, pages, orders)), byteOffset: 0 };
  const made = createAllocator({ kernel, base: pfn(base), pages, orders, holes }, region);
  if (made.kind === 'rejected') return made.why;
  const { allocator } = made;
  for (let frame = base; frame < base + pages; frame++) allocator.handOver(pfn(frame));
  const slotted = new Slotted({
    allocate: (of) => allocator.allocate(of),
    free: (head, of) => allocator.free(head, of),
  });
  const wrong = wordsWrong(vector, (word) => {
    refuel();
    return slotted.answer(word);
  });
  const { shows } = vector;
  if (wrong !== undefined || shows === undefined) return wrong;
  const shown = JSON.stringify(reportedBy(allocator.observe(), shows));
  return shown === JSON.stringify(shows) ? undefined : `shows ${shown}`;
}
