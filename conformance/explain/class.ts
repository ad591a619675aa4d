/** Which number of a zone's reserves is against which class: the list has one for each zone that the kernel was built with. */
import type { ZonePrint } from './dump.ts';

const ALL = ['DMA', 'DMA32', 'Normal', 'HighMem', 'Movable', 'Device'];

/** Zones that a kernel may have without printing them, the likeliest first. */
const UNPRINTED = ['Movable', 'Normal', 'HighMem', 'DMA32', 'DMA', 'Device'];

/** Returns the names of the zones that `count` reserves stand for: those that were printed, and the likeliest others. */
export function classesOf(zones: readonly ZonePrint[], count: number): readonly string[] {
  const printed = new Set(zones.map(({ name }) => name).filter((name) => ALL.includes(name)));
  const unlikely = printed.has('DMA32') ? 'HighMem' : 'DMA32'; // no kernel has use for both
  const others = UNPRINTED.filter((name) => !printed.has(name));
  const likely = [...others.filter((name) => name !== unlikely), ...others.filter((name) => name === unlikely)];
  const names = [...printed, ...likely.slice(0, Math.max(0, count - printed.size))];
  return ALL.filter((name) => names.includes(name));
}

/** Returns the pages that a zone keeps from requests of a class; 0 if no reserves were printed. @clause GATE-4 */
export function reserveAgainst({ reserve = [] }: ZonePrint, className: string, zones: readonly ZonePrint[]): number {
  return reserve[classesOf(zones, reserve.length).indexOf(className)] ?? 0;
}
