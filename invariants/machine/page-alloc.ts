/** Invariants of one request for pages: zonelist, watermarks, and which zone asks to be balanced. */
import { firstOf, refuted } from '../invariant.ts';
import { sizeOf } from '../arithmetic.ts';
import { zoneName } from './zone.ts';
import { zoneOf } from './step.ts';
import type { Counterexample, Gfp, MachineObservation, PageCommand, ZoneObservation } from '../../protocol/index.ts';
import type { Invariant } from '../invariant.ts';
import type { MachineStep } from './step.ts';

type Found = Counterexample | undefined;
type Request = Extract<PageCommand, { readonly gfp: Gfp }>;

const requestOf = (command: PageCommand): Request | undefined =>
  command.kind === 'allocate-pages' || command.kind === 'allocate-on-node' ? command : undefined;

/** Reports whether the caller may wait: the fifth bit of the mask. */
const waits = ({ gfp }: Request): boolean => Math.floor(gfp / 16) % 2 === 1;

/** The zonelists for a request on all nodes; only on the node that it names, if it names one and the policy is node-local. */
function listsFor({ machine, zonelists }: MachineObservation, request: Request): readonly (readonly number[])[] {
  const bound = request.kind === 'allocate-on-node' && machine.policy === 'node-local';
  return zonelists.flatMap((lists, node) => (bound && node !== request.node ? [] : [lists[request.gfp % 16] ?? []]));
}

function refuteZone({ before, command, outcome }: MachineStep): Found {
  const request = requestOf(command);
  if (request === undefined || outcome.kind !== 'granted') return undefined;
  const zone = zoneOf(before, outcome.head);
  const place = `frame ${outcome.head}`;
  if (zone === undefined) return refuted('ZONE-4', place, 'it was granted', 'it lies in no zone');
  if (listsFor(before, request).some((list) => list.includes(before.zones.indexOf(zone)))) return undefined;
  return refuted('ZONE-4', place, `it was granted from ${zoneName(zone)}`, 'the request does not go to that zone');
}

/** @clause ZONE-4 */
export const grantsComeFromZonelists: Invariant<MachineStep> = {
  clause: 'ZONE-4',
  statement: 'A granted block lies in a zone of the zonelist of the request.',
  refute: refuteZone,
};

/** The pages that must remain for the sake of this zone's watermark and those of the zones before it in the list. */
function keptBack({ zones }: MachineObservation, list: readonly number[], zone: ZoneObservation, part: number): number {
  const down = list.slice(0, list.indexOf(zones.indexOf(zone)) + 1);
  return down.reduce((sum, place) => sum + Math.floor((zones[place]?.watermarks.min ?? 0) / part), 0);
}

function refuteMarks({ before, command, outcome, reclaimed }: MachineStep): Found {
  const request = requestOf(command);
  if (request === undefined || outcome.kind !== 'granted' || reclaimed || request.task !== 0) return undefined;
  const zone = zoneOf(before, outcome.head);
  const list = listsFor(before, request).find((one) => zone !== undefined && one.includes(before.zones.indexOf(zone)));
  if (zone === undefined || list === undefined) return undefined;
  const needed = sizeOf(request.order) + keptBack(before, list, zone, waits(request) ? 1 : 4);
  if (zone.buddy.freeCount > needed) return undefined;
  const fact = `it may not go down to ${needed} pages for this request`;
  return refuted('WATER-2', zoneName(zone), `it had ${zone.buddy.freeCount} free pages and gave a block`, fact);
}

/** Applies to requests without reclaim, of tasks that do not ignore the watermarks. @clause WATER-2 */
export const marksAreKept: Invariant<MachineStep> = {
  clause: 'WATER-2',
  statement:
    'A zone that gives a block had more free pages than the block plus the watermarks of the zones up to it, or a quarter of each.',
  refute: refuteMarks,
};

function refuteAsking(step: MachineStep, at: number): Found {
  const { after, before, command } = step;
  const [was, is] = [before.zones[at], after.zones[at]];
  if (was === undefined || is?.needBalance !== true || was.needBalance) return undefined;
  const request = requestOf(command);
  const place = zoneName(was);
  if (request === undefined) return refuted('PASS-2', place, 'it asks to be balanced', 'nothing was asked of it');
  const isClass = listsFor(before, request).some(([first]) => first === at);
  if (!isClass) return refuted('PASS-2', place, 'it asks to be balanced', 'it is not the class zone of the request');
  const { high, low } = was.watermarks;
  const list = listsFor(before, request).find(([first]) => first === at) ?? [];
  if (list.length > 1 || request.order > 0 || was.buddy.freeCount <= sizeOf(request.order) + low) return undefined;
  return refuted(
    'PASS-2',
    place,
    'it asks to be balanced',
    `it had ${was.buddy.freeCount} free pages, high is ${high}`,
  );
}

/** @clause PASS-2 */
export const onlyClassZonesAsk: Invariant<MachineStep> = {
  clause: 'PASS-2',
  statement:
    'Only the class zone of a request begins to ask to be balanced, and not if it is the only zone and can give a page above pages_low.',
  refute: (step) => firstOf([...step.before.zones.keys()], (at) => refuteAsking(step, at)),
};
