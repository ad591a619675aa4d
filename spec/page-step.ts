import { PAGE_CLAUSE_OF, freePages, getPage, liberatePages, pageFreeMisuse, rejectedPage, usersOf } from './page.ts';
import { after, nameOf, refute as refuteBuddy } from './step.ts';
import { anyWhollyFree, freeBlocks } from './buddy.ts';
import { directReclaim, kswapdTurn } from './reclaim.ts';
import { isExempt, mayWait } from './gfp.ts';
import { nodesOf, requestMisuse } from './page-placement.ts';
import { ordersOf } from './arithmetic.ts';
import { pfn } from './unit.ts';
import { placesAbove } from './page-alloc.ts';
import { withZone, zoneAt } from './node.ts';
import { zonelistOf } from './zonelist.ts';
import type { Block, Claims, Clause, Counterexample, PageCommand, PageOutcome, Round } from '../protocol/index.ts';
import type { MachineState } from './node.ts';
import type { PageRequest } from './page-placement.ts';

/** An outcome that is permitted, and the state after it; of its free lists only what is on them means something. */
export interface PageStep {
  readonly outcome: PageOutcome;
  readonly next: MachineState;
}

const refuted = (clause: Clause, place: string, ...facts: readonly [string, string]): Counterexample => ({
  clause,
  place,
  facts,
});

const zonelistsOf = (state: MachineState, command: PageRequest): readonly (readonly number[])[] =>
  nodesOf(state, command).map((node) => zonelistOf(state.zones, node, command.gfp));

/**
 * The state after all that reclaim freed, and what its last round kept that suits the request. Each node has one round for a
 * large request, and the first node all of them for any other. @clause PASS-5 @clause PASS-6
 */
function reclaimed(
  state: MachineState,
  command: PageRequest,
  rounds: readonly Round[],
): { next: MachineState; kept: Block | undefined; progress: boolean } {
  const zonelists = zonelistsOf(state, command).filter((list) => list.length > 0);
  return rounds.reduce<{ next: MachineState; kept: Block | undefined; progress: boolean }>(
    ({ next, kept }, round, n) => {
      const [classPlace = -1] = zonelists[command.order > 3 ? n : 0] ?? [];
      const free = kept === undefined ? next : liberatePages(next, kept);
      const given = directReclaim(free, round, command.order, classPlace);
      return { next: given.next, kept: given.granted, progress: given.progress };
    },
    { next: state, kept: undefined, progress: false },
  );
}

/** The places of a zonelist whose zones may give the request a block. @clause WATER-2 @clause WATER-3 @clause WATER-4 */
const mayGive = (state: MachineState, zonelist: readonly number[], command: PageRequest): readonly number[] =>
  placesAbove(state, zonelist, command, isExempt(command.task) ? 'none' : 'min');

const zoneName = ({ zones }: MachineState, at: number): string => {
  const zone = zones[at];
  return zone === undefined ? 'no zone' : `node ${zone.node} ${zone.name}`;
};

/** @clause ZONE-4 @clause WATER-2 */
function refuteGrant(
  claims: Claims,
  state: MachineState,
  command: PageRequest,
  rounds: readonly Round[],
  block: Block,
): Counterexample | undefined {
  const { next, kept } = reclaimed(state, command, rounds);
  const place = nameOf(block);
  const at = zoneAt(next, block.head);
  const zone = next.zones[at];
  if (zone === undefined) return refuted('TAKE-1', place, 'it was granted', 'its first frame lies in no zone');
  const zonelists = zonelistsOf(state, command);
  const zonelist = zonelists.find((list) => list.includes(at));
  if (zonelist === undefined) {
    return refuted('ZONE-4', place, `it was granted from ${zoneName(next, at)}`, `that is not in its zonelist`);
  }
  if (kept?.head === block.head) return undefined;
  const given = { kind: 'granted', head: block.head } as const;
  const wrong = refuteBuddy(claims, zone.placed.state, { kind: 'allocate', order: block.order }, given);
  if (wrong !== undefined || mayGive(next, zonelist, command).includes(at)) return wrong;
  const clause = isExempt(command.task) ? 'WATER-4' : mayWait(command.gfp) ? 'WATER-2' : 'WATER-3';
  const fact = 'its free pages do not exceed the block and the marks up to it';
  return refuted(clause, place, `it was granted from ${zoneName(next, at)}`, fact);
}

