import { arithmetic, buddy, order, valuesOf } from '../../../../spec/index.ts';
import type { Buddy } from '../../../../spec/index.ts';
import type { Arena, Claims, Counterexample, Order } from '../../../../protocol/index.ts';
import type { Oracle } from '../oracle.ts';
import type { Finding } from '../../../judge/finding.ts';
import type { FixedCase, Operation, Shape } from '../case.ts';

/** How many blocks of each order an arena granted when it was drained, top order first. */
export type Yield = readonly number[];

/** What came of draining an arena: what it granted, what went wrong, or that the time was up before its end. */
export type Drained = Yield | Finding<FixedCase> | 'cut';

export const isYield = (result: Drained): result is Yield => typeof result === 'object' && !('what' in result);

/** What a fresh arena of each shape granted when it was drained. */
export type Yields = Map<string, Yield>;

export const shapeKey = ({ base, pages, orders, reserved }: Shape): string =>
  JSON.stringify([base, pages, orders, reserved]);

/** Shapes of which it is kept what a fresh arena grants: a long search meets a new one in nearly every case. */
const MOST_YIELDS = 1000;

/** Keeps what a fresh arena of a shape grants, and forgets the one that was kept longest. */
export function keepYield(yields: Yields, key: string, fresh: Yield): void {
  for (const oldest of yields.keys()) {
    if (yields.size < MOST_YIELDS) break;
    yields.delete(oldest);
  }
  yields.set(key, fresh);
}

/** An arena of more frames than this is not drained fresh if that must grant what the specification says. */
const SMALL = 130;

/**
 * Returns what a fresh arena must grant when it is drained, where that is certain and would take long to ask: of an allocator that
 * claims to refuse nothing that is free.
 */
export function yieldKnown(claims: Claims, arena: Arena): Yield | undefined {
  if (arena.pages <= SMALL || !claims.has('complete')) return undefined;
  const fresh = buddy.start(arena);
  return arithmetic.ordersOf(arena).map((at) => buddy.freeBlocks(fresh, at).length);
}

/** Frees of all that is outstanding, oldest first. */
export const emptying = (oracle: Oracle): readonly Operation[] =>
  oracle.slots.live().map((slot) => ({ kind: 'free-slot', slot }));

const requests = (at: Order, count: number): readonly Operation[] =>
  Array.from({ length: count }, () => ({ kind: 'allocate', order: at }));

/** The orders of an arena, largest first. */
export const descending = ({ orders }: Arena): readonly Order[] =>
  Array.from({ length: orders }, (_, n) => order(orders - 1 - n));

/** Requests that drain one order in any state: one more than can be granted. */
export function drainingOrder(state: Buddy, at: Order): readonly Operation[] {
  const pairs = valuesOf(buddy.pairsOf(state, at));
  const blocks = pairs.reduce((count, { lower, upper }) => count + Number(lower) + Number(upper), 0);
  return requests(at, blocks + 1);
}

/** Requests that drain an emptied arena whose allocator refuses nothing that it need not: one more than there are blocks. */
export const drainingEmptied = (state: Buddy): readonly Operation[] =>
  descending(state.arena).flatMap((at) => requests(at, buddy.freeBlocks(state, at).length + 1));

/** What was granted of each order since an earlier count. */
export const yieldSince = (before: Yield, after: Yield): Yield => after.map((count, at) => count - (before[at] ?? 0));

/** @clause USE-1 */
export function compareYields(used: Yield, fresh: Yield): Counterexample | undefined {
  const at = used.findIndex((count, n) => count !== fresh[n]);
  if (at < 0) return undefined;
  const facts = [
    `emptied and drained, the arena granted ${used[at]} blocks of order ${at}`,
    `fresh, it granted ${fresh[at]} of them`,
  ] as const;
  return { clause: 'USE-1', place: `order ${at}`, facts };
}
