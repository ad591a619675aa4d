/** The slips of direct reclaim, of the pages that it keeps, and of kswapd. */

import { USER, left, two } from './slip.ts';
import { order, pfn } from '../../../spec/unit.ts';
import type { MachineSlip } from './slip.ts';
import type { Make } from '../../lockstep/machine/real.ts';

const RECLAIM = 'src/machine/reclaim.ts';
const KSWAPD = 'src/machine/kswapd.ts';
const ZONE = 'src/machine/machine-zone.ts';

/** Slips of direct reclaim, of what it keeps, and of kswapd. */
export const RECLAIM_SLIPS: readonly MachineSlip[] = [
  {
    name: 'two blocks are kept, and the second is granted',
    file: RECLAIM,
    from: 'const isKept = (task.flags & PF_FREE_PAGES) !== 0 && task.localZone === undefined;',
    to: 'const isKept = (task.flags & PF_FREE_PAGES) !== 0;',
    why: 'frames 254 and 250 are freed: 254 is lost, and 250 is granted, which was free and below the marks',
    shortest: (make) =>
      left(make, {})
        .plan([
          [254, 0],
          [250, 0],
        ])
        .ask({ gfp: USER }),
    refutes: 'WATER-2',
  },
  {
    name: 'nothing is kept',
    file: RECLAIM,
    from: 'task.flags |= PF_MEMALLOC | PF_FREE_PAGES;',
    to: 'task.flags |= PF_MEMALLOC;',
    why: 'frame 254 is freed and not granted: below the marks nobody gets it, and the request stalls',
    shortest: (make) =>
      left(make, {})
        .plan([[254, 0]])
        .ask({ gfp: USER }),
    refutes: 'RECLAIM-1',
  },
  {
    name: 'a kept block of any order is granted',
    file: RECLAIM,
    from: 'const suits = success && localOrder === order && memclass(zone, classZone);',
    to: 'const suits = success && memclass(zone, classZone);',
    why: 'a single page is freed and granted for a pair: not all of the pair is free',
    shortest: (make) =>
      left(make, {})
        .plan([[254, 0]])
        .ask({ gfp: USER, order: 1 }),
    refutes: 'TAKE-4',
  },
  {
    name: 'success is not asked for',
    file: RECLAIM,
    from: 'const suits = success && localOrder',
    to: 'const suits = localOrder',
    why: 'the reclaim failed: the page is free, and below the marks',
    shortest: (make: Make): void => {
      const low = left(make, {});
      low.reclaimer.tell([{ freed: [{ head: pfn(254), order: order(0) }], success: false }]);
      low.ask({ gfp: USER });
    },
    refutes: 'WATER-2',
  },
  {
    name: 'a page of a zone above is granted',
    file: ZONE,
    from: 'zone.node === classZone.node && zone.id <= classZone.id;',
    to: 'zone.node === classZone.node;',
    why: 'frame 300 of HighMem is freed, and granted to who wanted Normal',
    shortest: (make) =>
      left(make, {})
        .plan([[300, 0]])
        .ask({ gfp: USER }),
    refutes: 'ZONE-4',
  },
  {
    name: 'a page of another node is granted',
    file: ZONE,
    from: 'zone.node === classZone.node && zone.id <= classZone.id;',
    to: 'zone.id <= classZone.id;',
    why: 'frame 64 of node 1 is freed, and granted below the marks of node 1',
    shortest: (make) =>
      two(make)
        .leave(0, {})
        .leave(1, {})
        .plan([[64, 0]])
        .ask({ gfp: USER, node: 0 }),
    refutes: 'WATER-2',
  },
  {
    name: 'what was kept in vain is lost',
    file: RECLAIM,
    from: '  else freePagesOk(zone.buddy, page, order);\n',
    to: '',
    why: 'frame 254 is freed, is no pair, and is on no list afterwards',
    shortest: (make) =>
      left(make, {})
        .plan([[254, 0]])
        .ask({ gfp: USER, order: 1 }),
    refutes: 'PLACE-4',
  },
  {
    name: 'progress is not looked at',
    file: 'src/machine/page-alloc.ts',
    from: 'if (task.freed === 0) return STALLED;',
    to: 'return STALLED;',
    why: 'frame 254 is freed, and the request stalls all the same',
    shortest: (make) =>
      left(make, {})
        .plan([[254, 0]])
        .ask({ gfp: USER, order: 1 }),
    refutes: 'PASS-6',
  },
  {
    name: 'as many pages as pages_high are enough for kswapd',
    file: KSWAPD,
    from: 'nrFreePages(zone) > zone.pagesHigh',
    to: 'nrFreePages(zone) >= zone.pagesHigh',
    why: 'Normal has 60 pages after the reclaim, and asks no more',
    shortest: (make: Make): void => {
      const low = left(make, { Normal: 1 });
      low.ask({ gfp: USER });
      const singles = Array.from({ length: 59 }, (_, n) => [129 + n, 0] as const);
      low.plan(singles);
      low.both.ask({ kind: 'kswapd' });
    },
    refutes: 'RECLAIM-3',
  },
  {
    name: 'a zone asks on where reclaim fails',
    file: KSWAPD,
    from: '      zone.needBalance.put(0, 0);\n    } else if (checkClasszoneNeedBalance',
    to: '    } else if (checkClasszoneNeedBalance',
    why: 'nothing is freed, and Normal asks again',
    shortest: (make: Make): void => {
      const low = left(make, { Normal: 1 });
      low.ask({ gfp: USER });
      low.both.ask({ kind: 'kswapd' });
    },
    refutes: 'RECLAIM-3',
  },
  {
    name: 'kswapd begins with the lowest zone',
    file: KSWAPD,
    from: 'for (const zone of pgdat.zones.toReversed()) {',
    to: 'for (const zone of pgdat.zones) {',
    why: 'DMA and Normal ask, and the one reclaim that succeeds is made for DMA',
    shortest: (make: Make): void => {
      const low = left(make, {});
      low.ask({ gfp: USER });
      low.ask({ gfp: USER | 1 });
      low.plan([[128, 0]]);
      low.both.ask({ kind: 'kswapd' });
    },
    refutes: 'RECLAIM-3',
  },
];
