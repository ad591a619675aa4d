/** Invariants of zones: they are apart, and their watermarks follow from their size. */
import { existing } from '../arithmetic.ts';
import { firstOf, refuted } from '../invariant.ts';
import type { Invariant } from '../invariant.ts';
import type {
  Counterexample,
  Machine,
  MachineObservation,
  ZoneId,
  ZoneName,
  ZoneObservation,
} from '../../protocol/index.ts';

type Found = Counterexample | undefined;

/** Returns the name of a zone, as counterexamples print it. */
export const zoneName = ({ name, node }: ZoneId): string => `node ${node} ${name}`;

function refuteOverlap({ zones }: MachineObservation): Found {
  const sorted = zones.toSorted((one, other) => one.buddy.arena.base - other.buddy.arena.base);
  for (const [n, zone] of sorted.entries()) {
    const next = sorted[n + 1];
    const { base, pages } = zone.buddy.arena;
    if (next === undefined || base + pages <= next.buddy.arena.base) continue;
    const frame = next.buddy.arena.base;
    return refuted('ZONE-2', `frame ${frame}`, `it lies in ${zoneName(zone)}`, `it lies in ${zoneName(next)}`);
  }
  return undefined;
}

/** @clause ZONE-2 */
export const zonesAreApart: Invariant<MachineObservation> = {
  clause: 'ZONE-2',
  statement: 'No frame lies in two zones.',
  refute: refuteOverlap,
};

/** Returns the pages_min that a zone must have, from the number of its existing pages. Written unlike spec and src on purpose. */
function lowestMark({ balance }: Machine, name: ZoneName, present: number): number {
  const { ratio, least, most } = balance[name];
  const share = (present - (present % ratio)) / ratio;
  if (share <= least) return least;
  return share >= most ? most : share;
}

function refuteMarks(machine: Machine, zone: ZoneObservation): Found {
  const { arena } = zone.buddy;
  const { min, low, high } = zone.watermarks;
  const present = existing(arena);
  const lowest = lowestMark(machine, zone.name, present);
  if (min === lowest && low === 2 * lowest && high === 3 * lowest) return undefined;
  const marks = `its marks are ${min}, ${low} and ${high}`;
  return refuted('WATER-1', zoneName(zone), marks, `it has ${present} pages: the lowest mark must be ${lowest}`);
}

/** @clause WATER-1 */
export const marksFollowFromSize: Invariant<MachineObservation> = {
  clause: 'WATER-1',
  statement: "A zone's watermarks are one, two and three times its share of its existing pages, within its bounds.",
  refute: ({ machine, zones }) => firstOf(zones, (zone) => refuteMarks(machine, zone)),
};
