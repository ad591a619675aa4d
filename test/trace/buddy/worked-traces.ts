/** Buddy system traces worked out by hand. */

import type { Kernel } from '../../../protocol/index.ts';

/**
 * `a ORDER` or `f FRAME ORDER` ('' for the start), its answer (a frame, `-` refused, `.` done), then what is so afterwards,
 * where it is known: the count of free pages, and for each order the list from head to tail and the map's bits.
 */
export type Step = readonly [command: string, answer: string, free?: number, picture?: string];

/** A zone whose pages are all handed over, ascending, and what its kernel does with it. */
export interface Trace {
  readonly name: string;
  readonly kernel: Kernel;
  readonly base: number;
  readonly pages: number;
  readonly orders: number;
  readonly steps: readonly Step[];
}

const zone = (
  name: string,
  kernel: Kernel,
  pages: number,
  orders: number,
  steps: readonly Step[],
  base = 0,
): Trace => ({
  name,
  kernel,
  base,
  pages,
  orders,
  steps,
});

const SIXTEEN = zone('2.4: 16 pages, split and joined', '2.4', 16, 5, [
  ['', '', 16, '[] 00000000 | [] 0000 | [] 00 | [] 0 | [0]'],
  ['a 0', '15', 15, '[14] 00000001 | [12] 0001 | [8] 01 | [0] 1 | []'],
  ['a 0', '14', 14, '[] 00000000 | [12] 0001 | [8] 01 | [0] 1 | []'],
  ['a 1', '12', 12, '[] 00000000 | [] 0000 | [8] 01 | [0] 1 | []'],
  ['a 0', '11', 11, '[10] 00000100 | [8] 0010 | [] 00 | [0] 1 | []'],
  ['f 15 0', '.', 12, '[15 10] 00000101 | [8] 0010 | [] 00 | [0] 1 | []'],
  ['f 14 0', '.', 13, '[10] 00000100 | [14 8] 0011 | [] 00 | [0] 1 | []'],
  ['f 12 1', '.', 15, '[10] 00000100 | [8] 0010 | [12] 01 | [0] 1 | []'],
  ['f 11 0', '.', 16, '[] 00000000 | [] 0000 | [] 00 | [] 0 | [0]'],
]);

const EIGHT = zone('2.4: 8 pages, all taken and given back', '2.4', 8, 4, [
  ['a 0', '7'],
  ['a 1', '4'],
  ['a 0', '6'],
  ['a 0', '3'],
  ['a 0', '2', 2, '[] 0000 | [0] 10 | [] 0 | []'],
  ['a 1', '0'],
  ['a 0', '-', 0, '[] 0000 | [] 00 | [] 0 | []'],
  ['f 7 0', '.', 1, '[7] 0001 | [] 00 | [] 0 | []'],
  ['f 4 1', '.', 3, '[7] 0001 | [4] 01 | [] 0 | []'],
  ['f 6 0', '.', 4, '[] 0000 | [] 00 | [4] 1 | []'],
  ['f 3 0', '.', 5],
  ['f 2 0', '.', 6, '[] 0000 | [2] 10 | [4] 1 | []'],
  ['f 0 1', '.', 8, '[] 0000 | [] 00 | [] 0 | [0]'],
]);

const TWENTY_ONE = zone('2.4: 21 pages, a rest at the end', '2.4', 21, 5, [
  ['', '', 21, '[20] 00000000001 | [] 000000 | [16] 001 | [] 00 | [0]'],
  ['a 0', '20'],
  ['a 2', '16'],
  ['a 0', '15'],
  ['a 4', '-'],
  ['a 3', '0'],
  ['a 3', '-', 7, '[14] 00000001000 | [12] 000100 | [8] 010 | [] 00 | []'],
  ['f 20 0', '.', 8, '[20 14] 00000001001 | [12] 000100 | [8] 010 | [] 00 | []'],
]);

const TEN = zone('2.4: 10 pages, two top blocks', '2.4', 10, 3, [
  ['', '', 10, '[] 00000 | [8] 001 | [4 0]'],
  ['a 0', '9'],
  ['a 2', '4'],
  ['a 2', '0'],
  ['a 2', '-'],
  ['a 0', '8'],
]);

const THREE = zone('2.4: 3 pages, one order and no map', '2.4', 3, 1, [
  ['', '', 3, '[2 1 0]'],
  ['a 0', '2'],
  ['a 0', '1'],
  ['f 2 0', '.', 2, '[2 0]'],
]);

const FIVE = zone('2.4: 5 pages, the last alone', '2.4', 5, 3, [
  ['', '', 5, '[4] 001 | [] 00 | [0]'],
  ['a 0', '4'],
  ['f 4 0', '.', 5, '[4] 001 | [] 00 | [0]'],
]);

const SIXTEEN_RECENT = zone('2.6: 16 pages, split and joined', '2.6', 16, 5, [
  ['', '', 16, '[] | [] | [] | [] | [0]'],
  ['a 0', '0', 15, '[1] | [2] | [4] | [8] | []'],
  ['a 0', '1'],
  ['a 1', '2', 12, '[] | [] | [4] | [8] | []'],
  ['f 0 0', '.', 13],
  ['f 1 0', '.', 14],
  ['f 2 1', '.', 16, '[] | [] | [] | [] | [0]'],
]);

/** By page frame number 2.6 aligns, 2.4 by the page's index in its zone. */
const UNALIGNED = zone(
  '2.6: 16 pages from frame 3 on',
  '2.6',
  16,
  5,
  [['', '', 16, '[18 3] | [16] | [4] | [8] | []']],
  3,
);
const UNALIGNED_OLD = zone(
  '2.4: 16 pages from frame 3 on',
  '2.4',
  16,
  5,
  [
    ['', '', 16, '[] 00000000 | [] 0000 | [] 00 | [] 0 | [3]'],
    ['a 0', '18', 15, '[17] 00000001 | [15] 0001 | [11] 01 | [3] 1 | []'],
  ],
  3,
);

/** Sixteen pages taken one by one, and given back all but the tenth from 0: then that one, which joins up to order 4. */
function pageTen(kernel: Kernel, before: string, after: string): Trace {
  const frames = Array.from({ length: 16 }, (_, n) => n);
  const taken = kernel === '2.4' ? frames.toReversed() : frames;
  const given = frames.filter((frame) => frame !== 10);
  return zone(`${kernel}: page 10 of 16, the last to be freed`, kernel, 16, 5, [
    ...taken.map((frame): Step => ['a 0', String(frame)]),
    ['a 0', '-', 0],
    ...given.map((frame): Step => [`f ${frame} 0`, '.']),
    ['', '', 15, before],
    ['f 10 0', '.', 16, after],
  ]);
}

/** What the genuine kernels did, worked out to the page, the list and the bit. */
export const WORKED: readonly Trace[] = [
  SIXTEEN,
  EIGHT,
  TWENTY_ONE,
  TEN,
  THREE,
  FIVE,
  SIXTEEN_RECENT,
  UNALIGNED,
  UNALIGNED_OLD,
  pageTen('2.4', '[11] 00000100 | [8] 0010 | [12] 01 | [0] 1 | []', '[] 00000000 | [] 0000 | [] 00 | [] 0 | [0]'),
  pageTen('2.6', '[11] | [8] | [12] | [0] | []', '[] | [] | [] | [] | [0]'),
];
