import { BOOT, FREED, HOLE, NOBODY } from './owner.ts';
import { BOTH, NEITHER, exactlyOne, pairOf, wholeOf } from './pair.ts';
import { indexOf, isOrder, ordersOf, originOf, sizeOf } from '../arithmetic.ts';
import { order, pfn } from '../unit.ts';
import type { Arena, Block, Order, Owner, Pfn } from '../../protocol/index.ts';
import type { Pair } from './pair.ts';

type Row = readonly Pair[];

/** An arena's state: for each order, for each pair, two booleans; beside it, whose each frame is. @clause STATE-1 */
export interface Buddy {
  readonly arena: Arena;
  readonly origin: Pfn;
  /** By order, then by pair from the origin on. */
  readonly pairs: readonly Row[];
  /** By frame from the origin on; frames before the arena's base are holes. */
  readonly owners: readonly Owner[];
}

/** A copy of a row in which `count` entries from `from` on have another value. */
function filled<T>(row: readonly T[], from: number, count: number, value: T): readonly T[] {
  const copy = row.slice();
  for (let n = from; n < from + count; n++) copy[n] = value;
  return copy;
}

/** An arena none of whose frames has been handed over: all in use. @clause HAND-1 */
export function boot(arena: Arena): Buddy {
  const origin = originOf(arena);
  const frames = arena.base - origin + arena.pages;
  const pairs = ordersOf(arena).map((at) => new Array<Pair>(Math.ceil(frames / sizeOf(at) / 2)).fill(NEITHER));
  const before = new Array<Owner>(arena.base - origin).fill(HOLE);
  const owners = arena.holes.reduce<readonly Owner[]>(
    (all, [first, count]) => filled(all, first - origin, count, HOLE),
    [...before, ...new Array<Owner>(arena.pages).fill(BOOT)],
  );
  return { arena, origin, pairs, owners };
}

/** The pairs above a row of frames, each free or not: two halves at a time, order by order. @clause PAIR-2 @clause STATE-2 */
function pairsOver(frames: readonly boolean[], orders: number): readonly Row[] {
  const pairsOf = (halves: readonly boolean[]): Row =>
    halves.filter((_, n) => n % 2 === 0).map((lower, n) => pairOf(lower, halves[2 * n + 1] ?? false));
  const row = pairsOf(frames);
  return orders === 1 ? [row] : [row, ...pairsOver(row.map(wholeOf), orders - 1)];
}

/** An arena as it starts: every frame but the holes handed over. @clause HAND-1 */
export function start(arena: Arena): Buddy {
  const booted = boot(arena);
  const owners = booted.owners.map((owner) => (owner === BOOT ? NOBODY : owner));
  return {
    ...booted,
    pairs: pairsOver(
      owners.map((owner) => owner === NOBODY),
      arena.orders,
    ),
    owners,
  };
}

/** Whether a frame lies in the arena, hole or not. */
export const isInside = ({ base, pages }: Arena, frame: Pfn): boolean => frame >= base && frame < base + pages;

/** Whose a frame is; outside the arena, a hole. */
export const ownerOf = ({ origin, owners }: Buddy, frame: Pfn): Owner => owners[frame - origin] ?? HOLE;

/** Whether every frame of an aligned block is free. @clause PAIR-1 */
export function isWhollyFree({ origin, pairs }: Buddy, head: Pfn, at: Order): boolean {
  const index = indexOf(origin, head, at);
  const pair = pairs[at]?.[index >> 1] ?? NEITHER;
  return (index & 1) === 0 ? pair.lower : pair.upper;
}

/** Whether a frame, aligned or not, in the arena or not, is free. */
export const isFree = (state: Buddy, frame: Pfn): boolean => isWhollyFree(state, frame, order(0));

/** The row of a block's own order or above, with one half changed. */
function withHalf(row: Row, index: number, whollyFree: boolean): Row {
  const at = index >> 1;
  const pair = row[at] ?? NEITHER;
  const changed = (index & 1) === 0 ? pairOf(whollyFree, pair.upper) : pairOf(pair.lower, whollyFree);
  return changed === pair ? row : filled(row, at, 1, changed);
}

/**
 * The rows after every frame of a block became free, or stopped being free.
 * @clause PAIR-1 @clause PAIR-2 @clause MAP-4
 */
