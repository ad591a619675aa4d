/** Why a machine must not answer a command in a certain way. */
import { PAGE_CLAUSE_OF, pageFreeMisuse } from './misuse.ts';
import { attempts } from './attempt.ts';
import { giverAbove, lastMark, placesAbove } from './watermark.ts';
import { isRetried, mayReclaim } from './page-alloc.ts';
import { mayWait } from './gfp.ts';
import { nameOf, refute as refuteBuddy } from '../buddy/step.ts';
import { refuted } from '../refuted.ts';
import { requestMisuse } from './request.ts';
import { usersOf } from './users.ts';
import { zoneAt, zoneName } from './state.ts';
import type { Block, Claims, Clause, Counterexample, PageCommand } from '../../protocol/index.ts';
import type { PageMisuse, PageOutcome, Round } from '../../protocol/index.ts';
import type { Attempt } from './attempt.ts';
import type { MachineState } from './state.ts';
import type { PageRequest } from './request.ts';

type Found = Counterexample | undefined;

const answered = (outcome: PageOutcome): string =>
  `it was answered ${outcome.kind === 'rejected' ? `rejected as ${outcome.misuse}` : outcome.kind}`;

/** Misuse must be rejected as what it is. @clause MISUSE-7 */
function refuteMisuse(misuse: PageMisuse, outcome: PageOutcome): Found {
  if (outcome.kind === 'rejected' && outcome.misuse === misuse) return undefined;
  return refuted(PAGE_CLAUSE_OF[misuse], 'machine', answered(outcome), `it was misuse: ${misuse}`);
}

const otherAnswer = (clause: Clause, outcome: PageOutcome): Counterexample =>
  refuted(clause, 'machine', answered(outcome), 'it was legal, and has another kind of answer');

/** A command that is no request: `done` is its only answer, unless it is misuse. */
function refuteDone(misuse: PageMisuse | undefined, outcome: PageOutcome, clause: Clause): Found {
  if (misuse !== undefined) return refuteMisuse(misuse, outcome);
  return outcome.kind === 'done' ? undefined : otherAnswer(clause, outcome);
}

/** A block may be what reclaim kept for the request, or a free one of a zone that may give it. @clause ZONE-4 @clause WATER-2 @clause WATER-3 */
function refuteGrant(
  claims: Claims,
  tried: readonly Attempt[],
  before: MachineState,
  request: PageRequest,
  block: Block,
): Found {
  const place = nameOf(block);
  const last = tried.at(-1);
  const state = last?.state ?? before;
  const at = zoneAt(state, block.head);
  const zone = state.zones[at];
  if (zone === undefined) return refuted('TAKE-1', place, 'it was granted', 'its first frame lies in no zone');
  const granted = `it was granted from ${zoneName(zone)}`;
  if (last === undefined) return refuted('ZONE-4', place, granted, 'that is not in its zonelist');
  if (last.kept?.head === block.head) return undefined;
  const command = { kind: 'allocate', order: block.order } as const;
  const wrong = refuteBuddy(claims, zone.placed.state, command, { kind: 'granted', head: block.head });
  if (wrong !== undefined) return wrong;
  if (placesAbove(last.state, last.zonelist, request, lastMark(request)).includes(at)) return undefined;
  const clause = mayWait(request.gfp) ? 'WATER-2' : 'WATER-3';
  return refuted(clause, place, granted, 'its free pages do not exceed the block and the marks up to it');
}

/** A request may stall only if Linux would retry it, and its last reclaim freed nothing. @clause PASS-6 */
function refuteStall(tried: readonly Attempt[], request: PageRequest): Found {
  const place = `order ${request.order}`;
  const [first] = tried;
  if (first === undefined || !isRetried(request)) {
    return refuted('PASS-6', place, 'it was answered stalled', 'such a request is refused');
  }
  return first.progress
    ? refuted('PASS-6', place, 'it was answered stalled', 'the last reclaim freed memory')
    : undefined;
}

