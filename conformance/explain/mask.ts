/** The mask of a request, by the names that its kernel gives the bits. */
import type { Family } from './dump.ts';

const OF_24: readonly (readonly [bit: number, name: string])[] = [
  [0x01, 'DMA'],
  [0x02, 'HIGHMEM'],
  [0x10, 'WAIT'],
  [0x20, 'HIGH'],
  [0x40, 'IO'],
  [0x80, 'HIGHIO'],
  [0x100, 'FS'],
];

const OF_26: readonly (readonly [bit: number, name: string])[] = [
  [0x01, 'DMA'],
  [0x02, 'HIGHMEM'],
  [0x04, 'DMA32'],
  [0x10, 'WAIT'],
  [0x20, 'HIGH'],
  [0x40, 'IO'],
  [0x80, 'FS'],
  [0x100, 'COLD'],
  [0x200, 'NOWARN'],
  [0x400, 'REPEAT'],
  [0x800, 'NOFAIL'],
  [0x1000, 'NORETRY'],
  [0x4000, 'COMP'],
  [0x8000, 'ZERO'],
  [0x10000, 'NOMEMALLOC'],
  [0x20000, 'HARDWALL'],
  [0x40000, 'THISNODE'],
  [0x80000, 'RECLAIMABLE'],
  [0x100000, 'MOVABLE'],
];

/** Returns the names of a mask's bits, and bits without a name as a number; undefined if this kernel's bits are not known here. */
export function namesOf(mask: number, family: Family): string | undefined {
  const bits = family === '2.4' ? OF_24 : family === '2.6' || family === 'early' ? OF_26 : undefined;
  if (bits === undefined) return undefined;
  const known = bits.filter(([bit]) => (mask & bit) !== 0);
  const rest = known.reduce((left, [bit]) => left & ~bit, mask) >>> 0;
  const names = [...known.map(([, name]) => name), ...(rest === 0 ? [] : [`0x${rest.toString(16)}`])];
  return names.length === 0 ? 'no bit' : names.join(' ');
}
