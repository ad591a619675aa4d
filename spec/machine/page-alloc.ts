import { NO_ROUND, directReclaim } from './reclaim.ts';
import { freePages as freeCount } from './zone.ts';
import { isExempt, mayWait } from './gfp.ts';
import { placement } from '../buddy/placement.ts';
import { sizeOf } from '../arithmetic.ts';
import { withZone } from './node.ts';
import type { Gfp, Order, PageOutcome, Pfn, Round, TaskFlags } from '../../protocol/index.ts';
import type { MachineState } from './node.ts';
import type { ZoneState } from './zone.ts';

/** What is asked, by whom. */
export interface Request {
  readonly gfp: Gfp;
  readonly order: Order;
  readonly task: TaskFlags;
}

/** The lines of the table below, by what they are there for. */
export type Line =
  | 'low'
  | 'wake'
  | 'min'
  | 'emergency'
  | 'nothing left'
  | 'cannot wait'
  | 'reclaim'
  | 'again'
  | 'too large'
  | 'no progress';

type Deed =
  /** The first zone whose free pages exceed the block and all marks so far gives the block; `none`: the first that can. */
  | { readonly kind: 'take'; readonly mark: 'low' | 'min' | 'none' }
  | { readonly kind: 'wake' }
  | { readonly kind: 'reclaim' }
  | { readonly kind: 'end'; readonly as: 'exhausted' | 'stalled' };

/** A line: it concerns the requests that `who` is true of, who then do `deed`; who got no block goes on to the next line. */
interface Row {
  readonly line: Line;
  readonly who: (request: Request, progress: boolean) => boolean;
  readonly deed: Deed;
}

const everyone = (): boolean => true;
const exempt = ({ task }: Request): boolean => isExempt(task);
const cannotWait = ({ gfp }: Request): boolean => !mayWait(gfp);
const large = ({ order }: Request): boolean => order > 3;
const helpless = (_: Request, progress: boolean): boolean => !progress;

/**
 * How Linux 2.4 fills a request, line by line.
 * @clause PASS-1 @clause PASS-2 @clause PASS-3 @clause PASS-4 @clause PASS-5 @clause PASS-6 @clause WATER-4
 */
const FIRST: readonly Row[] = [
  { line: 'low', who: everyone, deed: { kind: 'take', mark: 'low' } },
  { line: 'wake', who: everyone, deed: { kind: 'wake' } },
  { line: 'min', who: everyone, deed: { kind: 'take', mark: 'min' } },
];

/** What follows, and is gone through again for as long as reclaim makes progress. */
const REBALANCE: readonly Row[] = [
  { line: 'emergency', who: exempt, deed: { kind: 'take', mark: 'none' } },
  { line: 'nothing left', who: exempt, deed: { kind: 'end', as: 'exhausted' } },
  { line: 'cannot wait', who: cannotWait, deed: { kind: 'end', as: 'exhausted' } },
  { line: 'reclaim', who: everyone, deed: { kind: 'reclaim' } },
  { line: 'again', who: everyone, deed: { kind: 'take', mark: 'min' } },
  { line: 'too large', who: large, deed: { kind: 'end', as: 'exhausted' } },
  { line: 'no progress', who: helpless, deed: { kind: 'end', as: 'stalled' } },
];

/** What happened on a line: the place of the zone that gave a block, and whether the request ended there. */
export interface Event {
  readonly line: Line;
  readonly zone: number | undefined;
}

/** A request on its way. */
export interface Going {
  readonly state: MachineState;
  readonly woken: boolean;
  /** Rounds of reclaim so far; whether the last one freed anything. */
  readonly used: number;
  readonly progress: boolean;
  readonly trail: readonly Event[];
  /** Undefined while it goes on. */
  readonly outcome: PageOutcome | undefined;
}

/** What of a mark counts for a request: who cannot wait is held to a quarter of pages_min. @clause WATER-3 */
const counted = ({ watermarks }: ZoneState, mark: 'low' | 'min', gfp: Gfp): number =>
  mark === 'min' && !mayWait(gfp) ? watermarks.min >> 2 : watermarks[mark];

