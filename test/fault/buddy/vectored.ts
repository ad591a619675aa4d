/** Test vectors run on an allocator of this process. */
import { order, pfn } from '../../../conformance/unit.ts';
import { parseScript } from '../../../conformance/kinds/buddy/wire/tokens.ts';
import { reportedBy } from './shown.ts';
import { wordOf } from '../../../conformance/vectors/world.ts';
import type { Block, Kernel, Outcome, Run } from '../../../protocol/index.ts';
import type { Broken } from '../load.ts';
import type { Operation } from '../../../conformance/kinds/buddy/case.ts';
import type { Vector } from '../../../conformance/vectors/form.ts';

type Allocators = Pick<Broken, 'createAllocator' | 'regionBytes' | 'refuel'>;

/** Returns how an allocator goes on with a vector; what is wrong then, or undefined. Throws what the allocator throws. */
export function runVector(
  { createAllocator, refuel, regionBytes }: Allocators,
  kernel: Kernel,
  vector: Vector,
): string | undefined {
  const { base, orders, pages, reserved } = vector.arena;
  const holes = reserved.map(([first, count]): Run => [pfn(first), count]);
  refuel();
  const region = { buffer: new ArrayBuffer(regionBytes(kernel, pages, orders)), byteOffset: 0 };
  const made = createAllocator({ kernel, base: pfn(base), pages, orders, holes }, region);
  if (made.kind === 'rejected') return made.why;
  const { allocator } = made;
  const isHole = (frame: number): boolean => reserved.some(([first, count]) => frame >= first && frame < first + count);
  for (let frame = base; frame < base + pages; frame++) if (!isHole(frame)) allocator.handOver(pfn(frame));
  const slots: (Block | undefined)[] = [];
  const carryOut = (operation: Operation): Outcome => {
    if (operation.kind === 'allocate') {
      const outcome = allocator.allocate(operation.order);
      slots.push(outcome.kind === 'granted' ? { head: outcome.head, order: operation.order } : undefined);
      return outcome;
    }
    if (operation.kind === 'resize') throw new Error('no vector resizes its arena');
    const block = operation.kind === 'free-frame' ? operation : slots[operation.slot];
    if (operation.kind === 'free-slot') slots[operation.slot] = undefined;
    return block === undefined ? { kind: 'done' } : allocator.free(block.head, order(block.order));
  };
  const script = parseScript(vector.run);
  if ('kind' in script) return `no script: ${script.token}`;
  let state = 0;
  for (const [n, operation] of script.entries()) {
    refuel();
    const said = wordOf(carryOut(operation));
    const next = vector.permits[n]?.[state]?.[said];
    if (next === undefined) return `${said} at operation ${n + 1}`;
    state = next;
  }
  if (vector.shows === undefined) return undefined;
  const shown = JSON.stringify(reportedBy(allocator.observe(), vector.shows));
  return shown === JSON.stringify(vector.shows) ? undefined : `shows ${shown}`;
}
