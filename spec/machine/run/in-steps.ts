/** What a request does on a machine of several processors: one step after another, each of which takes effect at once. */
import { actionsInVain, isRetried } from '../page-alloc.ts';
import { cursorAfter, requestMisuse, zonelistsOf } from '../request.ts';
import { placeMachine } from '../placement.ts';
import { placesAbove } from '../watermark.ts';
import { rejectedPage } from '../misuse.ts';
import { takeFrom } from './fill.ts';
import { withBalance } from '../state.ts';
import type { Action, Ending } from '../page-alloc.ts';
import type { MachineState } from '../state.ts';
import type { Mark } from '../watermark.ts';
import type { PageCommand, PageOutcome } from '../../../protocol/index.ts';
import type { PageRequest } from '../request.ts';
import type { Zonelist } from '../zonelist.ts';

/** A step of a request: it asks one zone of a list for a block, or makes the class zone of the list ask to be balanced. */
type Step =
  | { readonly kind: 'take'; readonly zonelist: Zonelist; readonly place: number; readonly mark: Mark }
  | { readonly kind: 'wake'; readonly zonelist: Zonelist };

/** Where a request is between two of its steps. */
export interface Point {
  readonly step: Step;
  /** The steps that follow if this one does not end the request. */
  readonly later: readonly Step[];
  /** Whether the zone's count was seen to exceed what the mark asks for: then the zone is asked, whatever its count is by now. */
  readonly isAbove: boolean;
}

/** A step: the state after it, and where the request is then, or what it is answered. */
export type Stepped =
  | { readonly kind: 'goes on'; readonly next: MachineState; readonly point: Point }
  | { readonly kind: 'ended'; readonly next: MachineState; readonly outcome: PageOutcome };

const ended = (next: MachineState, outcome: PageOutcome): Stepped => ({ kind: 'ended', next, outcome });

/** Returns the steps that an action takes. Reclaim takes none: on such a machine none is judged but one that frees nothing. */
function stepsOf(action: Action, zonelist: Zonelist): readonly Step[] {
  switch (action.kind) {
    case 'take':
      return zonelist.map((place) => ({ kind: 'take', zonelist, place, mark: action.mark }));
    case 'wake':
      return [{ kind: 'wake', zonelist }];
    case 'reclaim':
    case 'end':
      return [];
  }
}

/** Returns all steps of a request that gets no block: if it is retried, on its first node, else on one after the other. @clause NODE-3 */
function stepsInVain(state: MachineState, request: PageRequest): readonly Step[] {
  const zonelists = zonelistsOf(state, request);
  const tried = isRetried(request) ? zonelists.slice(0, 1) : zonelists;
  return tried.flatMap((zonelist) => actionsInVain(request).flatMap((action) => stepsOf(action, zonelist)));
}

/** Goes to the first of some steps; without one, the request ends. */
const upTo = (next: MachineState, [step, ...later]: readonly Step[], as: Ending): Stepped =>
  step === undefined ? ended(next, { kind: as }) : { kind: 'goes on', next, point: { step, later, isAbove: false } };

/** @clause WATER-2 @clause WATER-3 @clause SMP-5 @clause PASS-5 @clause PASS-6 */
function stepOfRequest(state: MachineState, request: PageRequest, point: Point): Stepped {
  const { isAbove, later, step } = point;
  const ending = isRetried(request) ? 'stalled' : 'exhausted';
  if (step.kind === 'wake') {
    const [classPlace] = step.zonelist;
    return upTo(withBalance(state, classPlace, true), later, ending);
  }
  const { mark, place, zonelist } = step;
  if (mark !== 'none' && !isAbove) {
    const passes = placesAbove(state, zonelist, request, mark).includes(place);
    return passes ? { kind: 'goes on', next: state, point: { ...point, isAbove: true } } : upTo(state, later, ending);
  }
  const taken = takeFrom(state, place, request.order);
  return taken === undefined ? upTo(state, later, ending) : ended(taken.next, { kind: 'granted', head: taken.head });
}

/** Takes the first step of a request; with round-robin this moves the cursor. @clause NODE-4 */
function begun(state: MachineState, request: PageRequest): Stepped {
  const misuse = requestMisuse(state.machine, request);
  if (misuse !== undefined) return ended(state, rejectedPage(misuse));
  if (request.order >= state.machine.orders) return ended(state, { kind: 'exhausted' });
  const next = { ...state, cursor: cursorAfter(state, request) };
  const first = upTo(next, stepsInVain(state, request), 'exhausted');
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
