/** Commands by what they are meant to be: each number makes one in each state. */
import { BOOT, FREED, HOLE } from '../../spec/buddy/owner.ts';
import { entryOf } from '../../spec/index.ts';
import { order, pfn } from '../../spec/unit.ts';
import type { Arena, Block, Command, Owner, Pfn } from '../../protocol/index.ts';
import type { Buddy } from '../../spec/index.ts';

/** What a command is made from: the state, and what a caller remembers. */
export interface Memory {
  readonly state: Buddy;
  readonly live: readonly Block[];
  /** Blocks that were freed lately; their frames may be in use again. */
  readonly freed: readonly Block[];
  /** Frames that boot memory holds. */
  readonly waiting: readonly Pfn[];
}

/** Makes a command of any number, in any state: nothing is ever dropped. What it is, misuse or not, the specification says. */
type Make = (memory: Memory, n: number) => Command;

const allocate = (of: number): Command => ({ kind: 'allocate', order: order(of) });
const free = (head: number, of: number): Command => ({ kind: 'free', head: pfn(head), order: order(of) });
const handOver = (frame: number): Command => ({ kind: 'hand-over', frame: pfn(frame) });

/** How many of the arena's orders have blocks that fit in it. */
const room = ({ orders, pages }: Arena): number => Math.min(orders, Math.floor(Math.log2(pages)) + 1);

const pick = <T>(list: readonly T[], n: number): T | undefined => list[n % list.length];

/** Returns the first frame from the n-th on, round the arena, whose owner satisfies `holds`. */
function frameWhere({ state }: Memory, n: number, holds: (owner: Owner) => boolean): number {
  const { arena, origin, owners } = state;
  const shift = arena.base - origin;
  for (let k = 0; k < arena.pages; k++) {
    const index = (n + k) % arena.pages;
    if (holds(entryOf(owners, shift + index) ?? HOLE)) return arena.base + index;
  }
  return arena.base + (n % arena.pages);
}

const anyFree: Make = ({ state: { arena } }, n) =>
  free(arena.base - 1 + (n % (arena.pages + 2)), Math.floor(n / (arena.pages + 2)) % (arena.orders + 1));

/** No such order, no such frame, or a frame of the block that is outside. */
const outOfRange: Make = ({ live, state: { arena } }, n) => {
  const { base, orders, pages } = arena;
  const head = pick(live, n >> 4)?.head ?? base;
  const wrong: readonly (readonly [head: number, order: number])[] = [
    [base - 1, 0],
    [base + pages, 0],
    [base + pages - 1, Math.max(1, orders - 1)],
    [head, orders],
    [head, -1],
    [head, 0.5],
    [head, 2 ** 32],
    [head, Number.NaN],
    [head + 0.5, 0],
    [Number.NaN, 0],
    [head + 2 ** 32, 0],
  ];
  return free(...(pick(wrong, n & 15) ?? [base - 1, 0]));
};

const wrongOrder: Make = (memory, n) => {
  const block = pick(memory.live, n);
  const orders = room(memory.state.arena);
  if (block === undefined || orders === 1) return anyFree(memory, n);
  return free(block.head, (block.order + 1 + ((n >> 4) % (orders - 1))) % orders);
};

const misaligned: Make = (memory, n) => {
  const { arena, origin } = memory.state;
  const orders = room(arena);
  if (orders === 1) return anyFree(memory, n);
  const of = 1 + ((n >> 9) % (orders - 1));
  const head = frameWhere(memory, n, (owner) => owner < 0);
  return free((head - origin) % 2 ** of === 0 ? head + 1 : head, of);
};

const innerPage: Make = (memory, n) => {
  const block = pick(
    memory.live.filter(({ order: of }) => of > 0),
    n,
  );
  if (block === undefined) return anyFree(memory, n);
  const of = (n >> 4) % block.order;
  return free(block.head + 2 ** of * (1 + ((n >> 6) % (2 ** (block.order - of) - 1))), of);
};

const doubleFree: Make = (memory, n) => {
  const block = pick(memory.freed, n);
  return block === undefined ? anyFree(memory, n) : free(block.head, block.order);
};

const neverAllocated: Make = (memory, n) =>
  free(
    frameWhere(memory, n, (owner) => owner < FREED),
    0,
  );

const handOverMisuse: Make = (memory, n) => {
  const { base, pages } = memory.state.arena;
  switch (n & 3) {
    case 0:
      return handOver(frameWhere(memory, n >> 2, (owner) => owner > BOOT));
    case 1:
      return handOver(frameWhere(memory, n >> 2, (owner) => owner === HOLE));
    case 2:
      return handOver(base - 1);
    default:
      return handOver((n & 4) === 0 ? base + pages : base + 0.5);
  }
};

const NO_ORDERS = [-1, 0.5, 1, Number.NaN, 0, -0.5, 22, 2 ** 32] as const;

export const INTENTS = [
  'small',
  'allocate',
  'lacking order',
  'free',
  'hand-over',
  'hand-over misuse',
  'out-of-range',
  'wrong-order',
  'misaligned',
  'inner-page',
  'double-free',
  'never-allocated',
  'any free',
] as const;

/** What a command is meant to be. */
export type Intent = (typeof INTENTS)[number];

const small: Make = ({ state }, n) => allocate(n % Math.min(3, state.arena.orders));

const MAKERS: Readonly<Record<Intent, Make>> = {
  small,
  allocate: ({ state: { arena } }, n) => allocate(n % Math.min(arena.orders, room(arena) + 1)),
  'lacking order': ({ state }, n) => {
    const of = pick(NO_ORDERS, n) ?? -1;
    return allocate(of < 0 || !Number.isInteger(of) ? of : state.arena.orders + of);
  },
  free: (memory, n) => {
    const block = pick(memory.live, n);
    return block === undefined ? small(memory, n) : free(block.head, block.order);
  },
  'hand-over': (memory, n) => {
    const frame = pick(memory.waiting, n);
    return frame === undefined ? small(memory, n) : handOver(frame);
  },
  'hand-over misuse': handOverMisuse,
  'out-of-range': outOfRange,
  'wrong-order': wrongOrder,
  misaligned,
  'inner-page': innerPage,
  'double-free': doubleFree,
  'never-allocated': neverAllocated,
  'any free': anyFree,
};

/** The command that an intent comes to in a state; every number makes one. */
export const commandOf = (intent: Intent, memory: Memory, n: number): Command => MAKERS[intent](memory, n);

/** The same, the intent drawn from the number too. */
export const anyCommandOf = (memory: Memory, n: number): Command =>
  commandOf(INTENTS[n % INTENTS.length] ?? 'small', memory, Math.floor(n / INTENTS.length));
