/** Invariants of one step of a machine of 2.6.24: which zone gives a block, what it has then, and what settings leave alone. */
import { CLASSES } from './settings.ts';
import { changeBetween, differ } from '../buddy/change.ts';
import { firstOf, refuted } from '../invariant.ts';
import { holds } from '../arithmetic.ts';
import type {
  Command26,
  Counterexample,
  Gfp,
  Observation26,
  Outcome26,
  ZoneName26,
  ZoneObservation26,
} from '../../protocol/index.ts';
import type { Invariant } from '../invariant.ts';

/** A machine right before and right after one command, the answer, and whether any memory was reclaimed for it. */
export interface MachineStep26 {
  readonly before: Observation26;
  readonly after: Observation26;
  readonly command: Command26;
  readonly outcome: Outcome26;
  readonly reclaimed: boolean;
}

type Found = Counterexample | undefined;
type Request = Extract<Command26, { readonly gfp: Gfp }>;

/** A granted request, and the zone that gave the block, as it was before. */
interface Grant {
  readonly request: Request;
  readonly zone: ZoneObservation26 | undefined;
  readonly place: string;
}

function grantOf({ before, command, outcome }: MachineStep26): Grant | undefined {
  if (command.kind !== 'allocate' || outcome.kind !== 'granted') return undefined;
  const { head } = outcome;
  const zone = before.zones.find(({ buddy: { arena } }) => holds(arena, head));
  return { request: command, zone, place: `frame ${head}` };
}

const bit = (mask: number, n: number): boolean => Math.floor(mask / 2 ** n) % 2 === 1;

/** Returns the highest zone that a mask permits: bit 0 means DMA, bit 2 DMA32, bit 1 HighMem, in this order. */
function highest(mask: number): ZoneName26 {
  if (bit(mask, 0)) return 'DMA';
  if (bit(mask, 2)) return 'DMA32';
  return bit(mask, 1) ? 'HighMem' : 'Normal';
}

const rank = ({ name }: ZoneObservation26): number => CLASSES.indexOf(name);

/** @clause GATE-7 */
export const grantsComeFromPermittedZones: Invariant<MachineStep26> = {
  clause: 'GATE-7',
  statement: 'A granted block lies in a zone that the mask permits.',
  refute: (step) => {
    const grant = grantOf(step);
    if (grant === undefined) return undefined;
    const { place, request, zone } = grant;
    if (zone === undefined) return refuted('GATE-7', place, 'it was granted', 'it lies in no zone');
    if (rank(zone) <= CLASSES.indexOf(highest(request.gfp))) return undefined;
    return refuted('GATE-7', place, `it was granted from ${zone.name}`, `its mask ends with ${highest(request.gfp)}`);
  },
};

/** The pages of a zone's free blocks above an order, as the marks on their first pages tell. */
function pagesAbove({ buddy: { pageFlags } }: ZoneObservation26, order: number): number {
  let pages = 0;
  for (let page = 0; page < pageFlags.flag.length; page++) {
    const of = pageFlags.order[page] ?? 0;
    if (pageFlags.flag[page] === 1 && of > order) pages += 2 ** of;
  }
  return pages;
}

/** The lowest mark that a request is held to: three eighths, a half, three quarters or all of pages_min. */
function markFor({ gfp, task }: Request, min: number): number {
  const left = bit(gfp, 5) ? Math.ceil(min / 2) : min;
  return !bit(gfp, 4) || task.realtime ? Math.ceil((3 * left) / 4) : left;
}

function refuteGate(step: MachineStep26): Found {
  const grant = grantOf(step);
  if (grant?.zone === undefined || step.reclaimed || grant.request.task.exempt) return undefined;
  const { request, zone } = grant;
  const list = step.before.zones.map(rank).filter((one) => one <= CLASSES.indexOf(highest(request.gfp)));
  const reserve = zone.reserves[Math.max(...list)] ?? 0;
  const min = markFor(request, zone.watermarks.min);
  const left = zone.buddy.freeCount - 2 ** request.order;
  const gave = `it had ${zone.buddy.freeCount} free pages and gave a block of order ${request.order}`;
  if (left < min + reserve) return refuted('GATE-2', zone.name, gave, `${min + reserve} pages must be left`);
  for (let at = 0; at < request.order; at++) {
    const above = pagesAbove(zone, at) - 2 ** request.order;
    const need = Math.floor(min / 2 ** (at + 1));
    if (above >= need) continue;
    return refuted('GATE-3', zone.name, gave, `${need} pages must be left in blocks above order ${at}`);
  }
  return undefined;
}

/** Applies to requests without reclaim, of tasks that no mark is waived for. @clause GATE-2 @clause GATE-3 */
export const marksAreKept26: Invariant<MachineStep26> = {
  clause: 'GATE-2',
  statement:
    'A zone that gave a block had the mark and the reserve left, and at each lower order its share of the mark in larger blocks.',
  refute: refuteGate,
};

function refuteSettings({ after, before, command, outcome }: MachineStep26): Found {
  const sets = command.kind === 'set' && outcome.kind === 'done';
  return firstOf([...before.zones.keys()], (at) => {
    const [was, is] = [before.zones[at], after.zones[at]];
    if (was === undefined || is === undefined) return undefined;
    const moved = command.kind === 'set' ? changeBetween(was.buddy, is.buddy) : undefined;
    if (moved !== undefined) return refuted('GATE-13', was.name, moved, 'only settings were changed');
    const kept = was.watermarks.min === is.watermarks.min && !differ(was.reserves, is.reserves);
    return sets || kept
      ? undefined
      : refuted('GATE-13', was.name, 'its marks or reserves have changed', 'no settings were changed');
  });
}

/** @clause GATE-13 */
export const settingsMoveNoPage: Invariant<MachineStep26> = {
  clause: 'GATE-13',
  statement: 'Settings change marks and reserves and move no page, and nothing else changes marks or reserves.',
  refute: refuteSettings,
};
