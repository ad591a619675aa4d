/** The slips in the choice, the split, the listing and the counting of blocks. */

import { on } from '../slip.ts';
import type { Slip } from '../slip.ts';

const BUDDY = 'src/buddy/buddy.ts';
const PAGE_BUDDY = 'src/buddy/page-buddy.ts';
const ASCENDING = 'for (let current = order; current < zone.orders; current++) {';

/** Slips with which block is taken, how it is split, where it is listed and what is counted. */
export const PLACE_SLIPS: readonly Slip[] = [
  {
    name: '2.4 goes on with the lower half',
    kernel: '2.4',
    file: BUDDY,
    from: `    zone.listAdd(page, zone.freeListOf(order));
    zone.markUsed(page, order);
    page += size;
`,
    to: `    zone.listAdd(page + size, zone.freeListOf(order));
    zone.markUsed(page, order);
`,
    why: 'frame 0 is granted, as in 2.6, and nothing else is wrong with that',
    shortest: on(2, 2, 'a0'),
    refutes: 'PLACE-2',
  },
  {
    name: '2.6 goes on with the upper half',
    kernel: '2.6',
    file: PAGE_BUDDY,
    from: `    expand(zone, page, order, current);
    return page;
`,
    to: `    for (let at = current - 1; at >= order; at--) enlist(zone, page + (1 << current) - (2 << at), at);
    return page + (1 << current) - (1 << order);
`,
    why: 'frame 1 is granted, as in 2.4, and nothing else is wrong with that',
    shortest: on(2, 2, 'a0'),
    refutes: 'PLACE-3',
  },
  {
    name: 'a freed block is put last on its list',
    kernel: '2.4',
    file: BUDDY,
    from: 'zone.listAdd(index, zone.freeListOf(current))',
    to: 'zone.listAdd(index, zone.prevOf(zone.freeListOf(current)))',
    why: 'frame 0 was handed over first and is granted first',
    shortest: on(2, 1, 'a0'),
    refutes: 'PLACE-5',
    or: ['PLACE-1', 'PLACE-4'], // where it is not the first grant of all; where nothing is granted of that list
    most: 3,
  },
  {
    name: 'the largest block is taken first',
    kernel: '2.4',
    file: BUDDY,
    from: ASCENDING,
    to: 'for (let current = zone.orders - 1; current >= order; current--) {',
    why: 'the block of order 1 is split though frame 2 stands alone',
    shortest: on(3, 2, 'a0'),
    refutes: 'TAKE-7',
    outside: { fit: ['TAKE-7'] },
  },
  {
    name: 'nothing larger is split',
    kernel: '2.4',
    file: BUDDY,
    from: ASCENDING,
    to: 'for (let current = order; current <= order; current++) {',
    why: 'the list of order 0 is empty, and the block of order 1 would do',
    shortest: on(2, 2, 'a0'),
    refutes: 'TAKE-6',
    outside: { complete: ['TAKE-6'], fit: ['TAKE-6'] },
  },
  {
    name: 'the search never goes on to the next order',
    kernel: '2.4',
    file: BUDDY,
    from: ASCENDING,
    to: 'for (let current = order; current < zone.orders; ) {',
    why: 'an empty list is looked at for ever; stopped, that is no answer',
    shortest: on(2, 2, 'a0'),
    refutes: 'USE-3',
    outside: { complete: ['USE-3'], fit: ['USE-3'] },
  },
  {
    name: '2.4 splits one order too far',
    kernel: '2.4',
    file: BUDDY,
    from: 'return expand(zone, head, order, current);',
    to: 'return expand(zone, head, Math.max(0, order - 1), current);',
    why: 'frame 1, the upper half of what was asked for, is granted as all of it',
    shortest: on(2, 2, 'a1'),
    refutes: 'TAKE-1',
    or: ['TAKE-2'], // where the arena does not end with it
    outside: { complete: ['TAKE-1', 'TAKE-2'], fit: ['TAKE-1', 'TAKE-2'] },
  },
  {
    name: '2.6 splits one order too far',
    kernel: '2.6',
    file: PAGE_BUDDY,
    from: '    expand(zone, page, order, current);\n',
    to: '    expand(zone, page, Math.max(0, order - 1), current);\n',
    why: 'frame 1 is listed though it was granted with frame 0',
    shortest: on(2, 2, 'a1'),
    refutes: 'LIST-3',
    or: ['PLACE-4'], // where other blocks of that order are listed
    outside: { complete: ['TAKE-4'], fit: ['TAKE-4', 'TAKE-7'] },
  },
  {
    name: 'the count goes down by the block that is split',
    kernel: '2.4',
    file: BUDDY,
    from: 'zone.counters.add(0, -(1 << order));',
    to: 'zone.counters.add(0, -(1 << current));',
    why: 'one frame of two is taken, and none is counted',
    shortest: on(2, 2, 'a0'),
    refutes: 'COUNT-1',
  },
  {
    name: 'the count never goes up',
    kernel: '2.4',
    file: BUDDY,
    from: '  zone.counters.add(0, 1 << order);\n',
    to: '',
    why: 'a frame is handed over, and none is counted',
    shortest: on(1, 1, ''),
    refutes: 'COUNT-1',
  },
  {
    name: 'the first of a list does not learn who comes before it',
    kernel: '2.4',
    file: 'src/words/list-head.ts',
    from: '    links[2 * first + 1] = node;\n',
    to: '',
    why: "frame 0 is listed, and the list's head has nothing before it but itself",
    shortest: on(1, 1, ''),
    refutes: 'LIST-1',
    // A block unlinked from the middle takes with it all that comes before it, and may later bring it back.
    outside: { complete: ['TAKE-6', 'TAKE-4', 'USE-3'], fit: ['TAKE-7', 'TAKE-6', 'TAKE-4', 'USE-3'] },
  },
];
