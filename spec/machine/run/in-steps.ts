/** What a request does on a machine of several processors: one step after another, each of which takes effect at once. */
import { FIRST, REBALANCE } from '../page-alloc.ts';
import { cursorAfter, requestMisuse, zonelistsOf } from '../request.ts';
import { placeMachine } from '../placement.ts';
import { placesAbove } from '../watermark.ts';
import { rejectedPage } from '../misuse.ts';
import { takeFrom } from './fill.ts';
import { withBalanceAsked } from '../state.ts';
import type { MachineState } from '../state.ts';
import type { Mark } from '../watermark.ts';
import type { PageCommand, PageOutcome } from '../../../protocol/index.ts';
import type { PageRequest } from '../request.ts';
import type { Zonelist } from '../zonelist.ts';

const ROWS = [...FIRST, ...REBALANCE];

/** Where a request is between two of its steps. */
export interface Point {
  /** The zonelists of the node that it tries and of those after it. */
  readonly zonelists: readonly Zonelist[];
  /** The row of the table, and the zone of the list that is next. */
  readonly row: number;
  readonly at: number;
  /** Whether that zone's count was seen to exceed what the mark asks for: then the zone is asked, whatever its count is by now. */
  readonly isAbove: boolean;
}

/** A step: the state after it, and where the request is then, or what it is answered. */
export type Stepped =
  | { readonly kind: 'goes on'; readonly next: MachineState; readonly point: Point }
  | { readonly kind: 'ended'; readonly next: MachineState; readonly outcome: PageOutcome };

const ended = (next: MachineState, outcome: PageOutcome): Stepped => ({ kind: 'ended', next, outcome });

const atRow = ({ zonelists }: Point, row: number): Point => ({ zonelists, row, at: 0, isAbove: false });

/**
 * Goes over rows that take no step, up to the next that does. Reclaim is one of them: on such a machine nothing is judged but a
 * reclaim that frees nothing, which ends a request that would be retried. @clause PASS-5 @clause PASS-6 @clause NODE-3
 */
function settled(next: MachineState, request: PageRequest, point: Point): Stepped {
  const [zonelist] = point.zonelists;
  const row = ROWS[point.row];
  if (zonelist === undefined || row === undefined) return ended(next, { kind: 'exhausted' });
  const { action, who } = row;
  const isHere = who(request, false);
  if (isHere && action.kind === 'end') {
    if (action.as === 'stalled') return ended(next, { kind: 'stalled' });
    return settled(next, request, atRow({ ...point, zonelists: point.zonelists.slice(1) }, 0));
  }
  const isStep = action.kind === 'wake' || (action.kind === 'take' && point.at < zonelist.length);
  return isHere && isStep ? { kind: 'goes on', next, point } : settled(next, request, atRow(point, point.row + 1));
}

/** @clause WATER-2 @clause WATER-3 @clause SMP-5 */
function stepOfTake(state: MachineState, request: PageRequest, point: Point, mark: Mark): Stepped {
  const { at, isAbove, zonelists } = point;
  const [zonelist = []] = zonelists;
  const place = zonelist[at] ?? -1;
  const after: Point = { ...point, at: at + 1, isAbove: false };
  if (mark !== 'none' && !isAbove) {
    const passes = placesAbove(state, zonelist, request, mark).includes(place);
    return settled(state, request, passes ? { ...point, isAbove: true } : after);
  }
  const taken = takeFrom(state, place, request.order);
  if (taken === undefined) return settled(state, request, after);
  return ended(taken.next, { kind: 'granted', head: taken.head });
}

function stepOfRequest(state: MachineState, request: PageRequest, point: Point): Stepped {
  const { zonelists, row } = point;
  const action = ROWS[row]?.action;
  if (action?.kind === 'take') return stepOfTake(state, request, point, action.mark);
  const [classPlace = -1] = zonelists[0] ?? [];
  return settled(withBalanceAsked(state, classPlace), request, atRow(point, row + 1));
}

/** Takes the first step of a request; with round-robin this moves the cursor. @clause NODE-4 */
function begun(state: MachineState, request: PageRequest): Stepped {
  const misuse = requestMisuse(state.machine, request);
  if (misuse !== undefined) return ended(state, rejectedPage(misuse));
  if (request.order >= state.machine.orders) return ended(state, { kind: 'exhausted' });
  const next = { ...state, cursor: cursorAfter(state, request) };
  const first = settled(next, request, { zonelists: zonelistsOf(state, request), row: 0, at: 0, isAbove: false });
  if (first.kind === 'ended' || state.machine.policy === 'round-robin') return first;
  return stepOfRequest(next, request, first.point);
}

/**
 * Takes a call of Linux 2.4 one step on: from where it is, or if that is undefined from its beginning. Precondition: what it
 * reclaims frees nothing. @clause SMP-6
 */
export function stepInTurn(state: MachineState, command: PageCommand, point: Point | undefined): Stepped {
  if (command.kind === 'allocate-pages' || command.kind === 'allocate-on-node') {
    return point === undefined ? begun(state, command) : stepOfRequest(state, command, point);
  }
  const { next, outcome } = placeMachine(state, command, []);
  return ended(next, outcome);
}
