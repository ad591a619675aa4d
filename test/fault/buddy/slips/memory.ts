/** The slips in making a zone, which show only in memory that another zone has used. */

import { on } from '../slip.ts';
import type { Slip } from '../slip.ts';

const FREE_AREA = 'src/buddy/zone.ts';

/** Slips in making a zone new, which show only in memory where another one was before. */
export const MEMORY_SLIPS: readonly Slip[] = [
  {
    name: 'the maps are not cleared',
    kernel: '2.4',
    file: FREE_AREA,
    from: '  zone.map.fill(0);\n',
    to: '',
    memory: 'reused',
    why: 'a bit left at 1 says of the first frame handed over that its buddy is free: the core stops',
    shortest: { ...on(2, 2, ''), before: [on(2, 2, 'a0')] },
    refutes: 'USE-2',
    or: ['MAP-2', 'MAP-4'], // where no frame of the pair is handed over
  },
  {
    name: 'the count is not cleared',
    kernel: '2.4',
    file: FREE_AREA,
    from: '[zone.counters, ',
    to: '[',
    memory: 'reused',
    why: 'the frame of the zone before is counted with the one of this',
    shortest: { ...on(1, 1, ''), before: [on(1, 1, '')] },
    refutes: 'COUNT-1',
  },
  {
    name: 'the marks are not cleared',
    kernel: '2.6',
    file: FREE_AREA,
    from: 'zone.buddyFlag, ',
    to: '',
    memory: 'reused',
    why: 'frame 1 was free before, is marked, and is on no list: the core stops when frame 0 is handed over',
    shortest: { ...on(2, 2, ''), before: [on(2, 2, 'a0')] },
    refutes: 'USE-2',
    or: ['MARK-1'], // where no buddy is handed over
  },
];