/**
 * The places in a zonelist whose zones may give a block: their free pages exceed its pages and, together, the marks of all
 * zones up to them. @clause WATER-2
 */
export function placesAbove(
  { zones }: MachineState,
  zonelist: readonly number[],
  { gfp, order }: Request,
  mark: 'low' | 'min' | 'none',
): readonly number[] {
  if (mark === 'none') return zonelist;
  return zonelist.filter((at, n) => {
    const needed = zonelist.slice(0, n + 1).reduce((sum, place) => {
      const zone = zones[place];
      return zone === undefined ? sum : sum + counted(zone, mark, gfp);
    }, sizeOf(order));
    const zone = zones[at];
    return zone !== undefined && freeCount(zone) > needed;
  });
}

/** The block that a zone gives, and the state after it; undefined where it has none. @clause PLACE-1 @clause PAGE-1 */
function takeFrom(state: MachineState, at: number, order: Order): { head: Pfn; next: MachineState } | undefined {
  const zone = state.zones[at];
  if (zone === undefined) return undefined;
  const { outcome, next } = placement(zone.placed, { kind: 'allocate', order });
  if (outcome.kind !== 'granted') return undefined;
  return { head: outcome.head, next: withZone(state, at, { ...zone, placed: next }) };
}

const at = (going: Going, line: Line, zone?: number): Going => ({ ...going, trail: [...going.trail, { line, zone }] });

function take(
  going: Going,
  zonelist: readonly number[],
  request: Request,
  row: Row,
  mark: 'low' | 'min' | 'none',
): Going {
  for (const place of placesAbove(going.state, zonelist, request, mark)) {
    const taken = takeFrom(going.state, place, request.order);
    if (taken === undefined) continue;
    return { ...at(going, row.line, place), state: taken.next, outcome: { kind: 'granted', head: taken.head } };
  }
  return at(going, row.line);
}

/** @clause PASS-2 */
function wake(going: Going, classPlace: number): Going {
  const zone = going.state.zones[classPlace];
  if (zone === undefined) return going;
  return {
    ...at(going, 'wake', classPlace),
    state: withZone(going.state, classPlace, { ...zone, needBalance: true }),
    woken: true,
  };
}

function reclaim(going: Going, classPlace: number, order: Order, rounds: readonly Round[]): Going {
  const { next, granted, progress } = directReclaim(going.state, rounds[going.used] ?? NO_ROUND, order, classPlace);
  const place = granted === undefined ? undefined : classPlace;
  const then = { ...at(going, 'reclaim', place), state: next, used: going.used + 1, progress };
  return granted === undefined ? then : { ...then, outcome: { kind: 'granted', head: granted.head } };
}

function carryOut(
  going: Going,
  zonelist: readonly number[],
  request: Request,
  row: Row,
  rounds: readonly Round[],
): Going {
  const [classPlace = -1] = zonelist;
  switch (row.deed.kind) {
    case 'take':
      return take(going, zonelist, request, row, row.deed.mark);
    case 'wake':
      return wake(going, classPlace);
    case 'reclaim':
      return reclaim(going, classPlace, request.order, rounds);
    case 'end':
      return { ...at(going, row.line), outcome: { kind: row.deed.as } };
  }
}

/**
 * Fills a request from the zones of a list, `rounds` being what reclaim frees if it comes to that. A round that is not there
 * frees nothing, so that the loop ends. @clause PASS-6
 */
export function fill(from: Going, zonelist: readonly number[], request: Request, rounds: readonly Round[]): Going {
  if (zonelist.length === 0) return { ...from, outcome: { kind: 'exhausted' } };
  const turns = Array.from({ length: Math.max(0, rounds.length - from.used) + 1 }, () => REBALANCE);
  return [...FIRST, ...turns.flat()].reduce(
    (going, row) =>
      going.outcome === undefined && row.who(request, going.progress)
        ? carryOut(going, zonelist, request, row, rounds)
        : going,
    from,
  );
}
