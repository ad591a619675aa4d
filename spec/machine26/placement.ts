/** What Linux 2.6.24 answers to a command, of all that is permitted: the table of page-alloc.ts carried out. */
import { FIRST26, REBALANCE26 } from './page-alloc.ts';
import { freeMisuse26, misuseOf26, rejected26 } from './misuse.ts';
import { placement } from '../buddy/placement.ts';
import { placesThrough } from './gates.ts';
import { withPlaced, withSettings, zoneAt26, zonelistOf26 } from './state.ts';
import type { Block, Command26, Outcome26, Reclaimed26 } from '../../protocol/index.ts';
import type { MachineState26, Zonelist26 } from './state.ts';
import type { Pass } from './pass.ts';
import type { Request26, Row26 } from './page-alloc.ts';

/** What 2.6.24 answers to a command, what else it does, and the state after it. */
export interface Placement26 {
  readonly outcome: Outcome26;
  /** Whether it wakes kswapd. */
  readonly woken: boolean;
  /** The number of reclaims that it makes. */
  readonly used: number;
  /** The rows of the table that a request goes through. */
  readonly trail: readonly Row26[];
  readonly next: MachineState26;
}

/** Returns the state after a block was freed; as it is if that is misuse. @clause GIVE-2 @clause MISUSE-7 */
export function withFreed(state: MachineState26, block: Block): MachineState26 {
  const place = zoneAt26(state, block.head);
  const zone = state.zones[place];
  if (zone === undefined || freeMisuse26(state, block) !== undefined) return state;
  return withPlaced(state, place, placement(zone.placed, { kind: 'free', ...block }).next);
}

/** What reclaim led to. */
export interface Reclaims {
  readonly state: MachineState26;
  /** Whether the last of them freed anything. */
  readonly progress: boolean;
}

/** Returns what one more reclaim leads to. @clause GATE-10 */
export function afterReclaim({ state }: Reclaims, freed: Reclaimed26): Reclaims {
  const next = freed.reduce(withFreed, state);
  return { state: next, progress: next !== state };
}

/** How far a request has come. */
interface Progress26 extends Reclaims {
  readonly woken: boolean;
  readonly used: number;
  readonly trail: readonly Row26[];
  /** Undefined while it goes on. */
  readonly outcome: Outcome26 | undefined;
}

/** Takes a block from the first zone of a list that passes the test and has one. @clause GATE-2 @clause GATE-6 @clause PLACE-1 */
function take(so: Progress26, zonelist: Zonelist26, { order }: Request26, pass: Pass): Progress26 {
  for (const place of placesThrough(so.state, zonelist, pass, order)) {
    const zone = so.state.zones[place];
    if (zone === undefined) continue;
    const { next, outcome } = placement(zone.placed, { kind: 'allocate', order });
    if (outcome.kind !== 'granted') continue;
    return { ...so, state: withPlaced(so.state, place, next), outcome: { kind: 'granted', head: outcome.head } };
  }
  return so;
}

function perform(
  so: Progress26,
  zonelist: Zonelist26,
  request: Request26,
  row: Row26,
  rounds: readonly Reclaimed26[],
): Progress26 {
  const { action } = row;
  const passed: Progress26 = { ...so, trail: [...so.trail, row] };
  switch (action.kind) {
    case 'take':
      return take(passed, zonelist, request, action.pass(request));
    case 'wake':
      return { ...passed, woken: true };
    case 'reclaim':
      return { ...passed, ...afterReclaim(so, rounds[so.used] ?? []), used: so.used + 1 };
    case 'end':
      return { ...passed, outcome: { kind: action.as } };
  }
}

const answer = (next: MachineState26, outcome: Outcome26): Placement26 => ({
  ...{ outcome, next },
  woken: false,
  used: 0,
  trail: [],
});

/** Fills a request. A reclaim after the last of `rounds` frees nothing, so that the request ends. @clause GATE-12 @clause TAKE-5 */
function fill(state: MachineState26, request: Request26, rounds: readonly Reclaimed26[]): Placement26 {
  const zonelist = zonelistOf26(state, request.gfp);
  if (request.order >= state.machine.orders || zonelist.length === 0) return answer(state, { kind: 'exhausted' });
  const begun: Progress26 = { state, woken: false, used: 0, progress: false, trail: [], outcome: undefined };
  const turns = Array.from({ length: rounds.length + 1 }, () => REBALANCE26);
  const {
    outcome,
    state: next,
    trail,
    used,
    woken,
  } = [...FIRST26, ...turns.flat()].reduce(
    (so, row) =>
      so.outcome === undefined && row.who(request, so.progress) ? perform(so, zonelist, request, row, rounds) : so,
    begun,
  );
  return { outcome: outcome ?? { kind: 'exhausted' }, woken, used, trail, next };
}

/** Returns what Linux 2.6.24 does; `rounds` says what each reclaim frees that it makes. */
export function placeMachine26(state: MachineState26, command: Command26, rounds: readonly Reclaimed26[]): Placement26 {
  const misuse = misuseOf26(state, command);
  if (misuse !== undefined) return answer(state, rejected26(misuse));
  switch (command.kind) {
    case 'allocate':
      return fill(state, command, rounds);
    case 'free':
      return answer(withFreed(state, command), { kind: 'done' });
    case 'set':
      return answer(withSettings(state, command.settings), { kind: 'done' });
  }
}
