/** Every answer that a machine may give to a command, each with the state after it. */
import { PAGE_MISUSES, rejectedPage } from './misuse.ts';
import { attempts, withoutKept } from './attempt.ts';
import { cursorAfter } from './request.ts';
import { freePages, getPage } from './users.ts';
import { kswapdTurn } from './reclaim.ts';
import { pfn } from '../unit.ts';
import { refuteMachine } from './refute.ts';
import { withGranted } from '../buddy/placement.ts';
import { withZone, zoneAt } from './state.ts';
import type { Block, Claims, PageCommand, PageOutcome, Round } from '../../protocol/index.ts';
import type { Attempt } from './attempt.ts';
import type { MachineState } from './state.ts';
import type { PageRequest } from './request.ts';

/** An outcome that is permitted, and the state after it. The order of the free lists in that state means nothing. */
export interface MachinePermitted {
  readonly outcome: PageOutcome;
  readonly next: MachineState;
}

/** The state after a zone has granted a free block, whichever one it chose. */
function grantFrom(state: MachineState, block: Block): MachineState {
  const place = zoneAt(state, block.head);
  const zone = state.zones[place];
  if (zone === undefined) return state;
  return withZone(state, place, { ...zone, placed: withGranted(zone.placed, block) });
}

/** The state after the last attempt has ended. What reclaim kept is free by then, unless it was granted. @clause RECLAIM-2 */
function afterAttempt(attempt: Attempt, { order }: PageRequest, outcome: PageOutcome): MachineState {
  const state = withoutKept(attempt);
  return outcome.kind === 'granted' ? grantFrom(state, { head: outcome.head, order }) : state;
}

function afterRequest(
  state: MachineState,
  request: PageRequest,
  rounds: readonly Round[],
  outcome: PageOutcome,
): MachineState {
  if (request.order >= state.machine.orders) return state;
  const last = attempts(state, request, rounds, outcome).at(-1);
  const next = last === undefined ? state : afterAttempt(last, request, outcome);
  return { ...next, cursor: cursorAfter(state, request) };
}

/** Returns the state after a permitted outcome. @clause MISUSE-7 @clause ZONE-2 */
export function afterMachine(
  state: MachineState,
  command: PageCommand,
  rounds: readonly Round[],
  outcome: PageOutcome,
): MachineState {
  if (outcome.kind === 'rejected') return state;
  switch (command.kind) {
    case 'allocate-pages':
    case 'allocate-on-node':
      return afterRequest(state, command, rounds, outcome);
    case 'free-pages':
      return freePages(state, command).next;
    case 'get-page':
      return getPage(state, command.head).next;
    case 'kswapd':
      return kswapdTurn(state, rounds).next;
  }
}

/** Every conceivable outcome; `refuteMachine` says which of them are permitted. */
function candidates({ zones }: MachineState): readonly PageOutcome[] {
  const heads = zones.flatMap(({ placed: { state } }) =>
    Array.from({ length: state.arena.pages }, (_, n) => pfn(state.arena.base + n)),
  );
  const grants = heads.map((head): PageOutcome => ({ kind: 'granted', head }));
  return [...grants, { kind: 'exhausted' }, { kind: 'stalled' }, { kind: 'done' }, ...PAGE_MISUSES.map(rejectedPage)];
}

/** Returns every permitted outcome of a command, each with the state after it. */
export const stepMachine = (
  claims: Claims,
  state: MachineState,
  command: PageCommand,
  rounds: readonly Round[],
): readonly MachinePermitted[] =>
  candidates(state)
    .filter((outcome) => refuteMachine(claims, state, command, rounds, outcome) === undefined)
    .map((outcome) => ({ outcome, next: afterMachine(state, command, rounds, outcome) }));
