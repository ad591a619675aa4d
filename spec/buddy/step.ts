/** What an allocator may answer to a command, why other answers are wrong, and the state after it. */
import { CLAUSE_OF, MISUSES, freeMisuse, handOverMisuse, rejected } from './misuse.ts';
import {
  anyWhollyFree,
  firstWhollyFree,
  freeBlockAround,
  handOver,
  hasFreeBlock,
  isFree,
  isWhollyFree,
  liberate,
  outstandingAround,
  ownerOf,
  reserve,
} from './state.ts';
import { endOf, isAligned, isOrder, isWhole, ordersOf, sizeOf } from '../arithmetic.ts';
import { HOLE } from './owner.ts';
import { pfn } from '../unit.ts';
import { refuted } from '../refuted.ts';
import type { Block, Claims, Clause, Command, Counterexample, Misuse, Outcome, Run } from '../../protocol/index.ts';
import type { Buddy } from './state.ts';

/** A permitted outcome, and the state after it. */
export interface Permitted {
  readonly outcome: Outcome;
  readonly next: Buddy;
}

/** Returns the name of a block, as counterexamples print it. */
export const nameOf = ({ head, order }: Block): string => `order ${order} block at frame ${head}`;

/** Refutes a grant by one of its frames that is not free. @clause TAKE-3 @clause TAKE-4 */
export function refuteFrames(state: Buddy, place: string, [first, count]: Run): Counterexample | undefined {
  const frames = Array.from({ length: count }, (_, n) => pfn(first + n));
  const taken = frames.find((frame) => !isFree(state, frame));
  if (taken === undefined) return undefined;
  const around = outstandingAround(state, taken);
  if (around !== undefined) {
    return refuted('TAKE-4', place, `it was granted`, `the ${nameOf(around)} is outstanding: both hold frame ${taken}`);
  }
  const why = ownerOf(state, taken) === HOLE ? 'a hole' : 'held by boot memory';
  return refuted('TAKE-3', place, 'it was granted', `frame ${taken} is ${why}`);
}

/** @clause TAKE-7 */
function refuteFit(state: Buddy, block: Block): Counterexample | undefined {
  const from = freeBlockAround(state, block.head);
  const smaller = ordersOf(state.arena).find((at) => at >= block.order && at < from.order && hasFreeBlock(state, at));
  if (smaller === undefined) return undefined;
  const fact = `a free block of order ${smaller} would have sufficed`;
  return refuted('TAKE-7', nameOf(block), `it was taken out of the free ${nameOf(from)}`, fact);
}

/** @clause TAKE-1 @clause TAKE-2 @clause TAKE-5 */
function refuteGrant(claims: Claims, state: Buddy, block: Block): Counterexample | undefined {
  const { arena, origin } = state;
  const { head, order } = block;
  if (!isOrder(arena, order)) {
    return refuted('TAKE-5', nameOf(block), 'it was granted', `the arena has the orders 0 to ${arena.orders - 1}`);
  }
  if (!isWhole(head) || head < arena.base || endOf(block) > arena.base + arena.pages) {
    const frames = `the arena has the frames ${arena.base} to ${arena.base + arena.pages - 1}`;
    return refuted('TAKE-1', nameOf(block), 'it was granted', frames);
  }
  if (!isAligned(origin, block)) {
    const fact = `frame ${head} is no multiple of ${sizeOf(order)} frames from frame ${arena.alignment === 'base' ? origin : 0}`;
    return refuted('TAKE-2', nameOf(block), 'it was granted', fact);
  }
  if (!isWhollyFree(state, head, order)) return refuteFrames(state, nameOf(block), [head, sizeOf(order)]);
  return claims.has('best-fit') ? refuteFit(state, block) : undefined;
}

/** @clause TAKE-6 */
function refuteRefusal(claims: Claims, state: Buddy, { order }: { order: Block['order'] }): Counterexample | undefined {
  if (!isOrder(state.arena, order) || !claims.has('complete') || !anyWhollyFree(state, order)) return undefined;
  const { base, pages } = state.arena;
  const head = firstWhollyFree(state, order, base, pfn(base + pages)) ?? base;
  return refuted(
    'TAKE-6',
    `order ${order}`,
    'the request was refused',
    `the ${nameOf({ head, order })} is wholly free`,
  );
}

const answerOf = (outcome: Outcome): string =>
  outcome.kind === 'rejected' ? `it was rejected as ${outcome.misuse}` : `it was answered ${outcome.kind}`;

/** @clause GIVE-1 @clause MISUSE-1 @clause MISUSE-2 @clause MISUSE-3 @clause MISUSE-4 @clause MISUSE-5 @clause MISUSE-6 */
function refuteAnswer(
  place: string,
  misuse: Misuse | undefined,
  legal: Clause,
  outcome: Outcome,
): Counterexample | undefined {
  const answer = answerOf(outcome);
  if (misuse === undefined) {
    return outcome.kind === 'done' ? undefined : refuted(legal, place, answer, 'it was legal');
  }
  if (outcome.kind === 'rejected' && outcome.misuse === misuse) return undefined;
  return refuted(CLAUSE_OF[misuse], place, answer, `it was misuse: ${misuse}`);
}

/** Returns why an outcome is not permitted, as two facts that cannot both hold; undefined if it is permitted. @clause USE-3 */
export function refute(claims: Claims, state: Buddy, command: Command, outcome: Outcome): Counterexample | undefined {
  switch (command.kind) {
    case 'allocate':
      if (!isWhole(command.order)) return refuteAnswer(`order ${command.order}`, 'no-such-order', 'TAKE-5', outcome);
      if (outcome.kind === 'granted') return refuteGrant(claims, state, { head: outcome.head, order: command.order });
      if (outcome.kind === 'exhausted') return refuteRefusal(claims, state, command);
      return refuted('USE-3', `order ${command.order}`, answerOf(outcome), 'it can be granted or refused');
    case 'free':
      return refuteAnswer(`freeing the ${nameOf(command)}`, freeMisuse(state, command), 'GIVE-1', outcome);
    case 'hand-over':
      return refuteAnswer(
        `handing over frame ${command.frame}`,
        handOverMisuse(state, command.frame),
        'HAND-1',
        outcome,
      );
  }
}

/** Returns the state after a permitted outcome. @clause STEP-1 @clause STEP-2 @clause MISUSE-7 */
export function after(state: Buddy, command: Command, outcome: Outcome): Buddy {
  switch (command.kind) {
    case 'allocate':
      return outcome.kind === 'granted' ? reserve(state, { head: outcome.head, order: command.order }) : state;
    case 'free':
      return outcome.kind === 'done' ? liberate(state, command) : state;
    case 'hand-over':
      return outcome.kind === 'done' ? handOver(state, command.frame) : state;
  }
}

/** Every conceivable outcome; `refute` says which of them are permitted. */
function candidates({ arena, origin }: Buddy, command: Command): readonly Outcome[] {
  const rejections = MISUSES.map(rejected);
  if (command.kind !== 'allocate') return [{ kind: 'done' }, ...rejections];
  const frames = Array.from({ length: arena.base - origin + arena.pages }, (_, n) => pfn(origin + n));
  return [...frames.map((head): Outcome => ({ kind: 'granted', head })), { kind: 'exhausted' }, ...rejections];
}

/** Returns every permitted outcome of a command, each with the state after it. */
export function step(claims: Claims, state: Buddy, command: Command): readonly Permitted[] {
  return candidates(state, command)
    .filter((outcome) => refute(claims, state, command, outcome) === undefined)
    .map((outcome) => ({ outcome, next: after(state, command, outcome) }));
}