/** A request must not be refused if Linux would retry it, unless no node has a zone for it. @clause PASS-5 @clause PASS-6 */
function refuteRefusal(tried: readonly Attempt[], request: PageRequest): Found {
  if (tried.length === 0 || !isRetried(request)) return undefined;
  const fact = 'it may wait, and is of order 3 or below';
  return refuted('PASS-6', `order ${request.order}`, 'the request was refused', fact);
}

/** A request that gets nothing: no zone that it tried may give it a block and has one. @clause PASS-7 */
function refuteIncomplete(claims: Claims, tried: readonly Attempt[], request: PageRequest, answer: string): Found {
  if (!claims.has('complete')) return undefined;
  const [giver] = tried.flatMap(({ state, zonelist }) => giverAbove(state, zonelist, request, lastMark(request)) ?? []);
  if (giver === undefined) return undefined;
  const fact = `${zoneName(giver)} has a block, and pages beyond its marks`;
  return refuted('PASS-7', `order ${request.order}`, answer, fact);
}

/** An order that the machine lacks is refused. @clause TAKE-5 */
function refuteOrder({ machine }: MachineState, { order }: PageRequest, outcome: PageOutcome): Found {
  if (outcome.kind === 'exhausted') return undefined;
  const orders = `the machine has the orders 0 to ${machine.orders - 1}`;
  return refuted('TAKE-5', `order ${order}`, answered(outcome), orders);
}

/** @clause PASS-4 */
function refuteReclaim({ machine }: MachineState, request: PageRequest, rounds: readonly Round[]): Found {
  if (rounds.length === 0 || (request.order < machine.orders && mayReclaim(request))) return undefined;
  const fact = 'it may not wait, or needs no mark, or has no order of the machine';
  return refuted('PASS-4', `order ${request.order}`, 'memory was reclaimed for the request', fact);
}

function refuteRequest(
  claims: Claims,
  state: MachineState,
  request: PageRequest,
  rounds: readonly Round[],
  outcome: PageOutcome,
): Found {
  const misuse = requestMisuse(state.machine, request);
  if (misuse !== undefined) return refuteMisuse(misuse, outcome);
  if (outcome.kind === 'done' || outcome.kind === 'rejected') return otherAnswer('USE-3', outcome);
  const wrong = refuteReclaim(state, request, rounds);
  if (wrong !== undefined) return wrong;
  if (request.order >= state.machine.orders) return refuteOrder(state, request, outcome);

  const tried = attempts(state, request, rounds, outcome);
  const { order } = request;
  switch (outcome.kind) {
    case 'granted':
      return refuteGrant(claims, tried, state, request, { head: outcome.head, order });
    case 'stalled':
      return refuteStall(tried, request) ?? refuteIncomplete(claims, tried, request, 'it was answered stalled');
    case 'exhausted':
      return refuteRefusal(tried, request) ?? refuteIncomplete(claims, tried, request, 'the request was refused');
  }
}

/**
 * Returns why an outcome is not permitted, if each reclaim that was made for the command freed what `rounds` says; undefined
 * if it is permitted. Any zone that the rules allow may give the block; `placeMachine` says which one Linux takes.
 */
export function refuteMachine(
  claims: Claims,
  state: MachineState,
  command: PageCommand,
  rounds: readonly Round[],
  outcome: PageOutcome,
): Found {
  switch (command.kind) {
    case 'allocate-pages':
    case 'allocate-on-node':
      return refuteRequest(claims, state, command, rounds, outcome);
    case 'free-pages':
      return refuteDone(pageFreeMisuse(state, command), outcome, 'GIVE-1');
    case 'get-page':
      return refuteDone(usersOf(state, command.head) === 0 ? 'no-such-page' : undefined, outcome, 'PAGE-4');
    case 'kswapd':
      return refuteDone(undefined, outcome, 'RECLAIM-3');
  }
}
