/** Invariants of a machine of 2.6.24 at one moment: its marks and reserves follow from its settings. */
import { existing } from '../arithmetic.ts';
import { firstOf, refuted } from '../invariant.ts';
import type { Counterexample, Observation26, ZoneName26, ZoneObservation26 } from '../../protocol/index.ts';
import type { Invariant } from '../invariant.ts';

type Found = Counterexample | undefined;

/** The zones, from the lowest. */
export const CLASSES: readonly ZoneName26[] = ['DMA', 'DMA32', 'Normal', 'HighMem'];

const KB = 1024;
const PAGE = 4096;

const present = ({ buddy }: ZoneObservation26): number => existing(buddy.arena);

/** Reports whether a whole number is a quotient rounded down; asked by multiplication, unlike in spec and src, on purpose. */
const isQuotient = (n: number, dividend: number, divisor: number): boolean =>
  n * divisor <= dividend && dividend < (n + 1) * divisor;

/** The lowest mark of HighMem: the middle one of its two bounds and a 1024th of its pages. */
const highmemMark = (pages: number): number =>
  [32, Math.floor(pages / 1024), 128].toSorted((one, other) => one - other)[1] ?? 0;

function refuteMarks({ machine, settings, zones }: Observation26, zone: ZoneObservation26): Found {
  const { high, low, min } = zone.watermarks;
  const lowPages = zones.reduce((sum, one) => sum + (one.name === 'HighMem' ? 0 : present(one)), 0);
  const kept = Math.floor((settings.minFreeKbytes * KB) / (machine.pageSize ?? PAGE));
  const share = lowPages === 0 ? 0 : Math.floor((kept * present(zone)) / lowPages);
  const lowest = zone.name === 'HighMem' ? highmemMark(present(zone)) : share;
  if (min === lowest && isQuotient(low - min, share, 4) && isQuotient(high - min, share, 2)) return undefined;
  const marks = `its marks are ${min}, ${low} and ${high}`;
  return refuted('GATE-5', zone.name, marks, `its share of the ${kept} pages to be kept free is ${share}`);
}

/** @clause GATE-5 */
export const marksFollowFromKbytes: Invariant<Observation26> = {
  clause: 'GATE-5',
  statement: "A zone's marks are its share of what is to be kept free, and a quarter and half of that above the first.",
  refute: (seen) => firstOf(seen.zones, (zone) => refuteMarks(seen, zone)),
};

function refuteReserves({ settings, zones }: Observation26, zone: ZoneObservation26): Found {
  const own = CLASSES.indexOf(zone.name);
  let above = 0;
  for (const [of, name] of CLASSES.entries()) {
    const kept = zone.reserves[of];
    const there = zones.find((one) => one.name === name);
    if (of > own && there !== undefined) above += present(there);
    const ratio = zone.name === 'HighMem' ? 1 : settings.ratios[zone.name];
    if (kept !== undefined && isQuotient(kept, above, ratio)) continue;
    const fact = `${above} pages lie above it, and its ratio is ${ratio}`;
    return refuted('GATE-4', zone.name, `it keeps ${kept ?? 'nothing'} pages from class ${name}`, fact);
  }
  return undefined;
}

/** @clause GATE-4 */
export const reservesFollowFromSizes: Invariant<Observation26> = {
  clause: 'GATE-4',
  statement: 'A zone keeps from each class the pages above it, up to that class, divided by its ratio.',
  refute: (seen) => firstOf(seen.zones, (zone) => refuteReserves(seen, zone)),
};
