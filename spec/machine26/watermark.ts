/** Whether a zone of 2.6.24 may give a block: the test of one zone, which no other zone has a part in. */
import { order } from '../unit.ts';
import { sizeOf } from '../arithmetic.ts';
import type { Order } from '../../protocol/index.ts';

/** What the test reads of a zone. */
export interface ZoneNumbers {
  /** The count of free pages. */
  readonly free: number;
  /** The number of free blocks of each order. */
  readonly blocks: readonly number[];
  /** The pages that are kept from requests of the class that is tested. */
  readonly reserve: number;
}

/** Who is let through below a mark. */
export interface Hurry {
  /** The mask has HIGH. */
  readonly high: boolean;
  /** The request may not wait, or its task is a realtime one. */
  readonly harder: boolean;
}

/** The answer of the test: the first inequality that fails, with both of its sides. */
export type Gate =
  | { readonly kind: 'passes' }
  /** The count, less the block, is at most the mark and the reserve. */
  | { readonly kind: 'count'; readonly have: number; readonly need: number }
  /** What blocks above an order hold is at most that order's share of the mark. */
  | { readonly kind: 'order'; readonly order: Order; readonly have: number; readonly need: number };

/** Returns the mark that a request is held to: HIGH takes half away, then HARDER a quarter of the rest, both rounded down. @clause GATE-1 */
export function lessened(mark: number, { harder, high }: Hurry): number {
  const halved = high ? mark - Math.floor(mark / 2) : mark;
  return harder ? halved - Math.floor(halved / 4) : halved;
}

/** Returns the two sides of the inequality at an order below the block's: what larger blocks hold, and the mark halved once for each order. @clause GATE-3 */
const sidesAt = (have: number, blocks: readonly number[], min: number, at: Order): { have: number; need: number } => ({
  have: blocks.slice(0, at + 1).reduce((left, count, of) => left - count * sizeOf(order(of)), have),
  need: Math.floor(min / 2 ** (at + 1)),
});

/** Returns whether a zone may give a block, and if not, why. @clause GATE-2 @clause GATE-3 */
export function gateOf({ blocks, free, reserve }: ZoneNumbers, mark: number, of: Order, hurry: Hurry): Gate {
  const min = lessened(mark, hurry);
  const have = free - sizeOf(of) + 1;
  if (have <= min + reserve) return { kind: 'count', have, need: min + reserve };
  const sides = Array.from({ length: of }, (_, n) => ({ order: order(n), ...sidesAt(have, blocks, min, order(n)) }));
  const failing = sides.find((side) => side.have <= side.need);
  return failing === undefined ? { kind: 'passes' } : { kind: 'order', ...failing };
}
