/** The state of a buddy system, and how grants and frees change it. */
import { BOOT, FREED, HOLE, NOBODY } from './owner.ts';
import { BOTH, NEITHER, anyOf, exactlyOne, pairOf, wholeOf } from './pair.ts';
import { indexOf, isOrder, ordersOf, originOf, sizeOf } from '../arithmetic.ts';
import { entryOf, filled, rowOf, someOf } from './row.ts';
import { order, pfn } from '../unit.ts';
import type { Arena, Block, Order, Owner, Pfn } from '../../protocol/index.ts';
import type { Pair } from './pair.ts';
import type { Row } from './row.ts';

/** The state of an arena: for each pair of each order two booleans, and for each frame its owner. @clause STATE-1 */
export interface Buddy {
  readonly arena: Arena;
  readonly origin: Pfn;
  /** For each order, its pairs from the origin on. */
  readonly pairs: readonly Row<Pair>[];
  /** For each frame from the origin on, its owner; frames before the arena's base are holes. */
  readonly owners: Row<Owner>;
}

/** Returns the owners of an arena's frames from the origin on: holes where it has none, and everywhere else `owner`. */
function ownersOf(arena: Arena, owner: Owner): readonly Owner[] {
  const origin = originOf(arena);
  const owners = new Array<Owner>(arena.base - origin + arena.pages).fill(owner).fill(HOLE, 0, arena.base - origin);
  for (const [first, count] of arena.holes) owners.fill(HOLE, first - origin, first + count - origin);
  return owners;
}

/** Returns an arena of these owners, in which the frames that are nobody's are free. */
function stateOf(arena: Arena, owners: readonly Owner[]): Buddy {
  const free = owners.map((owner) => owner === NOBODY);
  const pairs = pairsOver(free, arena.orders).map(rowOf);
  return { arena, origin: originOf(arena), pairs, owners: rowOf(owners) };
}

/** Returns an arena in which no frame has been handed over: all are in use. @clause HAND-1 */
export const boot = (arena: Arena): Buddy => stateOf(arena, ownersOf(arena, BOOT));

/** Returns the pairs of all orders above a row of frames, each of which is free or not. @clause PAIR-2 @clause STATE-2 */
export function pairsOver(halves: readonly boolean[], orders: number): readonly (readonly Pair[])[] {
  const row = halves.filter((_, n) => n % 2 === 0).map((lower, n) => pairOf(lower, halves[2 * n + 1] ?? false));
  return orders === 1 ? [row] : [row, ...pairsOver(row.map(wholeOf), orders - 1)];
}

/** Returns an arena in which every frame but the holes was handed over. @clause HAND-1 */
export const start = (arena: Arena): Buddy => stateOf(arena, ownersOf(arena, NOBODY));

/** Returns the number of frames that exist. */
export const existing = ({ holes, pages }: Pick<Arena, 'holes' | 'pages'>): number =>
  holes.reduce((left, [, count]) => left - count, pages);

/** Reports whether a frame lies in the arena; it may be a hole. */
export const isInside = ({ base, pages }: Arena, frame: Pfn): boolean => frame >= base && frame < base + pages;

/** Returns the owner of a frame; outside the arena, every frame is a hole. */
export const ownerOf = ({ arena, origin, owners }: Buddy, frame: Pfn): Owner =>
  isInside(arena, frame) ? (entryOf(owners, frame - origin) ?? HOLE) : HOLE;

const NO_PAIRS: Row<Pair> = rowOf([]);

/** Returns the pairs of an order, from the origin on; none if the arena lacks the order. */
export const pairsOf = ({ pairs }: Buddy, at: number): Row<Pair> => pairs[at] ?? NO_PAIRS;

/** Reports whether every frame of an aligned block is free. @clause PAIR-1 */
export function isWhollyFree(state: Buddy, head: Pfn, at: Order): boolean {
  const index = indexOf(state.origin, head, at);
  const pair = entryOf(pairsOf(state, at), index >> 1) ?? NEITHER;
  return (index & 1) === 0 ? pair.lower : pair.upper;
}

