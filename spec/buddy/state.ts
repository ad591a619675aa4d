/** The state of a buddy system, and how grants and frees change it. */
import { BOOT, FREED, HOLE, NOBODY } from './owner.ts';
import { BOTH, NEITHER, exactlyOne, pairOf, wholeOf } from './pair.ts';
import { indexOf, isOrder, ordersOf, originOf, sizeOf } from '../arithmetic.ts';
import { order, pfn } from '../unit.ts';
import type { Arena, Block, Order, Owner, Pfn } from '../../protocol/index.ts';
import type { Pair } from './pair.ts';

type Row = readonly Pair[];

/** The state of an arena: for each pair of each order two booleans, and for each frame its owner. @clause STATE-1 */
export interface Buddy {
  readonly arena: Arena;
  readonly origin: Pfn;
  /** For each order, its pairs from the origin on. */
  readonly pairs: readonly Row[];
  /** For each frame from the origin on, its owner; frames before the arena's base are holes. */
  readonly owners: readonly Owner[];
}

/** Returns a copy of a row in which `count` entries from `from` on have another value. */
function filled<T>(row: readonly T[], from: number, count: number, value: T): readonly T[] {
  const copy = row.slice();
  for (let n = from; n < from + count; n++) copy[n] = value;
  return copy;
}

/** Returns an arena in which no frame has been handed over: all are in use. @clause HAND-1 */
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

/** Returns the pairs of all orders above a row of frames, each of which is free or not. @clause PAIR-2 @clause STATE-2 */
function pairsOver(frames: readonly boolean[], orders: number): readonly Row[] {
  const pairsOf = (halves: readonly boolean[]): Row =>
    halves.filter((_, n) => n % 2 === 0).map((lower, n) => pairOf(lower, halves[2 * n + 1] ?? false));
  const row = pairsOf(frames);
  return orders === 1 ? [row] : [row, ...pairsOver(row.map(wholeOf), orders - 1)];
}

/** Returns an arena in which every frame but the holes was handed over. @clause HAND-1 */
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

/** Reports whether a frame lies in the arena; it may be a hole. */
export const isInside = ({ base, pages }: Arena, frame: Pfn): boolean => frame >= base && frame < base + pages;

/** Returns the owner of a frame; outside the arena, every frame is a hole. */
export const ownerOf = ({ origin, owners }: Buddy, frame: Pfn): Owner => owners[frame - origin] ?? HOLE;

/** Reports whether every frame of an aligned block is free. @clause PAIR-1 */
export function isWhollyFree({ origin, pairs }: Buddy, head: Pfn, at: Order): boolean {
  const index = indexOf(origin, head, at);
  const pair = pairs[at]?.[index >> 1] ?? NEITHER;
  return (index & 1) === 0 ? pair.lower : pair.upper;
}

/** Reports whether a frame is free; a frame outside the arena is not. */
export const isFree = (state: Buddy, frame: Pfn): boolean => isWhollyFree(state, frame, order(0));

/** Returns a row with one half changed; the same row if it was so already. */
function withHalf(row: Row, index: number, whollyFree: boolean): Row {
  const at = index >> 1;
  const pair = row[at] ?? NEITHER;
  const changed = (index & 1) === 0 ? pairOf(whollyFree, pair.upper) : pairOf(pair.lower, whollyFree);
  return changed === pair ? row : filled(row, at, 1, changed);
}

/**
 * Returns the rows after every frame of a block became free, or stopped being free. Below the order of the block all pairs
 * inside it change; from its order upwards one half changes in each row, until a row stays as it was.
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

/** Returns the state after a wholly free block was granted. @clause TAKE-4 */
export const reserve = (state: Buddy, block: Block): Buddy => ({
  arena: state.arena,
  origin: state.origin,
  pairs: settle(state, block, false),
  owners: withOwner(state, block.head, block.order),
});

/** Returns the state after an outstanding block was freed. @clause GIVE-2 @clause PAIR-3 @clause STATE-3 */
export const liberate = (state: Buddy, block: Block): Buddy => ({
  arena: state.arena,
  origin: state.origin,
  pairs: settle(state, block, true),
  owners: withOwner(state, block.head, FREED),
});

/** Returns the state after a frame that was never in use was handed over. @clause HAND-1 */
export const handOver = (state: Buddy, frame: Pfn): Buddy => ({
  arena: state.arena,
  origin: state.origin,
  pairs: settle(state, { head: frame, order: order(0) }, true),
  owners: withOwner(state, frame, NOBODY),
});

/**
 * Returns the heads, ascending, of the wholly free blocks of an order whose buddy is not wholly free; in the top order, of all
 * wholly free blocks. These belong on the list of the order, in whatever sequence.
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

/** Reports whether any block of an order is wholly free. */
export const anyWhollyFree = ({ pairs }: Buddy, at: Order): boolean =>
  (pairs[at] ?? []).some(({ lower, upper }) => lower || upper);

/** Returns the largest free block that a free frame lies in. @clause PAIR-4 */
export function freeBlockAround(state: Buddy, frame: Pfn): Block {
  const { arena, origin } = state;
  const at = ordersOf(arena).findLast((of) => isWhollyFree(state, frame, of)) ?? order(0);
  return { head: pfn(origin + indexOf(origin, frame, at) * sizeOf(at)), order: at };
}

/** Returns the outstanding block that a frame lies in; undefined if there is none. */
export function outstandingAround(state: Buddy, frame: Pfn): Block | undefined {
  const { arena, origin } = state;
  return ordersOf(arena)
    .map((at) => ({ head: pfn(origin + indexOf(origin, frame, at) * sizeOf(at)), order: at }))
    .find(({ head, order: at }) => ownerOf(state, head) === at);
}

/** Returns every outstanding block, ascending. */
export const outstandingBlocks = ({ arena, origin, owners }: Buddy): readonly Block[] =>
  owners.flatMap((owner, index) => (isOrder(arena, owner) ? [{ head: pfn(origin + index), order: owner }] : []));

/** Reports whether an order has a free block that is not half of a larger free block. */
export const hasFreeBlock = ({ arena, pairs }: Buddy, at: Order): boolean =>
  at === arena.orders - 1
    ? (pairs[at] ?? []).some(({ lower, upper }) => lower || upper)
    : (pairs[at] ?? []).some(exactlyOne);
