/** The slips of the test of a zone, and of the marks and reserves that it is about. */
import { ATOMIC, KERNEL, LowMemory26, SMALL } from '../../unit/machine26/low-memory.ts';
import { left } from './slip.ts';
import { pfn } from '../../../spec/unit.ts';
import type { Slip26 } from './slip.ts';

const WATERMARK = 'src/machine26/zone-watermark.ts';
const KBYTES = 'src/machine26/min-free-kbytes.ts';
const PAGE_ALLOC = 'src/machine26/page-alloc.ts';
const MEMORY = 'src/machine26/memory.ts';

const TEST_SLIPS: readonly Slip26[] = [
  {
    name: 'as many pages as the mark are enough',
    file: WATERMARK,
    from: 'if (free <= min + (zone',
    to: 'if (free < min + (zone',
    why: 'Normal has 32 pages, its pages_min',
    shortest: (make) => left(make, { Normal: 32 }).ask({ gfp: KERNEL }),
    refutes: 'GATE-2',
  },
  {
    name: 'the block is counted twice',
    file: WATERMARK,
    from: '2 ** order + 1;',
    to: '2 ** order;',
    why: 'Normal has 33 pages, one above its pages_min, and nothing is granted',
    shortest: (make) => left(make, { Normal: 33 }).ask({ gfp: KERNEL }),
    refutes: 'GATE-6',
  },
  {
    name: 'HIGH has no effect',
    file: WATERMARK,
    from: '  if ((flags & ALLOC_HIGH) !== 0) min -= Math.floor(min / 2);\n',
    to: '',
    why: 'Normal has 13 pages, one above three eighths of pages_min',
    shortest: (make) => left(make, { Normal: 13 }).ask({ gfp: ATOMIC }),
    refutes: 'GATE-6',
  },
  {
    name: 'not waiting has no effect',
    file: WATERMARK,
    from: '  if ((flags & ALLOC_HARDER) !== 0) min -= Math.floor(min / 4);\n',
    to: '',
    why: 'Normal has 25 pages, one above three quarters of pages_min',
    shortest: (make) => left(make, { Normal: 25 }).ask({ gfp: 0 }),
    refutes: 'GATE-6',
  },
  {
    name: 'what HIGH takes away is rounded up',
    file: WATERMARK,
    from: 'min -= Math.floor(min / 2);',
    to: 'min -= Math.ceil(min / 2);',
    why: 'pages_min of Normal is 35; half of it is taken as 17, and 18 pages do not exceed 18',
    shortest: (make) => {
      const low = left(make, { Normal: 18 });
      low.set({ minFreeKbytes: 176 });
      low.ask({ gfp: 0x30 });
    },
    refutes: 'GATE-2',
  },
  {
    name: 'no reserve is kept',
    file: WATERMARK,
    from: 'min + (zone.lowmemReserve[classIndex] ?? 0)',
    to: 'min',
    why: 'DMA has 16 pages: its pages_min, and the 8 that it keeps from class Normal',
    shortest: (make) => left(make, { DMA: 16 }).ask({ gfp: KERNEL }),
    refutes: 'GATE-2',
  },
  {
    name: 'a zone keeps what it keeps from its own class',
    file: PAGE_ALLOC,
    from: 'zone[mark], classIndex, flags)',
    to: 'zone[mark], zone.id, flags)',
    why: 'DMA has 16 pages, of which it keeps none from its own class',
    shortest: (make) => left(make, { DMA: 16 }).ask({ gfp: KERNEL }),
    refutes: 'GATE-2',
  },
  {
    name: 'lower orders are not looked at',
    file: WATERMARK,
    from: 'at < order; at++',
    to: 'at < 0; at++',
    why: 'Normal has 40 single pages and one pair, and gives the pair',
    shortest: (make) => new LowMemory26(make).empty().free([32, 2]).scatter(36, 40).ask({ gfp: KERNEL, order: 1 }),
    refutes: 'GATE-3',
  },
  {
    name: 'equality is enough at a lower order',
    file: WATERMARK,
    from: 'if (free <= min) return false;',
    to: 'if (free < min) return false;',
    why: 'pages_min of Normal is 35, and without the pair 17 pages are left in larger blocks, half of it',
    shortest: (make) => {
      const low = new LowMemory26(make).empty().free([32, 18]).scatter(52, 19);
      low.set({ minFreeKbytes: 176 });
      low.ask({ gfp: KERNEL, order: 1 });
    },
    refutes: 'GATE-3',
  },
  {
    name: 'the mark is not halved from order to order',
    file: WATERMARK,
    from: '    min = Math.floor(min / 2);\n',
    to: '',
    why: 'Normal has 36 pages, 4 of them single: without the pair 31 are left in larger blocks, more than half of pages_min',
    shortest: (make) => new LowMemory26(make).empty().free([32, 32]).scatter(66, 4).ask({ gfp: KERNEL, order: 1 }),
    refutes: 'GATE-6',
  },
];

const SETTING_SLIPS: readonly Slip26[] = [
  {
    name: 'settings are noted and nothing follows',
    file: MEMORY,
    from: '    this.#settings = settings;\n    this.#tune();\n',
    to: '    this.#settings = settings;\n',
    why: 'marks stay as they were',
    shortest: (make) => new LowMemory26(make).set({ minFreeKbytes: 320 }),
    refutes: 'GATE-5',
  },
  {
    name: 'any settings can be set',
    file: MEMORY,
    from: "    if (!areSettings(settings)) return rejected('no-such-settings');\n",
    to: '',
    why: 'a ratio of 0 is set',
    shortest: (make) => new LowMemory26(make).set({ ratios: { DMA: 0, DMA32: 256, Normal: 8 } }),
    refutes: 'GATE-13',
  },
  {
    name: 'a reserve is of the next zone alone',
    file: KBYTES,
    from: 'present += zone.presentPages;',
    to: 'present = zone.presentPages;',
    why: 'DMA keeps 8 pages from class HighMem, not 10',
    shortest: (make) => new LowMemory26(make),
    refutes: 'GATE-4',
  },
  {
    name: 'HighMem is low memory too',
    file: KBYTES,
    from: 'if (!zone.isHighmem) lowmem',
    to: 'lowmem',
    why: 'shares become smaller',
    shortest: (make) => new LowMemory26(make),
    refutes: 'GATE-5',
  },
  {
    name: 'HighMem has a share for its lowest mark',
    file: KBYTES,
    from: 'zone.pagesMin = few < 32 ? 32 : few > 128 ? 128 : few;',
    to: 'zone.pagesMin = share;',
    why: 'pages_min of HighMem is 8, not 32',
    shortest: (make) => new LowMemory26(make),
    refutes: 'GATE-5',
  },
  {
    name: 'pages_high is pages_low',
    file: KBYTES,
    from: 'share >> 1',
    to: 'share >> 2',
    why: 'pages_high of Normal is 40, not 48',
    shortest: (make) => new LowMemory26(make),
    refutes: 'GATE-5',
  },
  {
    name: 'holes count as pages',
    file: 'src/machine26/create.ts',
    from: 'allocator, existing(span));',
    to: 'allocator, pages);',
    why: 'Normal has a hole of 64 frames, and its share is that of 128',
    shortest: (make) => {
      const zones = SMALL.zones.map((zone) =>
        zone.name === 'Normal' ? { ...zone, holes: [[pfn(96), 64] as const] } : zone,
      );
      return new LowMemory26(make, { ...SMALL, zones });
    },
    refutes: 'GATE-5',
  },
];

export const GATE_SLIPS: readonly Slip26[] = [...TEST_SLIPS, ...SETTING_SLIPS];
