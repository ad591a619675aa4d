/** Carries out the table of page-alloc.ts on one node. */
import { FIRST, REBALANCE } from '../page-alloc.ts';
import { NO_ROUND, directReclaim } from '../reclaim.ts';
import { placement } from '../../buddy/placement.ts';
import { placesAbove } from '../watermark.ts';
import { withBalance, withZone } from '../state.ts';
import type { Line, Row } from '../page-alloc.ts';
import type { MachineState } from '../state.ts';
import type { Mark } from '../watermark.ts';
import type { Order, PageOutcome, Pfn, Round } from '../../../protocol/index.ts';
import type { Request } from '../request.ts';
import type { Zonelist } from '../zonelist.ts';

/** A row that a request went through. `zone` is the place of the zone that gave the block there or was asked to be balanced. */
export interface Event {
  readonly line: Line;
  readonly zone: number | undefined;
}

/** How far a request has come. */
export interface Progress {
  readonly state: MachineState;
  /** Whether it woke kswapd. */
  readonly woken: boolean;
  /** How many rounds of reclaim it has made. */
  readonly used: number;
  /** Whether the last of them freed anything. */
  readonly progress: boolean;
  readonly trail: readonly Event[];
  /** Undefined while it goes on. */
  readonly outcome: PageOutcome | undefined;
}

/** The block that a zone gives, and the state after it; undefined if the zone has none. @clause PLACE-1 @clause PAGE-1 */
export function takeFrom(
  state: MachineState,
  place: number,
  order: Order,
): { head: Pfn; next: MachineState } | undefined {
  const zone = state.zones[place];
  if (zone === undefined) return undefined;
  const { outcome, next } = placement(zone.placed, { kind: 'allocate', order });
  if (outcome.kind !== 'granted') return undefined;
  return { head: outcome.head, next: withZone(state, place, { ...zone, placed: next }) };
}

const passed = (so: Progress, line: Line, zone?: number): Progress => ({ ...so, trail: [...so.trail, { line, zone }] });

function take(so: Progress, zonelist: Zonelist, request: Request, line: Line, mark: Mark): Progress {
  for (const place of placesAbove(so.state, zonelist, request, mark)) {
    const taken = takeFrom(so.state, place, request.order);
    if (taken === undefined) continue;
    return { ...passed(so, line, place), state: taken.next, outcome: { kind: 'granted', head: taken.head } };
  }
  return passed(so, line);
}

/** @clause PASS-2 */
const wake = (so: Progress, [classPlace]: Zonelist, line: Line): Progress => ({
  ...passed(so, line, classPlace),
  state: withBalance(so.state, classPlace, true),
  woken: true,
});

/** @clause RECLAIM-1 */
function reclaim(so: Progress, zonelist: Zonelist, order: Order, line: Line, round: Round): Progress {
  const [classPlace] = zonelist;
  const { next, granted, progress } = directReclaim(so.state, round, order, zonelist);
  const after = { state: next, used: so.used + 1, progress };
  if (granted === undefined) return { ...passed(so, line), ...after };
  return { ...passed(so, line, classPlace), ...after, outcome: { kind: 'granted', head: granted.head } };
}

function perform(so: Progress, zonelist: Zonelist, request: Request, row: Row, rounds: readonly Round[]): Progress {
  const { action, line } = row;
  switch (action.kind) {
    case 'take':
      return take(so, zonelist, request, line, action.mark);
    case 'wake':
      return wake(so, zonelist, line);
    case 'reclaim':
      return reclaim(so, zonelist, request.order, line, rounds[so.used] ?? NO_ROUND);
    case 'end':
      return { ...passed(so, line), outcome: { kind: action.as } };
  }
}

/**
 * Fills a request from the zones of a list; an empty list refuses it. `rounds` says what each reclaim frees; a reclaim
 * after the last of them frees nothing, so that the request ends. @clause PASS-6
 */
export function fill(from: Progress, zonelist: Zonelist, request: Request, rounds: readonly Round[]): Progress {
  if (zonelist.length === 0) return { ...from, outcome: { kind: 'exhausted' } };
  const turns = Array.from({ length: Math.max(0, rounds.length - from.used) + 1 }, () => REBALANCE);
  return [...FIRST, ...turns.flat()].reduce(
    (so, row) =>
      so.outcome === undefined && row.who(request, so.progress) ? perform(so, zonelist, request, row, rounds) : so,
    from,
  );
}
