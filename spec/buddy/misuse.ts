/** When a command is misuse, and which clause it breaks. */
import { BOOT, FREED, HOLE } from './owner.ts';
import { endOf, isAligned, isOrder, isWhole } from '../arithmetic.ts';
import { outstandingAround, ownerOf } from './state.ts';
import type { Block, Clause, FreeMisuse, HandOverMisuse, Misuse, Outcome, Pfn } from '../../protocol/index.ts';
import type { Buddy } from './state.ts';

/** The clause that each misuse breaks. */
export const CLAUSE_OF: Readonly<Record<Misuse, Clause>> = {
  'out-of-range': 'MISUSE-1',
  'wrong-order': 'MISUSE-2',
  misaligned: 'MISUSE-3',
  'inner-page': 'MISUSE-4',
  'double-free': 'MISUSE-5',
  'never-allocated': 'MISUSE-6',
  'handed-over-twice': 'HAND-2',
  'no-such-frame': 'HAND-3',
  'no-such-order': 'TAKE-5',
};

/** Every misuse of an allocator. */
export const MISUSES: readonly Misuse[] = [
  'out-of-range',
  'wrong-order',
  'misaligned',
  'inner-page',
  'double-free',
  'never-allocated',
  'no-such-frame',
  'handed-over-twice',
  'no-such-order',
];

/**
 * Returns how freeing a block is misuse; undefined if the block is outstanding at exactly that order.
 * @clause MISUSE-1 @clause MISUSE-2 @clause MISUSE-3 @clause MISUSE-4 @clause MISUSE-5 @clause MISUSE-6
 */
export function freeMisuse(state: Buddy, block: Block): FreeMisuse | undefined {
  const { arena, origin } = state;
  const { head, order } = block;
  if (!isWhole(head) || !isOrder(arena, order)) return 'out-of-range';
  if (head < arena.base || endOf(block) > arena.base + arena.pages) return 'out-of-range';

  const owner = ownerOf(state, head);
  if (owner === order) return undefined;
  if (isOrder(arena, owner)) return 'wrong-order';
  if (!isAligned(origin, block)) return 'misaligned';
  if (outstandingAround(state, head) !== undefined) return 'inner-page';
  return owner === FREED ? 'double-free' : 'never-allocated';
}

/** Returns how handing over a frame is misuse; undefined if it is legal. @clause HAND-2 @clause HAND-3 */
export function handOverMisuse(state: Buddy, frame: Pfn): HandOverMisuse | undefined {
  const owner = ownerOf(state, frame);
  if (owner === HOLE) return 'no-such-frame';
  return owner === BOOT ? undefined : 'handed-over-twice';
}

/** Returns the answer that rejects a misuse. */
export const rejected = (misuse: Misuse): Outcome => ({ kind: 'rejected', misuse, clause: CLAUSE_OF[misuse] });