/** Whether any zone that may give the request a block has one. @clause PASS-7 */
function couldGive(state: MachineState, command: PageRequest, zonelist: readonly number[]): number | undefined {
  return mayGive(state, zonelist, command).find((at) => {
    const zone = state.zones[at];
    return zone !== undefined && anyWhollyFree(zone.placed.state, command.order);
  });
}

/** @clause PASS-5 @clause PASS-6 @clause PASS-7 */
function refuteNothing(
  claims: Claims,
  state: MachineState,
  command: PageRequest,
  rounds: readonly Round[],
  outcome: PageOutcome,
): Counterexample | undefined {
  const zonelists = zonelistsOf(state, command);
  const answer = outcome.kind === 'stalled' ? 'it was answered stalled' : 'the request was refused';
  const place = `order ${command.order}`;
  const goesOn = mayWait(command.gfp) && !isExempt(command.task) && command.order <= 3;
  const { next, progress } = reclaimed(state, command, rounds);
  if (outcome.kind === 'stalled' && !goesOn) return refuted('PASS-6', place, answer, 'such a request is refused');
  if (outcome.kind === 'stalled' && progress) return refuted('PASS-6', place, answer, 'the last reclaim freed memory');
  if (outcome.kind === 'exhausted' && goesOn && zonelists.some((list) => list.length > 0)) {
    return refuted('PASS-6', place, answer, 'it may wait, and is of order 3 or below');
  }
  if (!claims.has('complete')) return undefined;
  const tried = outcome.kind === 'stalled' ? zonelists.filter((list) => list.length > 0).slice(0, 1) : zonelists;
  const could = tried.map((list) => couldGive(next, command, list)).find((at) => at !== undefined);
  if (could === undefined) return undefined;
  return refuted('PASS-7', place, answer, `${zoneName(next, could)} has a block, and pages beyond its marks`);
}

/** @clause PASS-4 @clause TAKE-5 */
function refuteRequest(
  claims: Claims,
  state: MachineState,
  command: PageRequest,
  rounds: readonly Round[],
  outcome: PageOutcome,
): Counterexample | undefined {
  const misuse = requestMisuse(state.machine, command);
  if (misuse !== undefined || outcome.kind === 'rejected' || outcome.kind === 'done') {
    return refuteAnswer(misuse, outcome, 'USE-3');
  }
  const place = `order ${command.order}`;
  if (command.order >= state.machine.orders) {
    if (outcome.kind === 'exhausted') return undefined;
    const orders = `the machine has the orders 0 to ${state.machine.orders - 1}`;
    return refuted('TAKE-5', place, `it was answered ${outcome.kind}`, orders);
  }
  if (rounds.length > 0 && (!mayWait(command.gfp) || isExempt(command.task))) {
    return refuted('PASS-4', place, 'memory was reclaimed for the request', 'it may not wait, or is exempt from marks');
  }
  if (outcome.kind !== 'granted') return refuteNothing(claims, state, command, rounds, outcome);
  return refuteGrant(claims, state, command, rounds, { head: outcome.head, order: command.order });
}

function refuteAnswer(
  misuse: ReturnType<typeof pageFreeMisuse>,
  outcome: PageOutcome,
  legal: Clause,
): Counterexample | undefined {
  const answer = outcome.kind === 'rejected' ? `rejected as ${outcome.misuse}` : outcome.kind;
  if (misuse === undefined) {
    return outcome.kind === 'done' && legal !== 'USE-3'
      ? undefined
      : refuted(legal, 'machine', `it was answered ${answer}`, 'it was legal, and has another kind of answer');
  }
  if (outcome.kind === 'rejected' && outcome.misuse === misuse) return undefined;
  return refuted(PAGE_CLAUSE_OF[misuse], 'machine', `it was answered ${answer}`, `it was misuse: ${misuse}`);
}

/**
 * Why an outcome is not permitted, where each reclaim that it came to freed what `rounds` says; undefined where it is. Any zone
 * that the rules permit will do; which of them Linux takes, `pagePlacement` says.
 */
export function refutePage(
  claims: Claims,
  state: MachineState,
  command: PageCommand,
  rounds: readonly Round[],
  outcome: PageOutcome,
): Counterexample | undefined {
  switch (command.kind) {
    case 'allocate-pages':
    case 'allocate-on-node':
      return refuteRequest(claims, state, command, rounds, outcome);
    case 'free-pages':
      return refuteAnswer(pageFreeMisuse(state, command), outcome, 'GIVE-1');
    case 'get-page':
      return refuteAnswer(usersOf(state, command.head) === 0 ? 'no-such-page' : undefined, outcome, 'PAGE-4');
    case 'kswapd':
      return refuteAnswer(undefined, outcome, 'RECLAIM-3');
  }
}

