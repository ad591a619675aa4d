/** What Linux answers to a command, of all that is permitted. */
import { after } from './step.ts';
import { boot, freeBlocks, isWhollyFree, start } from './state.ts';
import { buddyOf, isWhole, ordersOf, parentOf, sizeOf, topOrder } from '../arithmetic.ts';
import { freeMisuse, handOverMisuse, rejected } from './misuse.ts';
import { order, pfn } from '../unit.ts';
import { withFirst, without } from './list.ts';
import type { Arena, Block, Command, Kernel, Order, Outcome, Pfn } from '../../protocol/index.ts';
import type { Buddy } from './state.ts';
import type { List } from './list.ts';

type Lists = readonly List[];

/** A state and, for each order, its free list from head to tail: all that a kernel's next answer depends on. */
export interface Placed {
  readonly kernel: Kernel;
  readonly state: Buddy;
  readonly lists: Lists;
}

/** What a kernel answers to a command, and the state after it. */
export interface Placement {
  readonly outcome: Outcome;
  readonly next: Placed;
}

/** Returns the number of free blocks of each order. @clause LIST-4 */
export const blockCounts = ({ lists }: Placed): readonly number[] => lists.map(({ length }) => length);

/** Returns the number of free frames. @clause COUNT-1 */
export const freeFrames = (placed: Placed): number =>
  blockCounts(placed).reduce((sum, count, at) => sum + count * 2 ** at, 0);

/** Returns an arena in which no frame has been handed over. @clause HAND-1 */
export const bootPlaced = (kernel: Kernel, arena: Arena): Placed => ({
  kernel,
  state: boot(arena),
  lists: ordersOf(arena).map(() => []),
});

/** Returns an arena as Linux starts it: every frame but the holes was handed over, in ascending order. @clause PLACE-5 */
export function startPlaced(kernel: Kernel, arena: Arena): Placed {
  const state = start(arena);
  return { kernel, state, lists: ordersOf(arena).map((at) => freeBlocks(state, at).toReversed()) };
}

/**
 * Takes the first block from its list and halves it until it has the order that is wanted. Each time one half goes to the
 * head of its list, and the other is halved again. @clause PLACE-2 @clause PLACE-3 @clause PLACE-4
 */
function split(kernel: Kernel, lists: Lists, block: Block, wanted: Order): { head: Pfn; lists: Lists } {
  const next = lists.slice();
  next[block.order] = (next[block.order] ?? []).slice(1);
  let { head } = block;
  for (let half = block.order - 1; half >= wanted; half--) {
    const upper = pfn(head + sizeOf(order(half)));
    next[half] = withFirst(next[half] ?? [], kernel === '2.4' ? head : upper);
    if (kernel === '2.4') head = upper;
  }
  return { head, lists: next };
}

/**
 * Joins a freed block with its buddy as long as the buddy is wholly free, and puts the result at the head of its list.
 * @clause PAIR-4 @clause PLACE-4
 */
function join(state: Buddy, lists: Lists, freed: Block): Lists {
  const { arena, origin } = state;
  const next = lists.slice();
  let block = freed;
  for (let at = freed.order; at < topOrder(arena); at++) {
    const buddy = buddyOf(origin, block);
    if (!isWhollyFree(state, buddy.head, buddy.order)) break;
    next[at] = without(next[at] ?? [], buddy.head);
    block = parentOf(origin, block);
  }
  next[block.order] = withFirst(next[block.order] ?? [], block.head);
  return next;
}

const exhausted: Outcome = { kind: 'exhausted' };
const done: Outcome = { kind: 'done' };

/** @clause PLACE-1 @clause TAKE-5 */
function allocate(placed: Placed, command: Command & { kind: 'allocate' }): Placement {
  const { kernel, state, lists } = placed;
  const wanted = command.order;
  if (!isWhole(wanted)) return { outcome: rejected('no-such-order'), next: placed };
  const from = lists.findIndex((list, at) => at >= wanted && list.length > 0);
  const first = lists[from]?.[0];
  if (first === undefined) return { outcome: exhausted, next: placed };
  const { head, lists: left } = split(kernel, lists, { head: first, order: order(from) }, wanted);
  const outcome: Outcome = { kind: 'granted', head };
  return { outcome, next: { kernel, state: after(state, command, outcome), lists: left } };
}

/** Returns an arena after it has granted a free block, whichever one it chose. The order of its lists means nothing. */
export function withGranted({ kernel, state }: Placed, { head, order: of }: Block): Placed {
  const next = after(state, { kind: 'allocate', order: of }, { kind: 'granted', head });
  return { kernel, state: next, lists: ordersOf(next.arena).map((at) => freeBlocks(next, at)) };
}

/** Returns what Linux answers to a command, and the state after it. */
export function placement(placed: Placed, command: Command): Placement {
  const { kernel, state, lists } = placed;
  switch (command.kind) {
    case 'allocate':
      return allocate(placed, command);
    case 'free': {
      const misuse = freeMisuse(state, command);
      if (misuse !== undefined) return { outcome: rejected(misuse), next: placed };
      const next = { kernel, state: after(state, command, done), lists: join(state, lists, command) };
      return { outcome: done, next };
    }
    case 'hand-over': {
      const misuse = handOverMisuse(state, command.frame);
      if (misuse !== undefined) return { outcome: rejected(misuse), next: placed };
      const frame: Block = { head: command.frame, order: order(0) };
      return {
        outcome: done,
        next: { kernel, state: after(state, command, done), lists: join(state, lists, frame) },
      };
    }
  }
}
