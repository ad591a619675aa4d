/** An allocator that frees several blocks at once, and faults on purpose. */
import { Sets } from '../sets.ts';
import type { Clause } from '../../../../protocol/index.ts';

type Blocks = readonly (readonly [frame: number, order: number])[];

/** Frees blocks one by one. */
export class OneByOne extends Sets {
  freeAll(blocks: Blocks): 'double-free' | undefined {
    for (const [frame, order] of blocks) this.free(frame, order);
    return undefined;
  }
}

/** Forgets the last of them. */
class ForgetsLast extends OneByOne {
  override freeAll(blocks: Blocks): 'double-free' | undefined {
    return super.freeAll(blocks.length > 1 ? blocks.slice(0, -1) : blocks);
  }
}

/** Takes all of them for blocks of the first one's order. */
class OneOrder extends OneByOne {
  override freeAll(blocks: Blocks): 'double-free' | undefined {
    return super.freeAll(blocks.map(([frame]) => [frame, blocks[0]?.[1] ?? 0]));
  }
}

/** Thinks that frames come ascending. */
class Ascending extends OneByOne {
  override freeAll(blocks: Blocks): 'double-free' | undefined {
    return super.freeAll(blocks.filter(([frame], at) => at === 0 || frame > (blocks[at - 1]?.[0] ?? 0)));
  }
}

/** Rejects more than two. */
class AtMostTwo extends OneByOne {
  override freeAll(blocks: Blocks): 'double-free' | undefined {
    return blocks.length > 2 ? 'double-free' : super.freeAll(blocks);
  }
}

/** The faults: which clauses they break, the one that is refuted if it is always the same, in at most how many operations. */
export const FAULTS: readonly (readonly [
  name: string,
  clause: Clause | undefined,
  most: number,
  Fault: typeof OneByOne,
])[] = [
  ['BULK-1 · the last one is forgotten', 'TAKE-6', 5, ForgetsLast],
  ['BULK-1 · all are taken for blocks of one order', undefined, 6, OneOrder],
  ['BULK-1 · those that do not ascend are left out', 'TAKE-6', 5, Ascending],
  ['BULK-1 · three of them are rejected', 'BULK-1', 4, AtMostTwo],
];
