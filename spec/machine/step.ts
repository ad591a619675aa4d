import { PAGE_CLAUSE_OF, freePages, getPage, liberatePages, pageFreeMisuse, rejectedPage, usersOf } from './users.ts';
import { after, nameOf, refute as refuteBuddy } from '../buddy/step.ts';
import { anyWhollyFree, freeBlocks } from '../buddy/state.ts';
import { directReclaim, kswapdTurn } from './reclaim.ts';
import { isExempt, mayWait } from './gfp.ts';
import { nodesOf, requestMisuse } from './placement.ts';
import { ordersOf } from '../arithmetic.ts';
import { pfn } from '../unit.ts';
import { placesAbove } from './page-alloc.ts';
import { withZone, zoneAt } from './node.ts';
import { zonelistOf } from './zonelist.ts';
import type { Block, Claims, Clause, Counterexample, PageCommand, PageOutcome, Round } from '../../protocol/index.ts';
import type { MachineState } from './node.ts';
import type { PageRequest } from './placement.ts';

/** An outcome that is permitted, and the state after it; of its free lists only what is on them means something. */
export interface MachinePermitted {
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

/** The zonelists that are gone through, up to the one that gives the block or stalls. @clause NODE-1 @clause NODE-3 */
function tried(state: MachineState, command: PageRequest, outcome: PageOutcome): readonly (readonly number[])[] {
  const zonelists = zonelistsOf(state, command).filter((list) => list.length > 0);
  if (outcome.kind === 'stalled') return zonelists.slice(0, 1);
  if (outcome.kind !== 'granted') return zonelists;
  const at = zoneAt(state, outcome.head);
  return zonelists.slice(0, 1 + zonelists.findIndex((list) => list.includes(at)));
}

/** A zonelist, the state when the request was done with it, and what its last reclaim kept that suits the request. */
interface Visit {
  readonly list: readonly number[];
  readonly next: MachineState;
  readonly kept: Block | undefined;
  readonly progress: boolean;
}

/** Makes the class zone ask for balance, unless a zone can give a block above pages_low. @clause PASS-2 */
function asking(state: MachineState, list: readonly number[], command: PageRequest): MachineState {
  const [at = -1] = list;
  const zone = state.zones[at];
  const low = placesAbove(state, list, command, 'low').some((place) => {
    const one = state.zones[place];
    return one !== undefined && anyWhollyFree(one.placed.state, command.order);
  });
  return zone === undefined || low ? state : withZone(state, at, { ...zone, needBalance: true });
}

/** One zonelist: what it asks for, and what is reclaimed for it. @clause RECLAIM-1 @clause RECLAIM-2 */
const visit = (state: MachineState, list: readonly number[], command: PageRequest, rounds: readonly Round[]): Visit =>
  rounds.reduce<Visit>(
    ({ next, kept }, round) => {
      const free = kept === undefined ? next : liberatePages(next, kept);
      const { granted, next: then, progress } = directReclaim(free, round, command.order, list[0] ?? -1);
      return { list, next: then, kept: granted, progress };
    },
    { list, next: asking(state, list, command), kept: undefined, progress: false },
  );

/**
 * The zonelists that are gone through, one after the other. A large request has one round of reclaim in each, and any other
 * has all of them in the first. @clause PASS-5 @clause PASS-6
 */
function visits(
  state: MachineState,
  command: PageRequest,
  rounds: readonly Round[],
  outcome: PageOutcome,
): readonly Visit[] {
  return tried(state, command, outcome).reduce<readonly Visit[]>((all, list, n) => {
    const last = all.at(-1);
    const from = last?.kept === undefined ? (last?.next ?? state) : liberatePages(last.next, last.kept);
    const own = command.order > 3 ? rounds.slice(n, n + 1) : n === 0 ? rounds : [];
    return [...all, visit(from, list, command, own)];
  }, []);
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
  const place = nameOf(block);
  const at = zoneAt(state, block.head);
  if (at < 0) return refuted('TAKE-1', place, 'it was granted', 'its first frame lies in no zone');
  const given = { kind: 'granted', head: block.head } as const;
  const last = visits(state, command, rounds, given).at(-1);
  const zone = last?.next.zones[at];
  if (last === undefined || zone === undefined) {
    return refuted('ZONE-4', place, `it was granted from ${zoneName(state, at)}`, `that is not in its zonelist`);
  }
  if (last.kept?.head === block.head) return undefined;
  const wrong = refuteBuddy(claims, zone.placed.state, { kind: 'allocate', order: block.order }, given);
  if (wrong !== undefined || mayGive(last.next, last.list, command).includes(at)) return wrong;
  const clause = mayWait(command.gfp) ? 'WATER-2' : 'WATER-3';
  const fact = 'its free pages do not exceed the block and the marks up to it';
  return refuted(clause, place, `it was granted from ${zoneName(state, at)}`, fact);
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
  const hasZones = zonelists.some((list) => list.length > 0);
  const goesOn = hasZones && mayWait(command.gfp) && !isExempt(command.task) && command.order <= 3;
  const gone = visits(state, command, rounds, outcome);
  const progress = gone.some((one) => one.progress);
  if (outcome.kind === 'stalled' && !goesOn) return refuted('PASS-6', place, answer, 'such a request is refused');
  if (outcome.kind === 'stalled' && progress) return refuted('PASS-6', place, answer, 'the last reclaim freed memory');
  if (outcome.kind === 'exhausted' && goesOn) {
    return refuted('PASS-6', place, answer, 'it may wait, and is of order 3 or below');
  }
  if (!claims.has('complete')) return undefined;
  const could = gone.map(({ list, next }) => couldGive(next, command, list)).find((at) => at !== undefined);
  if (could === undefined) return undefined;
  return refuted('PASS-7', place, answer, `${zoneName(state, could)} has a block, and pages beyond its marks`);
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
  const mayReclaim = mayWait(command.gfp) && !isExempt(command.task) && command.order < state.machine.orders;
  if (rounds.length > 0 && !mayReclaim) {
    return refuted(
      'PASS-4',
      place,
      'memory was reclaimed for the request',
      'it may not wait, or needs no mark, or has no order of the machine',
    );
  }
  if (command.order >= state.machine.orders) {
    if (outcome.kind === 'exhausted') return undefined;
    const orders = `the machine has the orders 0 to ${state.machine.orders - 1}`;
    return refuted('TAKE-5', place, `it was answered ${outcome.kind}`, orders);
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
 * that the rules permit will do; which of them Linux takes, `placeMachine` says.
 */
export function refuteMachine(
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

/** The state after a permitted outcome. @clause MISUSE-7 @clause ZONE-2 */
export function afterMachine(
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
      const [first = state.cursor] = state.machine.policy === 'round-robin' ? nodesOf(state, command) : [];
      const last = visits(state, command, rounds, outcome).at(-1);
      if (last === undefined) return { ...state, cursor: first };
      const { kept, next } = last;
      if (outcome.kind !== 'granted')
        return { ...(kept === undefined ? next : liberatePages(next, kept)), cursor: first };
      const granted =
        kept?.head === outcome.head ? next : grantFrom(next, { head: outcome.head, order: command.order });
      return { ...granted, cursor: first };
    }
    case 'free-pages':
      return freePages(state, command).next;
    case 'get-page':
      return getPage(state, command.head).next;
    case 'kswapd':
      return kswapdTurn(state, rounds).next;
  }
}

/** Every outcome that could be thought of; which of them are permitted, `refuteMachine` says. */
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
export function stepMachine(
  claims: Claims,
  state: MachineState,
  command: PageCommand,
  rounds: readonly Round[],
): readonly MachinePermitted[] {
  return candidates(state, command)
    .filter((outcome) => refuteMachine(claims, state, command, rounds, outcome) === undefined)
    .map((outcome) => ({ outcome, next: afterMachine(state, command, rounds, outcome) }));
}
