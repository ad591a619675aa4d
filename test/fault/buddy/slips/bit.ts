/** The slips of 2.4 with the bits of pairs. */

import { on } from '../slip.ts';
import type { Clause } from '../../../../protocol/index.ts';
import type { Outside, Slip } from '../slip.ts';

const BUDDY = 'src/buddy/buddy.ts';

/**
 * A bit that is out of step makes a free join too little (TAKE-6, or TAKE-7) or too much: with a block that is in use
 * (TAKE-4), that lies outside (TAKE-1), or that is on no list, at which the core itself stops (USE-3).
 */
const OUT_OF_STEP: readonly Clause[] = ['TAKE-1', 'TAKE-4', 'TAKE-6', 'USE-3'];
const BITS_GO_WRONG: Outside = { complete: OUT_OF_STEP, fit: [...OUT_OF_STEP, 'TAKE-7'] };

/** Slips of 2.4 with the one bit of each pair. */
export const BIT_SLIPS: readonly Slip[] = [
  {
    name: 'a split does not mark its pair',
    kernel: '2.4',
    file: BUDDY,
    from: '    zone.markUsed(page, order);\n',
    to: '',
    why: 'frame 0 is listed, frame 1 is not, and their bit stays 0; lists and count are right',
    shortest: on(2, 2, 'a0'),
    refutes: 'MAP-2',
    outside: BITS_GO_WRONG,
  },
  {
    name: 'a block taken off its list does not mark its pair',
    kernel: '2.4',
    file: BUDDY,
    from: '    if (current !== zone.orders - 1) zone.markUsed(head, current);\n',
    to: '',
    why: 'the only frame, which has no buddy, is no longer listed, and its bit stays 1',
    shortest: on(1, 2, 'a0'),
    refutes: 'MAP-2',
    outside: BITS_GO_WRONG,
  },
  {
    name: 'the bit of a pair is sought as if each block had one',
    kernel: '2.4',
    file: BUDDY,
    from: 'zone.markUsed(head, current);',
    to: 'zone.markUsed(2 * head, current);',
    why: 'frame 2 is of pair 1, and bit 2 is changed',
    shortest: on(3, 2, 'a0'),
    refutes: 'MAP-2',
    or: ['USE-3'], // where a bit beyond all maps is changed
    outside: BITS_GO_WRONG,
  },
  {
    name: 'a map has words of 16 bits',
    kernel: '2.4',
    file: 'src/buddy/zone.ts',
    from: 'const mask = 1 << (bit & 31);',
    to: 'const mask = 1 << (bit & 15);',
    why: 'frame 32 is of pair 16, and bit 0 is changed: with fewer frames nothing is wrong',
    shortest: on(33, 2, 'a1'),
    refutes: 'MAP-2',
    outside: BITS_GO_WRONG,
  },
  {
    name: 'a single frame is never joined',
    kernel: '2.4',
    file: BUDDY,
    from: 'if (!buddyIsFree) break;',
    to: 'if (!buddyIsFree || current === 0) break;',
    why: 'handed over, the two frames stay apart, and there is no block of order 1',
    shortest: on(2, 2, 'a1'),
    refutes: 'TAKE-6',
    or: ['LIST-3', 'PLACE-1', 'PLACE-4', 'TAKE-7'], // the list of single frames is too long
    outside: { complete: ['TAKE-6'], fit: ['TAKE-6', 'TAKE-7'] },
  },
  {
    name: 'blocks are joined past the top',
    kernel: '2.4',
    file: BUDDY,
    from: 'const top = zone.orders - 1;',
    to: 'const top = zone.orders;',
    why: 'the top order has no map to look into: the core stops at that while the frame is handed over',
    shortest: on(1, 1, ''),
    refutes: 'USE-2',
    outside: { complete: ['USE-2'], fit: ['USE-2'] },
  },
  {
    name: 'the buddy is taken to follow the block',
    kernel: '2.4',
    file: BUDDY,
    from: 'zone.listDel(index ^ (1 << current));',
    to: 'zone.listDel(index + (1 << current));',
    why: 'frame 1 is handed over, its bit says that the buddy is free, and frame 2 is on no list: the core stops',
    shortest: on(3, 2, ''),
    refutes: 'USE-2',
    or: ['LIST-3', 'PLACE-1', 'PLACE-4', 'TAKE-7'], // where what follows is no frame but the head of a list
    most: 1,
    outside: {
      complete: ['USE-2', 'USE-3', 'TAKE-4', 'TAKE-6'],
      fit: ['USE-2', 'USE-3', 'TAKE-4', 'TAKE-6', 'TAKE-7'],
    },
  },
  {
    name: 'the buddy is not taken off its list',
    kernel: '2.4',
    file: BUDDY,
    from: '    zone.listDel(index ^ (1 << current));\n',
    to: '',
    why: 'both frames are granted as one block, and frame 0 is still listed by itself',
    shortest: on(2, 2, 'a1'),
    refutes: 'LIST-3',
    or: ['PLACE-1', 'PLACE-4', 'TAKE-4', 'TAKE-7', 'USE-3'], // what is listed twice may be granted first
    outside: { complete: ['USE-3', 'TAKE-4', 'TAKE-6'], fit: ['USE-3', 'TAKE-4', 'TAKE-6', 'TAKE-7'] },
  },
  {
    name: 'a joined block begins where its upper half did',
    kernel: '2.4',
    file: BUDDY,
    from: '    index &= ~(1 << current);\n',
    to: '',
    why: 'the block of both frames is listed at frame 1, and granted there',
    shortest: on(2, 2, 'a1'),
    refutes: 'TAKE-1',
    or: ['TAKE-2', 'PLACE-4', 'USE-3'], // where the arena does not end with it; where it is not granted; where it is split
    outside: { complete: ['TAKE-1', 'TAKE-2', 'USE-3'], fit: ['TAKE-1', 'TAKE-2', 'USE-3'] },
  },
  {
    name: 'every second free joins nothing',
    kernel: '2.4',
    file: 'src/buddy/allocator.ts',
    from: 'this.#core.give(zone, page, order);',
    to: `this.frees = (this.frees ?? 0) + 1;
    const less = Object.assign(Object.create(Object.getPrototypeOf(zone)), zone, { orders: order + 1 });
    this.#core.give(this.frees % 2 === 0 ? less : zone, page, order);`,
    why: 'the first free joins frame 1 with frame 0; after the second, both are listed',
    shortest: on(2, 2, 'a0 f0 a0 f1'),
    refutes: 'LIST-3',
    or: ['MAP-2', 'PLACE-4'], // where the buddy is in use; where other blocks are listed
    outside: { complete: OUT_OF_STEP, fit: [...OUT_OF_STEP, 'TAKE-7'] },
  },
];
