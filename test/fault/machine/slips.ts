/** The slips of passes, watermarks, zones and nodes. */

import { ATOMIC, USER, WAITING_EXEMPT, fresh, left, two } from './slip.ts';
import { RECLAIM_SLIPS } from './slips-reclaim.ts';
import type { MachineSlip } from './slip.ts';

const PAGE_ALLOC = 'src/machine/page-alloc.ts';
const NODE = 'src/machine/node.ts';
const ZONE = 'src/machine/machine-zone.ts';
const ZONELIST = 'src/machine/zonelist.ts';

const PASS_SLIPS: readonly MachineSlip[] = [
  {
    name: 'pages_low does not add up',
    file: PAGE_ALLOC,
    from: 'min += zone.pagesLow;',
    to: 'min = (1 << order) + zone.pagesLow;',
    why: 'DMA has 81 pages: more than 41, not more than 81; it gives a block that Normal would give',
    shortest: (make) => left(make, { Normal: 30, DMA: 81 }).ask({ gfp: USER }),
    refutes: 'PASS-3',
  },
  {
    name: 'pages_min does not add up',
    file: PAGE_ALLOC,
    from: 'min += localMin;',
    to: 'min = (1 << order) + localMin;',
    why: 'DMA has 30 pages: more than 21, not more than 41',
    shortest: (make) => left(make, { DMA: 30 }).ask({ gfp: USER }),
    refutes: 'WATER-2',
  },
  {
    name: 'as many pages as pages_low are enough',
    file: PAGE_ALLOC,
    from: 'min += zone.pagesLow;\n    if (nrFreePages(zone) <= min) continue;',
    to: 'min += zone.pagesLow;\n    if (nrFreePages(zone) < min) continue;',
    why: 'Normal has 41 pages, a block and pages_low: it gives the same block, and kswapd sleeps on',
    shortest: (make) => left(make, { Normal: 41 }).ask({ gfp: USER }),
    refutes: 'PASS-2',
  },
  {
    name: 'as many pages as pages_min are enough',
    file: PAGE_ALLOC,
    from: 'min += localMin;\n    if (nrFreePages(zone) <= min) continue;',
    to: 'min += localMin;\n    if (nrFreePages(zone) < min) continue;',
    why: 'Normal has 21 pages, a block and pages_min',
    shortest: (make) => left(make, { Normal: 21 }).ask({ gfp: USER }),
    refutes: 'WATER-2',
  },
  {
    name: 'everybody is held to a quarter',
    file: PAGE_ALLOC,
    from: 'frame = takeAboveMin(zonelist, order, !mayWait(gfp));',
    to: 'frame = takeAboveMin(zonelist, order, true);',
    why: 'Normal has 7 pages: enough for who may not wait alone',
    shortest: (make) => left(make, { Normal: 7 }).ask({ gfp: USER }),
    refutes: 'WATER-2',
  },
  {
    name: 'nobody is held to a quarter',
    file: PAGE_ALLOC,
    from: 'frame = takeAboveMin(zonelist, order, !mayWait(gfp));',
    to: 'frame = takeAboveMin(zonelist, order, false);',
    why: 'Normal has 7 pages, and 6 are to be exceeded',
    shortest: (make) => left(make, { Normal: 7 }).ask({ gfp: ATOMIC }),
    refutes: 'PASS-7',
  },
  {
    name: 'after reclaim a quarter is enough',
    file: PAGE_ALLOC,
    from: 'frame = takeAboveMin(zonelist, order, false);',
    to: 'frame = takeAboveMin(zonelist, order, true);',
    why: 'Normal has 7 pages after a reclaim that freed nothing',
    shortest: (make) => left(make, { Normal: 7 }).ask({ gfp: USER }),
    refutes: 'WATER-2',
  },
  {
    name: 'every zone of the list asks to be balanced',
    file: PAGE_ALLOC,
    from: 'classZone.needBalance.put(0, 1);',
    to: 'for (const zone of zonelist) zone.needBalance.put(0, 1);',
    why: 'DMA asks too, though Normal is the class zone',
    shortest: (make) => left(make, { Normal: 30 }).ask({ gfp: USER }),
    refutes: 'PASS-2',
  },
  {
    name: 'kswapd sleeps on',
    file: PAGE_ALLOC,
    from: '  reclaim.reclaimer.wakeKswapd();\n',
    to: '',
    why: 'Normal is below pages_low, and nobody is woken',
    shortest: (make) => left(make, { Normal: 30 }).ask({ gfp: USER }),
    refutes: 'PASS-2',
  },
  {
    name: 'a task that frees memory is held to the marks',
    file: PAGE_ALLOC,
    from: '    if (isExempt(task.flags)) return takeAnything(zonelist, order);\n',
    to: '',
    why: 'the last pages are for such a task, which reclaims instead',
    shortest: (make) => fresh(make).leave(0, { Normal: 1 }).ask(WAITING_EXEMPT),
    refutes: 'PASS-7', // it is already refused when the pages are taken, by requests that do not wait
  },
  {
    name: 'who may not wait reclaims',
    file: PAGE_ALLOC,
    from: '    if (!mayWait(gfp)) return NONE;\n',
    to: '',
    why: 'no zone has anything, and memory is reclaimed for an interrupt',
    shortest: (make) => left(make, {}).ask({ gfp: ATOMIC }),
    refutes: 'PASS-4',
  },
  {
    name: 'order 3 is given up',
    file: PAGE_ALLOC,
    from: 'const MAX_RETRY_ORDER = 3;',
    to: 'const MAX_RETRY_ORDER = 2;',
    why: 'a request of order 3 that may wait is refused',
    shortest: (make) => left(make, {}).ask({ gfp: USER, order: 3 }),
    refutes: 'PASS-6',
  },
  {
    name: 'order 4 is not given up',
    file: PAGE_ALLOC,
    from: 'const MAX_RETRY_ORDER = 3;',
    to: 'const MAX_RETRY_ORDER = 4;',
    why: 'a request of order 4 stalls, though one reclaim was its due',
    shortest: (make) => left(make, {}).ask({ gfp: USER, order: 4 }),
    refutes: 'PASS-6',
  },
];

