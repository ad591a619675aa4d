import { after } from './step.ts';
import { boot, freeBlocks, isWhollyFree, start } from './buddy.ts';
import { buddyOf, isOrder, isWhole, ordersOf, parentOf, sizeOf, topOrder } from './arithmetic.ts';
import { freeMisuse, handOverMisuse, rejected } from './misuse.ts';
import { order, pfn } from './unit.ts';
import type { Arena, Block, Command, Kernel, Order, Outcome, Pfn } from '../protocol/index.ts';
import type { Buddy } from './buddy.ts';

type Lists = readonly (readonly Pfn[])[];

/** A state and, by order, its free lists from head to tail: what a kernel's next answer depends on. */
export interface Placed {
  readonly kernel: Kernel;
  readonly state: Buddy;
  readonly lists: Lists;
}

/** What a kernel answers to a command, and what its next answer depends on. */
export interface Placement {
  readonly outcome: Outcome;
  readonly next: Placed;
}

/** An arena of which nothing has been handed over. @clause HAND-1 */
export const bootPlaced = (kernel: Kernel, arena: Arena): Placed => ({
  kernel,
  state: boot(arena),
  lists: ordersOf(arena).map(() => []),
});

/** An arena as Linux starts it: every frame but the holes handed over, ascending. @clause PLACE-5 */
export function startPlaced(kernel: Kernel, arena: Arena): Placed {
  const state = start(arena);
  return { kernel, state, lists: ordersOf(arena).map((at) => freeBlocks(state, at).toReversed()) };
}

/** The lists with one of them replaced. */
function withList(lists: Lists, at: number, list: readonly Pfn[]): Lists {
  const copy = lists.slice();
  copy[at] = list;
  return copy;
}

/** @clause PLACE-4 */
const push = (lists: Lists, { head, order: at }: Block): Lists => withList(lists, at, [head, ...(lists[at] ?? [])]);

const remove = (lists: Lists, { head, order: at }: Block): Lists =>
  withList(
    lists,
    at,
    (lists[at] ?? []).filter((other) => other !== head),
  );

/** Halves a block until it has the order wanted: one half goes on its list each time. @clause PLACE-2 @clause PLACE-3 */
function split(kernel: Kernel, lists: Lists, block: Block, wanted: Order): { head: Pfn; lists: Lists } {
  if (block.order === wanted) return { head: block.head, lists };
  const half = order(block.order - 1);
  const lower: Block = { head: block.head, order: half };
  const upper: Block = { head: pfn(block.head + sizeOf(half)), order: half };
  return kernel === '2.4'
    ? split(kernel, push(lists, lower), upper, wanted)
    : split(kernel, push(lists, upper), lower, wanted);
}

/** Joins a freed block with its buddy for as long as that is wholly free. @clause PAIR-4 @clause PLACE-4 */
function join(state: Buddy, lists: Lists, block: Block): Lists {
  const buddy = buddyOf(state.origin, block);
  if (block.order === topOrder(state.arena) || !isWhollyFree(state, buddy.head, buddy.order)) return push(lists, block);
  return join(state, remove(lists, buddy), parentOf(state.origin, block));
}

const exhausted: Outcome = { kind: 'exhausted' };
const done: Outcome = { kind: 'done' };

/** @clause PLACE-1 @clause TAKE-5 */
function allocate(placed: Placed, command: Command & { kind: 'allocate' }): Placement {
  const { kernel, state, lists } = placed;
  const wanted = command.order;
  if (!isWhole(wanted)) return { outcome: rejected('no-such-order'), next: placed };
  if (!isOrder(state.arena, wanted)) return { outcome: exhausted, next: placed };
  const from = lists.findIndex((list, at) => at >= wanted && list.length > 0);
  const list = lists[from] ?? [];
  const [head] = list;
  if (head === undefined) return { outcome: exhausted, next: placed };
  const block: Block = { head, order: order(from) };
  const taken = split(kernel, withList(lists, from, list.slice(1)), block, wanted);
  const outcome: Outcome = { kind: 'granted', head: taken.head };
  return { outcome, next: { kernel, state: after(state, command, outcome), lists: taken.lists } };
}

/** The outcome that Linux takes, and what is so after it. */
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
