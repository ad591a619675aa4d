/** Slips that only a large arena shows: in the top orders of 11, and in the words of a map beyond the first. */
import { on } from '../slip.ts';
import type { Slip } from '../slip.ts';

/** Slips that no arena of 64 pages or less shows. */
export const LARGE_SLIPS: readonly Slip[] = [
  {
    name: 'the top order of 11 is never searched',
    kernel: '2.6',
    file: 'src/buddy/page-buddy.ts',
    from: 'for (let current = order; current < zone.orders; current++) {\n    const freeList',
    to: 'for (let current = order; current < Math.min(zone.orders, 10); current++) {\n    const freeList',
    why: 'all 1,024 frames are one free block of order 10, and it is refused',
    shortest: on(1024, 11, 'a10'),
    refutes: 'TAKE-6',
  },
  {
    name: 'two blocks of order 9 are not joined',
    kernel: '2.6',
    file: 'src/buddy/page-buddy.ts',
    from: 'current < zone.orders - 1; current++',
    to: 'current < Math.min(zone.orders - 1, 9); current++',
    why: 'handed over, the 1,024 frames stay two blocks of order 9, and order 10 is refused',
    shortest: on(1024, 11, 'a10'),
    refutes: 'TAKE-6',
  },
  {
    name: 'a joined block begins where its upper half did, from order 8 on',
    kernel: '2.4',
    file: 'src/buddy/buddy.ts',
    from: 'index &= ~(1 << current);',
    to: 'index &= ~((1 << current) & 0xff);',
    why: 'the block of all 512 frames is listed at frame 256, and granted there',
    shortest: on(512, 10, 'a9'),
    refutes: 'TAKE-1',
  },
  {
    name: 'a block of order 8 or above is never split',
    kernel: '2.4',
    file: 'src/buddy/buddy.ts',
    from: 'if (head === freeList) continue;',
    to: 'if (head === freeList || (current > order && current >= 8)) continue;',
    why: 'all 256 frames are one free block of order 8, and frame 255 is refused',
    shortest: on(256, 9, 'a0'),
    refutes: 'TAKE-6',
  },
  {
    name: 'a bit beyond the first word of a map is not changed',
    kernel: '2.4',
    file: 'src/buddy/zone.ts',
    from: 'map[bit >>> 5] = old ^ mask;',
    to: 'if (index >>> (order + 1) < 32) map[bit >>> 5] = old ^ mask;',
    why: 'handed over, frames 64 and 65 are not joined, because bit 32 of order 0 stays 0',
    shortest: on(66, 2, 'a1'),
    refutes: 'PLACE-5',
  },
  {
    name: 'the pairs of each 32 share a word',
    kernel: '2.4',
    file: 'src/buddy/zone.ts',
    from: '+ (index >>> (order + 1));',
    to: '+ ((index >>> (order + 1)) & 31);',
    why: 'frame 64 is of pair 32, and bit 0 is changed when it is handed over',
    shortest: on(65, 2, 'a1'),
    refutes: 'MAP-2',
  },
];
