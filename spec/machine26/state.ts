/** The state of a machine of 2.6.24: its settings, and its zones with their marks, reserves and buddy systems. */
import { existing, isInside } from '../buddy/state.ts';
import { startPlaced } from '../buddy/placement.ts';
import { highestZone } from './gfp.ts';
import { isWhole } from '../arithmetic.ts';
import { marksOf, reservesOf } from './reserve.ts';
import type {
  Arena,
  Gfp,
  Machine26,
  Pfn,
  Settings26,
  Watermarks,
  ZoneName26,
  ZoneSpan26,
} from '../../protocol/index.ts';
import type { Placed } from '../buddy/placement.ts';
import type { ZoneSize } from './reserve.ts';

/** The zones that a machine can have, from the lowest frames upwards. A class is an index here. */
export const ZONE_NAMES26: readonly ZoneName26[] = ['DMA', 'DMA32', 'Normal', 'HighMem'];

/** What follows from the settings: a zone's marks, and what it keeps from each class. */
export interface Tuned {
  readonly watermarks: Watermarks;
  readonly reserves: readonly number[];
}

/** A zone. */
export interface ZoneState26 extends Tuned {
  readonly name: ZoneName26;
  readonly placed: Placed;
}

/** The memory of a machine. A zone's place is its index in `zones`. */
export interface MachineState26 {
  readonly machine: Machine26;
  readonly settings: Settings26;
  readonly zones: readonly ZoneState26[];
}

/** Zonelist: places, in the order in which a request tries them. The first is its class. */
export type Zonelist26 = readonly number[];

const PAGE = 4096;
const KB = 1024;
const LARGEST_KBYTES = 2 ** 27;

/** Returns the pages of so many kilobytes. */
const pagesOf = ({ pageSize = PAGE }: Machine26, kbytes: number): number => Math.floor((kbytes * KB) / pageSize);

/** Returns the sizes of all four zones; one that the machine lacks has no pages. */
const sizesOf = ({ zones }: Machine26): readonly ZoneSize[] =>
  ZONE_NAMES26.map((name) => {
    const span = zones.find((one) => one.name === name);
    return { present: span === undefined ? 0 : existing(span), highmem: name === 'HighMem' };
  });

/** Returns the ratio of a zone; nothing lies above HighMem. */
const ratioOf = ({ ratios }: Settings26, name: ZoneName26): number => (name === 'HighMem' ? 1 : ratios[name]);

/** Returns the marks and reserves of a zone. @clause GATE-4 @clause GATE-5 @clause GATE-13 */
function tunedOf(machine: Machine26, settings: Settings26, name: ZoneName26): Tuned {
  const sizes = sizesOf(machine);
  const place = ZONE_NAMES26.indexOf(name);
  const size = sizes[place] ?? { present: 0, highmem: false };
  const low = sizes.reduce((sum, { highmem, present }) => sum + (highmem ? 0 : present), 0);
  return {
    watermarks: marksOf(size, low, pagesOf(machine, settings.minFreeKbytes)),
    reserves: reservesOf(sizes, place, ratioOf(settings, name)),
  };
}

/** Returns the frames of a zone as an arena. */
const arenaOf = ({ orders }: Machine26, { base, holes, pages }: ZoneSpan26): Arena => ({
  ...{ base, holes, pages, orders },
  alignment: 'absolute',
});

/** Returns a machine in which every frame but the holes was handed over, ascending in each zone. @clause PLACE-5 */
export const startMachine26 = (machine: Machine26): MachineState26 => ({
  machine,
  settings: machine.settings,
  zones: machine.zones.map((span) => ({
    name: span.name,
    ...tunedOf(machine, machine.settings, span.name),
    placed: startPlaced('2.6', arenaOf(machine, span)),
  })),
});

/** Reports whether settings can be set: kilobytes are whole and at most 2^27, ratios whole and at least 1. @clause GATE-13 */
export const areSettings = ({ minFreeKbytes, ratios }: Settings26): boolean =>
  isWhole(minFreeKbytes) &&
  minFreeKbytes <= LARGEST_KBYTES &&
  [ratios.DMA, ratios.DMA32, ratios.Normal].every((ratio) => isWhole(ratio) && ratio >= 1);

/** Returns the state after the settings were changed: marks and reserves follow, and no page moves. @clause GATE-13 */
export const withSettings = ({ machine, zones }: MachineState26, settings: Settings26): MachineState26 => ({
  machine,
  settings,
  zones: zones.map((zone) => ({ ...zone, ...tunedOf(machine, settings, zone.name) })),
});

/** Returns the state with the buddy system of one zone replaced. */
export const withPlaced = (state: MachineState26, place: number, placed: Placed): MachineState26 => ({
  ...state,
  zones: state.zones.map((zone, at) => (at === place ? { ...zone, placed } : zone)),
});

/** Returns the place of the zone that a frame lies in; -1 if it lies in none. */
export const zoneAt26 = ({ zones }: MachineState26, frame: Pfn): number =>
  zones.findIndex(({ placed: { state } }) => isInside(state.arena, frame));

/** Returns the zones that a mask permits, from its class down; zones without pages are in no list. @clause GATE-7 */
export function zonelistOf26({ zones }: MachineState26, gfp: Gfp): Zonelist26 {
  const highest = ZONE_NAMES26.indexOf(highestZone(gfp));
  return [...zones.keys()].reverse().filter((place) => ZONE_NAMES26.indexOf(zones[place]?.name ?? 'DMA') <= highest);
}
