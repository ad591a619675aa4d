/** The slips of 2.6 with the flag and the order on a free block's first page. */

import { on } from '../slip.ts';
import type { Slip } from '../slip.ts';

const PAGE_BUDDY = 'src/buddy/page-buddy.ts';

/** Slips of 2.6 with the mark on a free block's first page. */
export const MARK_SLIPS: readonly Slip[] = [
  {
    name: 'the order of a marked buddy is not looked at',
    kernel: '2.6',
    file: PAGE_BUDDY,
    from: 'return zone.buddyFlag.get(buddy) === 1 && zone.privateOrder.get(buddy) === order;',
    to: 'return zone.buddyFlag.get(buddy) === 1;',
    why: 'frames 0 and 1 are joined with frame 2 alone, and make a block of order 2 that is not there',
    shortest: on(3, 3, 'a1 f0'),
    refutes: 'PLACE-4',
    or: ['PLACE-1', 'LIST-3', 'TAKE-1', 'TAKE-3', 'TAKE-7', 'USE-2', 'USE-3'], // what is joined too far may be granted, or lie outside
    most: 5,
    outside: {
      complete: ['TAKE-1', 'TAKE-3', 'TAKE-4', 'TAKE-6', 'USE-2', 'USE-3'],
      fit: ['TAKE-1', 'TAKE-3', 'TAKE-4', 'TAKE-6', 'TAKE-7', 'USE-2', 'USE-3'],
    },
  },
  {
    name: 'the mark stays on what is taken',
    kernel: '2.6',
    file: PAGE_BUDDY,
    from: '  zone.buddyFlag.put(page, 0);\n',
    to: '',
    why: 'frame 0 is in use, and marked as free',
    shortest: on(1, 1, 'a0'),
    refutes: 'MARK-1',
    outside: { complete: ['USE-3'], fit: ['USE-3'] }, // its buddy is freed, and is joined with what is on no list
  },
  {
    name: 'the buddy stays on its list',
    kernel: '2.6',
    file: PAGE_BUDDY,
    from: '    delist(zone, buddy, current);\n',
    to: '',
    why: 'both frames are granted as one block, and frame 0 is still listed by itself',
    shortest: on(2, 2, 'a1'),
    refutes: 'LIST-3',
    or: ['PLACE-1', 'PLACE-4', 'TAKE-4', 'TAKE-7', 'USE-3'], // what is listed twice may be granted first
    outside: { complete: ['USE-3', 'TAKE-4', 'TAKE-6'], fit: ['USE-3', 'TAKE-4', 'TAKE-6', 'TAKE-7'] },
  },
  {
    name: 'the buddy of an upper half is sought above it',
    kernel: '2.6',
    file: PAGE_BUDDY,
    from: 'return pageIndex ^ (1 << order);',
    to: 'return pageIndex + (1 << order);',
    why: 'frame 1 is handed over and does not find frame 0: there is no block of order 1',
    shortest: on(2, 2, 'a1'),
    refutes: 'TAKE-6',
    or: ['LIST-3', 'PLACE-1', 'PLACE-4', 'TAKE-7'], // the list of single frames is too long
    outside: { complete: ['TAKE-6'], fit: ['TAKE-6', 'TAKE-7'] },
  },
  {
    name: '2.6 joins past the top',
    kernel: '2.6',
    file: PAGE_BUDDY,
    from: 'for (; current < zone.orders - 1; current++) {',
    to: 'for (; current < zone.orders; current++) {',
    why: 'two frames make a block of an order that the zone has no list for: the core stops',
    shortest: on(2, 1, ''),
    refutes: 'USE-2',
    outside: { complete: ['USE-2'], fit: ['USE-2'] },
  },
  {
    name: 'the page after the zone is looked at',
    kernel: '2.6',
    file: PAGE_BUDDY,
    from: 'buddy >= zone.pages',
    to: 'buddy > zone.pages',
    why: 'frame 0 is handed over, and frame 1 is asked whether it is free: the core stops',
    shortest: on(1, 2, ''),
    refutes: 'USE-2',
    outside: { complete: ['USE-2'], fit: ['USE-2'] },
  },
  {
    name: 'the last page is nobody’s buddy',
    kernel: '2.6',
    file: PAGE_BUDDY,
    from: 'buddy >= zone.pages',
    to: 'buddy >= zone.pages - 1',
    why: 'frame 0 is freed, and not joined with frame 1',
    shortest: on(2, 2, 'a0 f0'),
    refutes: 'LIST-3',
    or: ['PLACE-4'], // where other single frames are listed
    most: 5,
    outside: { complete: ['TAKE-6'], fit: ['TAKE-6', 'TAKE-7'] },
  },
  {
    name: 'blocks are aligned from the zone on, not from frame 0',
    kernel: '2.6',
    file: 'src/buddy/zone.ts',
    from: "this.offset = kernel === '2.6' ? base % 2 ** (orders - 1) : 0;",
    to: 'this.offset = 0;',
    why: 'frames 1 and 2 are no block',
    shortest: { init: { base: 1, pages: 2, orders: 2 }, run: 'a1' },
    refutes: 'TAKE-2',
    or: ['LIST-3', 'PLACE-1', 'PLACE-4', 'TAKE-6', 'TAKE-7'], // other blocks are listed; right ones may be missing
    outside: { complete: ['TAKE-2', 'TAKE-6'], fit: ['TAKE-2', 'TAKE-6', 'TAKE-7'] },
  },
];
