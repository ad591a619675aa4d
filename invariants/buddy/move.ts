/** Which block a step moved, and which blocks that may have split or joined. */
import { FREED, NOBODY } from './owner.ts';
import { blockName } from './place.ts';
import { buddyOf, headAround, isAligned, isFrame, isInside, isOrder } from '../arithmetic.ts';
import { frameIndex, order } from '../unit.ts';
import type { Arena, FrameIndex, Order, Owner, Pfn } from '../../protocol/index.ts';
import type { Span } from './layer.ts';
import type { Step } from '../invariant.ts';

/** What a command did that was carried out: one block became free or stopped being free. */
export interface Move {
  readonly block: Span;
  /** The owner of the block's head after it. */
  readonly owner: Owner;
  readonly becomesFree: boolean;
  /** The move in words. */
  readonly text: string;
}

/** Returns the move that a step made; undefined if the command was refused or rejected, so that it must have changed nothing. */
export function moveOf({ before: { arena }, command, outcome }: Step): Move | undefined {
  const move = (head: Pfn, of: Order, owner: Owner, verb: string): Move => {
    const block = { head: frameIndex(head - arena.base), order: of };
    return { block, owner, becomesFree: verb !== 'granted', text: `the ${blockName(arena, block)} was ${verb}` };
  };
  switch (command.kind) {
    case 'allocate':
      return outcome.kind === 'granted' ? move(outcome.head, command.order, command.order, 'granted') : undefined;
    case 'free':
      return outcome.kind === 'done' ? move(command.head, command.order, FREED, 'freed') : undefined;
    case 'hand-over':
      return outcome.kind === 'done' ? move(command.frame, order(0), NOBODY, 'handed over') : undefined;
  }
}

/** Reports whether the arena has such a block at all. @clause BLOCK-1 */
export const isBlock = (arena: Arena, { head, order: of }: Span): boolean =>
  isFrame(arena, head) && isOrder(arena, of) && isAligned(arena, head, of) && isInside(arena, head, of);

/** A block, every larger block that contains it, and the buddies of all these below the top order: what may be split or joined. */
export interface Path {
  /** For each order, the heads of these blocks. */
  readonly blocks: ReadonlyMap<Order, readonly FrameIndex[]>;
  readonly heads: ReadonlySet<FrameIndex>;
}

/** Returns the blocks that an operation on a block may split or join. */
export function pathOf(arena: Arena, { head, order: of }: Span): Path {
  const blocks = new Map<Order, readonly FrameIndex[]>();
  for (let n: number = of; n < arena.orders; n++) {
    const around = headAround(arena, head, order(n));
    blocks.set(order(n), n === arena.orders - 1 ? [around] : [around, buddyOf(arena, around, order(n))]);
  }
  return { blocks, heads: new Set([...blocks.values()].flat()) };
}
