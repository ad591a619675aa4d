import { FREED, NOBODY } from './owner.ts';
import { blockName } from '../place.ts';
import { buddyOf, headAround, isAligned, isFrame, isInside, isOrder } from '../arithmetic.ts';
import { frameIndex, order } from '../unit.ts';
import type { Arena, FrameIndex, Order, Owner, Pfn } from '../../protocol/index.ts';
import type { Span } from './layer.ts';
import type { Step } from '../invariant.ts';

/** What a command that was carried out did: one block stopped being free, or became so. */
export interface Move {
  readonly block: Span;
  /** Whose the block's head is from then on. */
  readonly owner: Owner;
  readonly becomesFree: boolean;
  /** In words. */
  readonly deed: string;
}

/** What a step did; undefined where the answer was no: then it may have done nothing. */
export function moveOf({ before: { arena }, command, outcome }: Step): Move | undefined {
  const move = (head: Pfn, of: Order, owner: Owner, verb: string): Move => {
    const block = { head: frameIndex(head - arena.base), order: of };
    return { block, owner, becomesFree: verb !== 'granted', deed: `the ${blockName(arena, block)} was ${verb}` };
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

/** Whether the arena has such a block at all. @clause BLOCK-1 */
export const isBlock = (arena: Arena, { head, order: of }: Span): boolean =>
  isFrame(arena, head) && isOrder(arena, of) && isAligned(arena, head, of) && isInside(arena, head, of);

/** A block, all that it is a part of up to the top order, and the buddies of those below it: what may be split or joined. */
export interface Path {
  /** By order. */
  readonly blocks: ReadonlyMap<Order, readonly FrameIndex[]>;
  readonly heads: ReadonlySet<FrameIndex>;
}

export function pathOf(arena: Arena, { head, order: of }: Span): Path {
  const blocks = new Map<Order, readonly FrameIndex[]>();
  for (let n: number = of; n < arena.orders; n++) {
    const around = headAround(arena, head, order(n));
    blocks.set(order(n), n === arena.orders - 1 ? [around] : [around, buddyOf(arena, around, order(n))]);
  }
  return { blocks, heads: new Set([...blocks.values()].flat()) };
}
