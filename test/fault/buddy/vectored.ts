/** Test vectors run on an allocator of this process. */
import { order, pfn } from '../../../conformance/unit.ts';
import { parseScript } from '../../../conformance/kinds/buddy/wire/tokens.ts';
import { reportedBy } from './shown.ts';
import { wordsWrong } from '../vectored.ts';
import { wordOf } from '../../../conformance/vectors/word.ts';
import type { Block, Kernel, Outcome, Run } from '../../../protocol/index.ts';
import type { Broken } from '../load.ts';
import type { Operation } from '../../../conformance/kinds/buddy/case.ts';
import type { Vector } from '../../../conformance/vectors/form.ts';

/** A vector of an arena. */
export type ArenaVector = Extract<Vector, { kind: 'buddy' }>;

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
  const slots: (Block | undefined)[] = [];
  const carryOut = (operation: Operation): Outcome => {
    if (operation.kind === 'allocate') {
      const outcome = allocator.allocate(operation.order);
      slots.push(outcome.kind === 'granted' ? { head: outcome.head, order: operation.order } : undefined);
      return outcome;
    }
    if (operation.kind !== 'free-frame' && operation.kind !== 'free-slot') throw new Error('no vector asks for that');
    const block = operation.kind === 'free-frame' ? operation : slots[operation.slot];
    if (operation.kind === 'free-slot') slots[operation.slot] = undefined;
    return block === undefined ? { kind: 'done' } : allocator.free(block.head, order(block.order));
  };
  const wrong = wordsWrong(vector, (word) => {
    const script = parseScript(word);
    const [operation] = 'kind' in script ? [] : script;
    refuel();
    return operation === undefined ? 'no word' : wordOf(carryOut(operation));
  });
  const { shows } = vector;
  if (wrong !== undefined || shows === undefined) return wrong;
  const shown = JSON.stringify(reportedBy(allocator.observe(), shows));
  return shown === JSON.stringify(shows) ? undefined : `shows ${shown}`;
}