const ZONE_SLIPS: readonly MachineSlip[] = [
  {
    name: 'requests rise instead of falling',
    file: ZONELIST,
    from: 'for (let id = wanted; id >= 0; id--) {',
    to: 'for (let id = 0; id <= wanted; id++) {',
    why: 'a request for Normal goes to DMA first',
    shortest: (make) => fresh(make).ask({ gfp: USER }),
    refutes: 'ZONE-3',
  },
  {
    name: 'DMA wins only alone',
    file: ZONELIST,
    from: 'if ((mask & DMA) !== 0) wanted = 0;',
    to: 'if ((mask & 3) === DMA) wanted = 0;',
    why: 'a mask with both modifiers goes to HighMem',
    shortest: (make) => fresh(make).ask({ gfp: 0x1d3 }),
    refutes: 'ZONE-3',
  },
  {
    name: 'pages_min has no most',
    file: ZONE,
    from: '  else if (mask > most) mask = most;\n',
    to: '',
    why: 'a zone of 128 pages at a ratio of 1 has 128 pages as its lowest mark, not 5',
    shortest: (make) => {
      const balance = { ratio: 1, least: 0, most: 5 };
      fresh(make, { balance: { DMA: balance, Normal: balance, HighMem: balance } });
    },
    refutes: 'WATER-1',
  },
  {
    name: 'a granted block has no user',
    file: ZONE,
    from: '  setPageCount(zone.counts, page, 1);\n',
    to: '',
    why: 'the first block that is granted',
    shortest: (make) => fresh(make).ask({ gfp: USER }),
    refutes: 'PAGE-1',
  },
  {
    name: 'any user frees',
    file: 'src/machine/put-pages.ts',
    from: "if (!putPageTestzero(zone.counts, page)) return 'in use';",
    to: 'putPageTestzero(zone.counts, page);',
    why: 'frame 255 has two users, and one frees it',
    shortest: (make) => {
      const low = fresh(make);
      const { outcome } = low.ask({ gfp: USER });
      if (outcome.kind === 'granted') low.both.ask({ kind: 'get-page', head: outcome.head });
      low.free(255, 0);
    },
    refutes: 'PAGE-2',
  },
];

const NODE_SLIPS: readonly MachineSlip[] = [
  {
    name: 'the first of the list is taken for the own node',
    file: NODE,
    from: "if (policy === 'node-local') return pgdatList.length - 1 - node;",
    to: "if (policy === 'node-local') return node;",
    why: 'a request on node 0 is filled on node 1',
    shortest: (make) => two(make).ask({ gfp: USER, node: 0 }),
    refutes: 'NODE-1',
  },
  {
    name: 'a stalled request is tried on another node',
    file: NODE,
    from: '    if (frame !== NONE) return frame;',
    to: '    if (frame >= 0) return frame;',
    why: 'node 0 has nothing, and node 1 gives the block',
    shortest: (make) => two(make).leave(0, {}).ask({ gfp: USER, node: 0 }),
    refutes: 'NODE-3',
  },
  {
    name: 'every request begins at the same node',
    file: NODE,
    from: 'next.put(0, (start + 1) % pgdatList.length);',
    to: 'next.put(0, start);',
    why: 'the second request is filled on node 1 again',
    shortest: (make) => {
      const low = two(make, 'round-robin');
      low.ask({ gfp: USER });
      low.ask({ gfp: USER });
    },
    refutes: 'NODE-4',
  },
  {
    name: 'a request for one node goes to all',
    file: NODE,
    from: "if (nodes.policy === 'round-robin') return",
    to: 'if (nodes.pgdatList.length > 1) return',
    why: 'node 0 is emptied, and goes on with pages of node 1',
    shortest: (make) => two(make).leave(0, {}),
    refutes: 'ZONE-4',
  },
];

/** Every machine broken on purpose. */
export const MACHINE_SLIPS: readonly MachineSlip[] = [...PASS_SLIPS, ...ZONE_SLIPS, ...NODE_SLIPS, ...RECLAIM_SLIPS];
