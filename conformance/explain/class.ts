/** Which number of a zone's reserves is against which class: the list has one for each zone that the kernel was built with. */
import type { ZonePrint } from './dump.ts';

const ALL = ['DMA', 'DMA32', 'Normal', 'HighMem', 'Movable', 'Device'];

/** Zones that a kernel may have without printing them, the likeliest first. */
const UNPRINTED = ['Movable', 'Normal', 'HighMem', 'DMA32', 'DMA', 'Device'];

/** Returns every choice of so many of some names; choices of the names that come first are first. */
function choicesOf(names: readonly string[], count: number): readonly (readonly string[])[] {
  if (count <= 0) return [[]];
  return names.flatMap((name, at) => choicesOf(names.slice(at + 1), count - 1).map((rest) => [name, ...rest]));
}

/** Reports whether reserves can be against these classes: a zone keeps nothing from its own and lower ones, and more from each printed zone above. */
const canBe = (classes: readonly string[], zones: readonly ZonePrint[]): boolean =>
  zones.every(({ name, node, reserve = [] }) => {
    const own = classes.indexOf(name);
    const rest = zones.filter((other) => other.node === node && (other.present ?? 0) >= LARGEST_RATIO);
    const rises = rest.every((other) => {
      const at = classes.indexOf(other.name);
      return at <= own || (reserve[at] ?? 0) > (reserve[at - 1] ?? 0);
    });
    return reserve.slice(0, own + 1).every((pages) => pages === 0) && rises;
  });

/** A zone of so many pages makes a difference to the reserves below it, unless somebody set them otherwise. */
const LARGEST_RATIO = 256;

/**
 * Returns the names of the zones that `count` reserves stand for: those that were printed, and the likeliest others that the
 * reserves of these zones can be against.
 */
export function classesOf(zones: readonly ZonePrint[], count: number): readonly string[] {
  const printed = new Set(zones.map(({ name }) => name).filter((name) => ALL.includes(name)));
  const unlikely = printed.has('DMA32') ? 'HighMem' : 'DMA32'; // no kernel has use for both
  const others = UNPRINTED.filter((name) => !printed.has(name));
  const likely = [...others.filter((name) => name !== unlikely), ...others.filter((name) => name === unlikely)];
  const choices = choicesOf(likely, Math.min(likely.length, count - printed.size)).map((more) =>
    ALL.filter((name) => printed.has(name) || more.includes(name)),
  );
  const [likeliest = ALL] = choices;
  return choices.find((classes) => canBe(classes, zones)) ?? likeliest;
}

/** Returns the pages that a zone keeps from requests of a class; 0 if no reserves were printed. @clause GATE-4 */
export function reserveAgainst({ reserve = [] }: ZonePrint, className: string, zones: readonly ZonePrint[]): number {
  return reserve[classesOf(zones, reserve.length).indexOf(className)] ?? 0;
}
