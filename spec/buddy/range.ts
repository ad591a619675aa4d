/** A request for a block within a range of frames: what may be answered to it. */
import { isOrder, sizeOf } from '../arithmetic.ts';
import { nameOf, refute } from './step.ts';
import { isWhollyFree } from './state.ts';
import { pfn } from '../unit.ts';
import { refuted } from '../refuted.ts';
import type { Buddy } from './state.ts';
import type { Claims, Counterexample, Order, Outcome, Pfn } from '../../protocol/index.ts';

/** A request for a block of an order that lies within the frames `low` to `end` - 1. */
export interface RangeRequest {
  readonly order: Order;
  readonly low: Pfn;
  readonly end: Pfn;
}

/** Returns the first block of a range that is wholly free, by its head; undefined if there is none. */
function freeIn(state: Buddy, { order, low, end }: RangeRequest): Pfn | undefined {
  const { arena, origin } = state;
  const size = sizeOf(order);
  const first = origin + Math.ceil((Math.max(low, arena.base) - origin) / size) * size;
  const count = Math.max(0, Math.floor((Math.min(end, arena.base + arena.pages) - first) / size));
  return Array.from({ length: count }, (_, n) => pfn(first + n * size)).find((at) => isWhollyFree(state, at, order));
}

/**
 * Returns why an answer to a request within a range is not permitted; undefined if it is. Best fit is not asked of it, and a
 * refusal is judged by the range alone. @clause TAKE-8 @clause TAKE-6
 */
export function refuteRange(
  claims: Claims,
  state: Buddy,
  request: RangeRequest,
  outcome: Outcome,
): Counterexample | undefined {
  const { order, low, end } = request;
  const wrong = refute(new Set(), state, { kind: 'allocate', order }, outcome);
  if (wrong !== undefined || !isOrder(state.arena, order)) return wrong;
  const frames = `frames ${low} to ${end - 1}`;
  if (outcome.kind === 'granted') {
    const isInside = outcome.head >= low && outcome.head + sizeOf(order) <= end;
    const block = nameOf({ head: outcome.head, order });
    return isInside ? undefined : refuted('TAKE-8', block, 'it was granted', `the request is for ${frames}`);
  }
  const head = claims.has('complete') ? freeIn(state, request) : undefined;
  if (head === undefined) return undefined;
  const free = `the ${nameOf({ head, order })} is wholly free`;
  return refuted('TAKE-6', `order ${order} within ${frames}`, 'the request was refused', free);
}