/** Reports whether a frame is free; a frame outside the arena is not. */
export const isFree = (state: Buddy, frame: Pfn): boolean => isWhollyFree(state, frame, order(0));

/** Returns a row with one half changed; the same row if it was so already. */
function withHalf(row: Row<Pair>, index: number, whollyFree: boolean): Row<Pair> {
  const at = index >> 1;
  const pair = entryOf(row, at) ?? NEITHER;
  const changed = (index & 1) === 0 ? pairOf(whollyFree, pair.upper) : pairOf(pair.lower, whollyFree);
  return changed === pair ? row : filled(row, at, 1, changed);
}

/**
 * Returns the rows after every frame of a block became free, or stopped being free. Below the order of the block all pairs
 * inside it change; from its order upwards one half changes in each row, until a row stays as it was.
 * @clause PAIR-1 @clause PAIR-2 @clause MAP-4
 */
function settle(state: Buddy, { head, order: of }: Block, free: boolean): readonly Row<Pair>[] {
  const rows = state.pairs.slice();
  let whollyFree = free;
  for (let at = 0; at < rows.length; at++) {
    const row = pairsOf(state, at);
    const index = indexOf(state.origin, head, order(at));
    if (at < of) {
      rows[at] = filled(row, index >> 1, sizeOf(order(of - at - 1)), free ? BOTH : NEITHER);
      continue;
    }
    const settled = withHalf(row, index, whollyFree);
    if (settled === row) return rows;
    rows[at] = settled;
    whollyFree = wholeOf(entryOf(settled, index >> 1) ?? NEITHER);
  }
  return rows;
}

const withOwner = ({ origin, owners }: Buddy, frame: Pfn, owner: Owner): Row<Owner> =>
  filled(owners, frame - origin, 1, owner);

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
export function freeBlocks(state: Buddy, at: Order): readonly Pfn[] {
  const { arena, origin } = state;
  const top = at === arena.orders - 1;
  const row = pairsOf(state, at);
  const heads: Pfn[] = [];
  for (let index = 0; index < row.length; index++) {
    const pair = entryOf(row, index) ?? NEITHER;
    if (!top && !exactlyOne(pair)) continue;
    const lower = origin + 2 * index * sizeOf(at);
    if (pair.lower) heads.push(pfn(lower));
    if (pair.upper) heads.push(pfn(lower + sizeOf(at)));
  }
  return heads;
}

/** Reports whether any block of an order is wholly free. */
export const anyWhollyFree = (state: Buddy, at: Order): boolean => someOf(pairsOf(state, at), anyOf);

/** Returns the head of the first wholly free block of an order among the frames `low` to `end` - 1; undefined if there is none. */
export function firstWhollyFree(state: Buddy, at: Order, low: Pfn, end: Pfn): Pfn | undefined {
  const { arena, origin } = state;
  const size = sizeOf(at);
  const first = origin + Math.ceil((Math.max(low, arena.base) - origin) / size) * size;
  const count = Math.max(0, Math.floor((Math.min(end, arena.base + arena.pages) - first) / size));
  return Array.from({ length: count }, (_, n) => pfn(first + n * size)).find((head) => isWhollyFree(state, head, at));
}

/** Returns the largest free block that a free frame lies in. @clause PAIR-4 */
export function freeBlockAround(state: Buddy, frame: Pfn): Block {
  const { arena, origin } = state;
  const at = order(ordersOf(arena).findLastIndex((of) => isWhollyFree(state, frame, of)));
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
export function outstandingBlocks({ arena, origin, owners }: Buddy): readonly Block[] {
  const blocks: Block[] = [];
  for (let index = 0; index < owners.length; index++) {
    const owner = entryOf(owners, index) ?? HOLE;
    if (isOrder(arena, owner)) blocks.push({ head: pfn(origin + index), order: owner });
  }
  return blocks;
}

/** Reports whether an order has a free block that is not half of a larger free block. */
export const hasFreeBlock = (state: Buddy, at: Order): boolean =>
  someOf(pairsOf(state, at), at === state.arena.orders - 1 ? anyOf : exactlyOne);
