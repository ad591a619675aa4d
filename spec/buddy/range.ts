/** A request for a block within a range of frames: what may be answered to it. */
import { isOrder, sizeOf } from '../arithmetic.ts';
import { nameOf, refute } from './step.ts';
import { firstWhollyFree } from './state.ts';
import { refuted } from '../refuted.ts';
import type { Buddy } from './state.ts';
import type { Claims, Counterexample, Order, Outcome, Pfn } from '../../protocol/index.ts';

/** A request for a block of an order that lies within the frames `low` to `end` - 1. */
export interface RangeRequest {
  readonly order: Order;
  readonly low: Pfn;
  readonly end: Pfn;
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
  const head = claims.has('complete') ? firstWhollyFree(state, order, low, end) : undefined;
  if (head === undefined) return undefined;
  const free = `the ${nameOf({ head, order })} is wholly free`;
  return refuted('TAKE-6', `order ${order} within ${frames}`, 'the request was refused', free);
}