/** The state after a zone has granted a block in its own way. */
function grantFrom(state: MachineState, { head, order }: Block): MachineState {
  const at = zoneAt(state, head);
  const zone = state.zones[at];
  if (zone === undefined) return state;
  const buddy = after(zone.placed.state, { kind: 'allocate', order }, { kind: 'granted', head });
  const lists = ordersOf(buddy.arena).map((of) => freeBlocks(buddy, of));
  return withZone(state, at, { ...zone, placed: { ...zone.placed, state: buddy, lists } });
}

/** The zonelists that were gone through, up to the one that gave a block or stalled. @clause NODE-1 @clause NODE-3 */
function tried(state: MachineState, command: PageRequest, outcome: PageOutcome): readonly (readonly number[])[] {
  const zonelists = zonelistsOf(state, command).filter((list) => list.length > 0);
  if (outcome.kind === 'stalled') return zonelists.slice(0, 1);
  if (outcome.kind !== 'granted') return zonelists;
  const at = zoneAt(state, outcome.head);
  return zonelists.slice(0, 1 + zonelists.findIndex((list) => list.includes(at)));
}

/** The zones that a request makes ask for balance: the class zones of the nodes where no zone stays above pages_low. @clause PASS-2 */
function asking(state: MachineState, command: PageRequest, outcome: PageOutcome): MachineState {
  const [first] = nodesOf(state, command);
  const cursor = state.machine.policy === 'round-robin' ? (first ?? state.cursor) : state.cursor;
  return tried(state, command, outcome).reduce(
    (next, list) => {
      const [at = -1] = list;
      const zone = next.zones[at];
      const low = placesAbove(next, list, command, 'low').some((place) => {
        const one = next.zones[place];
        return one !== undefined && anyWhollyFree(one.placed.state, command.order);
      });
      return zone === undefined || low ? next : withZone(next, at, { ...zone, needBalance: true });
    },
    { ...state, cursor },
  );
}

/** The state after a permitted outcome. @clause MISUSE-7 @clause ZONE-2 */
export function afterPage(
  state: MachineState,
  command: PageCommand,
  rounds: readonly Round[],
  outcome: PageOutcome,
): MachineState {
  if (outcome.kind === 'rejected') return state;
  switch (command.kind) {
    case 'allocate-pages':
    case 'allocate-on-node': {
      if (command.order >= state.machine.orders) return state;
      const { next, kept } = reclaimed(asking(state, command, outcome), command, rounds);
      if (outcome.kind !== 'granted' || kept?.head === outcome.head) return next;
      return grantFrom(next, { head: outcome.head, order: command.order });
    }
    case 'free-pages':
      return freePages(state, command).next;
    case 'get-page':
      return getPage(state, command.head).next;
    case 'kswapd':
      return kswapdTurn(state, rounds).next;
  }
}

/** Every outcome that could be thought of; which of them are permitted, `refutePage` says. */
function candidates({ zones }: MachineState, command: PageCommand): readonly PageOutcome[] {
  const misuses = Object.keys(PAGE_CLAUSE_OF) as readonly (keyof typeof PAGE_CLAUSE_OF)[];
  const others: readonly PageOutcome[] = [{ kind: 'done' }, ...misuses.map(rejectedPage)];
  if (command.kind !== 'allocate-pages' && command.kind !== 'allocate-on-node') return others;
  const heads = zones.flatMap(({ placed: { state } }) =>
    Array.from({ length: state.arena.pages }, (_, n) => pfn(state.arena.base + n)),
  );
  const grants = heads.map((head): PageOutcome => ({ kind: 'granted', head }));
  return [...grants, { kind: 'exhausted' }, { kind: 'stalled' }, ...others];
}

/** Every permitted outcome of a command, each with the state after it. */
export function stepPage(
  claims: Claims,
  state: MachineState,
  command: PageCommand,
  rounds: readonly Round[],
): readonly PageStep[] {
  return candidates(state, command)
    .filter((outcome) => refutePage(claims, state, command, rounds, outcome) === undefined)
    .map((outcome) => ({ outcome, next: afterPage(state, command, rounds, outcome) }));
}