function settle({ origin, pairs }: Buddy, { head, order: of }: Block, free: boolean): readonly Row[] {
  const rows = pairs.slice();
  let whollyFree = free;
  for (let at = 0; at < pairs.length; at++) {
    const row = pairs[at] ?? [];
    const index = indexOf(origin, head, order(at));
    if (at < of) {
      rows[at] = filled(row, index >> 1, sizeOf(order(of - at - 1)), free ? BOTH : NEITHER);
      continue;
    }
    const settled = withHalf(row, index, whollyFree);
    if (settled === row) return rows;
    rows[at] = settled;
    whollyFree = wholeOf(settled[index >> 1] ?? NEITHER);
  }
  return rows;
}

function withOwner({ origin, owners }: Buddy, frame: Pfn, owner: Owner): readonly Owner[] {
  const copy = owners.slice();
  copy[frame - origin] = owner;
  return copy;
}

/** The state after a wholly free block was granted. @clause TAKE-4 */
export const reserve = (state: Buddy, block: Block): Buddy => ({
  arena: state.arena,
  origin: state.origin,
  pairs: settle(state, block, false),
  owners: withOwner(state, block.head, block.order),
});

/** The state after an outstanding block was freed. @clause GIVE-2 @clause PAIR-3 @clause STATE-3 */
export const liberate = (state: Buddy, block: Block): Buddy => ({
  arena: state.arena,
  origin: state.origin,
  pairs: settle(state, block, true),
  owners: withOwner(state, block.head, FREED),
});

/** The state after a frame that was never in use was handed over. @clause HAND-1 */
export const handOver = (state: Buddy, frame: Pfn): Buddy => ({
  arena: state.arena,
  origin: state.origin,
  pairs: settle(state, { head: frame, order: order(0) }, true),
  owners: withOwner(state, frame, NOBODY),
});

/**
 * Heads of the blocks of one order that are wholly free and whose buddy is not, or that are of the top order; ascending.
 * These are the blocks that belong on the order's list, however that has them arranged.
 * @clause PAIR-4 @clause MAP-3 @clause LIST-3 @clause LIST-4
 */
export function freeBlocks({ arena, origin, pairs }: Buddy, at: Order): readonly Pfn[] {
  const top = at === arena.orders - 1;
  return (pairs[at] ?? []).flatMap((pair, index) => {
    if (!top && !exactlyOne(pair)) return [];
    const lower = origin + 2 * index * sizeOf(at);
    return [...(pair.lower ? [pfn(lower)] : []), ...(pair.upper ? [pfn(lower + sizeOf(at))] : [])];
  });
}

/** Whether any block of an order is wholly free. */
export const anyWhollyFree = ({ pairs }: Buddy, at: Order): boolean =>
  (pairs[at] ?? []).some(({ lower, upper }) => lower || upper);

/** The free block, as large as can be, that a free frame lies in. @clause PAIR-4 */
export function freeBlockAround(state: Buddy, frame: Pfn): Block {
  const { arena, origin } = state;
  const at = ordersOf(arena).findLast((of) => isWhollyFree(state, frame, of)) ?? order(0);
  return { head: pfn(origin + indexOf(origin, frame, at) * sizeOf(at)), order: at };
}

/** The outstanding block that a frame lies in. */
export function outstandingAround(state: Buddy, frame: Pfn): Block | undefined {
  const { arena, origin } = state;
  return ordersOf(arena)
    .map((at) => ({ head: pfn(origin + indexOf(origin, frame, at) * sizeOf(at)), order: at }))
    .find(({ head, order: at }) => ownerOf(state, head) === at);
}

/** Every outstanding block, ascending. */
export const outstandingBlocks = ({ arena, origin, owners }: Buddy): readonly Block[] =>
  owners.flatMap((owner, index) => (isOrder(arena, owner) ? [{ head: pfn(origin + index), order: owner }] : []));

/** Whether an order has a free block that is not half of a larger one. */
export const hasFreeBlock = ({ arena, pairs }: Buddy, at: Order): boolean =>
  at === arena.orders - 1
    ? (pairs[at] ?? []).some(({ lower, upper }) => lower || upper)
    : (pairs[at] ?? []).some(exactlyOne);
