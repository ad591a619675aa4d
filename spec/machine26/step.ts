/** Why a machine must not answer a command in a certain way, and the state after an answer that is permitted. */
import { CLAUSE_OF_26, misuseOf26 } from './misuse.ts';
import { endingOf, lastPassOf, mayReclaim26 } from './page-alloc.ts';
import { gateAt, giverOf } from './gates.ts';
import { afterReclaim, withFreed } from './placement.ts';
import { nameOf, refute } from '../buddy/step.ts';
import { refuted } from '../refuted.ts';
import { withGranted } from '../buddy/placement.ts';
import { withPlaced, withSettings, zoneAt26, zonelistOf26 } from './state.ts';
import type {
  Block,
  Claims,
  Command26,
  Counterexample,
  Misuse26,
  Outcome26,
  Reclaimed26,
} from '../../protocol/index.ts';
import type { MachineState26 } from './state.ts';
import type { Reclaims } from './placement.ts';
import type { Request26 } from './page-alloc.ts';

type Found = Counterexample | undefined;

const answered = (outcome: Outcome26): string =>
  `it was answered ${outcome.kind === 'rejected' ? `rejected as ${outcome.misuse}` : outcome.kind}`;

const placeOf = (command: Command26): string => {
  switch (command.kind) {
    case 'allocate':
      return `order ${command.order}`;
    case 'free':
      return `freeing the ${nameOf(command)}`;
    case 'set':
      return 'settings';
  }
};

/** Misuse must be rejected as what it is. @clause MISUSE-7 */
function refuteMisuse(misuse: Misuse26, command: Command26, outcome: Outcome26): Found {
  if (outcome.kind === 'rejected' && outcome.misuse === misuse) return undefined;
  return refuted(CLAUSE_OF_26[misuse], placeOf(command), answered(outcome), `it was misuse: ${misuse}`);
}

/** What the reclaims led to that were made before a request was answered. */
const reclaims = (state: MachineState26, rounds: readonly Reclaimed26[]): Reclaims =>
  rounds.reduce(afterReclaim, { state, progress: false });

/** A block may be any free one of a zone of the list that passes the test. @clause GATE-1 @clause GATE-2 @clause GATE-3 @clause GATE-7 */
function refuteGrant(claims: Claims, state: MachineState26, request: Request26, block: Block): Found {
  const place = nameOf(block);
  const at = zoneAt26(state, block.head);
  const zone = state.zones[at];
  if (zone === undefined) return refuted('TAKE-1', place, 'it was granted', 'its first frame lies in no zone');
  const granted = `it was granted from ${zone.name}`;
  const zonelist = zonelistOf26(state, request.gfp);
  const [classPlace = -1] = zonelist;
  if (!zonelist.includes(at)) return refuted('GATE-7', place, granted, 'its mask does not permit that zone');
  const wrong = refute(
    claims,
    zone.placed.state,
    { kind: 'allocate', order: block.order },
    { kind: 'granted', head: block.head },
  );
  if (wrong !== undefined) return wrong;
  const gate = gateAt(state, at, classPlace, lastPassOf(request), request.order);
  switch (gate.kind) {
    case 'passes':
      return undefined;
    case 'count':
      return refuted('GATE-2', place, granted, `${gate.have} pages do not exceed ${gate.need}`);
    case 'order':
      return refuted(
        'GATE-3',
        place,
        granted,
        `above order ${gate.order}, ${gate.have} pages do not exceed ${gate.need}`,
      );
  }
}

/** A request that gets nothing must end as its mask, its order and the last reclaim say, and no zone may let it through. @clause GATE-12 @clause GATE-14 */
function refuteEnd(claims: Claims, { progress, state }: Reclaims, request: Request26, outcome: Outcome26): Found {
  const zonelist = zonelistOf26(state, request.gfp);
  if (zonelist.length === 0 || request.order >= state.machine.orders) {
    const fact =
      zonelist.length === 0 ? 'its mask permits no zone' : `there are the orders 0 to ${state.machine.orders - 1}`;
    return outcome.kind === 'exhausted' ? undefined : refuted('TAKE-5', placeOf(request), answered(outcome), fact);
  }
  const ending = endingOf(request, progress);
  if (ending !== outcome.kind) {
    const fact = ending === undefined ? 'the last reclaim freed memory, and it goes on' : `2.6 ends it as ${ending}`;
    return refuted('GATE-12', placeOf(request), answered(outcome), fact);
  }
  const giver = claims.has('complete') ? giverOf(state, zonelist, lastPassOf(request), request.order) : undefined;
  const name = giver === undefined ? undefined : state.zones[giver]?.name;
  if (name === undefined) return undefined;
  return refuted('GATE-6', placeOf(request), answered(outcome), `${name} has a block, and lets it through`);
}

function refuteRequest(
  claims: Claims,
  state: MachineState26,
  request: Request26,
  rounds: readonly Reclaimed26[],
  outcome: Outcome26,
): Found {
  if (outcome.kind === 'done' || outcome.kind === 'rejected') {
    return refuted('USE-3', placeOf(request), answered(outcome), 'it can be granted or refused');
  }
  if (rounds.length > 0 && (request.order >= state.machine.orders || !mayReclaim26(request))) {
    const fact = 'it may not wait, or is exempt, or has no order of the machine';
    return refuted('GATE-10', placeOf(request), 'memory was reclaimed for it', fact);
  }
  const reclaimed = reclaims(state, rounds);
  if (outcome.kind !== 'granted') return refuteEnd(claims, reclaimed, request, outcome);
  return refuteGrant(claims, reclaimed.state, request, { head: outcome.head, order: request.order });
}

/**
 * Returns why an outcome is not permitted, if each reclaim that was made for the command freed what `rounds` says; undefined
 * if it is permitted. Any zone that lets the request through may give the block; `placeMachine26` says which one Linux takes.
 */
export function refuteMachine26(
  claims: Claims,
  state: MachineState26,
  command: Command26,
  rounds: readonly Reclaimed26[],
  outcome: Outcome26,
): Found {
  const misuse = misuseOf26(state, command);
  if (misuse !== undefined) return refuteMisuse(misuse, command, outcome);
  if (command.kind === 'allocate') return refuteRequest(claims, state, command, rounds, outcome);
  if (outcome.kind === 'done') return undefined;
  return refuted(command.kind === 'free' ? 'GIVE-1' : 'GATE-13', placeOf(command), answered(outcome), 'it was legal');
}

/** The state after a zone has granted a free block, whichever one it chose. */
function grantFrom(state: MachineState26, block: Block): MachineState26 {
  const place = zoneAt26(state, block.head);
  const zone = state.zones[place];
  return zone === undefined ? state : withPlaced(state, place, withGranted(zone.placed, block));
}

/** Returns the state after a permitted outcome. @clause MISUSE-7 @clause GATE-10 @clause GATE-13 */
export function afterMachine26(
  state: MachineState26,
  command: Command26,
  rounds: readonly Reclaimed26[],
  outcome: Outcome26,
): MachineState26 {
  if (outcome.kind === 'rejected') return state;
  switch (command.kind) {
    case 'allocate': {
      const { state: next } = reclaims(state, rounds);
      return outcome.kind === 'granted' ? grantFrom(next, { head: outcome.head, order: command.order }) : next;
    }
    case 'free':
      return withFreed(state, command);
    case 'set':
      return withSettings(state, command.settings);
  }
}
