/** Laws that hold of every printed zone, whatever was asked of it. */
import { DEFAULT_RATIO, reservesOf } from '../../spec/machine26/reserve.ts';
import { classesOf } from './class.ts';
import { labelOf, listedPages } from './dump.ts';
import { watermarksOf } from '../../spec/machine/zone.ts';
import type { Clause, Watermarks } from '../../protocol/index.ts';
import type { Dump, ZonePrint } from './dump.ts';

/** A law, and whether the printed numbers keep it; `apart` is what a dump that is not atomic may differ by. */
export interface Law {
  readonly clause: Clause;
  readonly zone: string;
  readonly says: string;
  readonly kept: 'holds' | 'apart' | 'differs';
}

/** The pages by which a count may differ from its lists: the kernel takes no lock while it prints. */
const APART = 2;

/** The count of a zone is what its lists hold. */
function sumLaw(zone: ZonePrint, label: string): readonly Law[] {
  const { blocks, free, listed } = zone;
  if (blocks === undefined) return [];
  const sum = listedPages(blocks);
  const laws: Law[] = [];
  if (listed !== undefined) {
    const says =
      sum === listed
        ? `the blocks make ${sum} pages, as printed`
        : `the blocks make ${sum} pages, but ${listed} are printed`;
    laws.push({ clause: 'COUNT-1', zone: label, says, kept: sum === listed ? 'holds' : 'differs' });
  }
  if (free === undefined) return laws;
  const apart = Math.abs(sum - free);
  const kept = apart === 0 ? 'holds' : apart <= APART ? 'apart' : 'differs';
  const note =
    kept === 'apart'
      ? ': the dump is not atomic'
      : kept === 'differs'
        ? ': more than a dump that is not atomic explains'
        : '';
  const says = `the blocks make ${sum} pages, the count is ${free}${note}`;
  return [...laws, { clause: 'COUNT-1', zone: label, says, kept }];
}

const shown = ({ high, low, min }: Watermarks): string => `${min}/${low}/${high}`;

const same = (one: Watermarks, other: Watermarks): boolean => shown(one) === shown(other);

/** Pages of DMA on a PC: 16 MiB. */
const DMA_KB = 16384;

/** 2.4.22's bounds of pages_min on a PC. */
const BALANCE_24 = { ratio: 128, least: 20, most: 255 };

/** Returns the pages of high memory: as summed up, or none if the zone is printed as empty. */
const highmemOf = ({ highmem, zones }: Dump): number | undefined =>
  highmem ??
  (zones.some(({ free, marks, name }) => name === 'HighMem' && free === 0 && marks?.high === 0) ? 0 : undefined);

/** Returns the pages of a zone of a PC with 2.4; undefined if the sums were not printed. */
function sizeOf24(dump: Dump, name: string): number | undefined {
  const highmem = highmemOf(dump);
  const { pageKb, ram, zones } = dump;
  if (ram === undefined || highmem === undefined || pageKb !== 4 || zones.some(({ node }) => node !== 0))
    return undefined;
  const low = ram - highmem;
  const dma = Math.min(low, DMA_KB / pageKb);
  if (name === 'HighMem') return highmem;
  return name === 'DMA' ? dma : low - dma;
}

/** The marks of 2.4 are one, two and three times pages_min, which comes from the zone's size. */
function marks24(dump: Dump, { marks, name }: ZonePrint, label: string): readonly Law[] {
  if (marks === undefined || marks.high === 0) return [];
  const size = sizeOf24(dump, name);
  const expected =
    size === undefined ? { min: marks.min, low: 2 * marks.min, high: 3 * marks.min } : watermarksOf(BALANCE_24, size);
  const from = size === undefined ? 'for this pages_min' : `for ${size} pages`;
  const kept = same(marks, expected);
  const says = `marks ${shown(marks)}; 2.4.22 sets ${shown(expected)} ${from}${kept ? '' : ': another kernel, or other ratios'}`;
  return [{ clause: 'WATER-1', zone: label, says, kept: kept ? 'holds' : 'differs' }];
}

/** The marks of 2.6 are a quarter and a half above pages_min, in low memory. */
function marks26({ marks, name }: ZonePrint, label: string): readonly Law[] {
  if (marks === undefined || marks.high === 0 || name === 'HighMem') return [];
  const { min } = marks;
  const expected = { min, low: min + (min >> 2), high: min + (min >> 1) };
  const kept = same(marks, expected);
  return [
    {
      clause: 'GATE-5',
      zone: label,
      says: `marks ${shown(marks)}; 2.6.24 sets ${shown(expected)} for this pages_min${kept ? '' : ': another kernel'}`,
      kept: kept ? 'holds' : 'differs',
    },
  ];
}

/** A zone's reserves come from the zones above it. */
function reserveLaw({ zones }: Dump, zone: ZonePrint, label: string): readonly Law[] {
  const { name, node, reserve } = zone;
  const own = zones.filter((other) => other.node === node);
  if (reserve === undefined || reserve.every((pages) => pages === 0)) return [];
  const names = classesOf(own, reserve.length);
  const sizes = names.map((one) => ({
    present: own.find((other) => other.name === one)?.present ?? 0,
    highmem: one === 'HighMem',
  }));
  if (own.some(({ present }) => present === undefined)) return [];
  const expected = reservesOf(sizes, names.indexOf(name), DEFAULT_RATIO[name === 'Normal' ? 'Normal' : 'DMA']);
  const kept = expected.every((pages, of) => pages === reserve[of]);
  const says = `reserves ${reserve.join(' ')}; 2.6.24 sets ${expected.join(' ')}${kept ? '' : ': other ratios, or another kernel'}`;
  return [{ clause: 'GATE-4', zone: label, says, kept: kept ? 'holds' : 'differs' }];
}

/** Returns the laws that these numbers can be held against. @clause COUNT-1 @clause WATER-1 @clause GATE-4 @clause GATE-5 */
export const lawsOf = (dump: Dump): readonly Law[] =>
  dump.zones.flatMap((zone) => {
    const label = labelOf(zone, dump.zones);
    const marks =
      dump.family === '2.4' ? marks24(dump, zone, label) : dump.family === '2.6' ? marks26(zone, label) : [];
    const reserves = dump.family === '2.6' ? reserveLaw(dump, zone, label) : [];
    return [...sumLaw(zone, label), ...marks, ...reserves];
  });
