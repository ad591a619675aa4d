/** The slips of the passes, of reclaim, of how requests end, and of zonelists and frees. */
import { ATOMIC, KERNEL, LowMemory26, NOFS } from '../../unit/machine26/low-memory.ts';
import { left } from './slip.ts';
import type { Slip26 } from './slip.ts';

const PAGE_ALLOC = 'src/machine26/page-alloc.ts';
const GFP = 'src/machine26/gfp.ts';
const ZONE = 'src/machine26/zone.ts';
const MEMORY = 'src/machine26/memory.ts';
const REPEAT = 0x400;
const NOFAIL = 0x800;
const NORETRY = 0x1000;
const NOMEMALLOC = 0x10000;

const PASS_SLIPS: readonly Slip26[] = [
  {
    name: 'the first pass is at pages_min',
    file: PAGE_ALLOC,
    from: "order, 'pagesLow', 0)",
    to: "order, 'pagesMin', 0)",
    why: 'Normal has 36 pages, less than pages_low: the same page is granted, and kswapd sleeps on',
    shortest: (make) => left(make, { Normal: 36 }).ask({ gfp: KERNEL }),
    refutes: 'GATE-9',
  },
  {
    name: 'kswapd sleeps on',
    file: PAGE_ALLOC,
    from: '  reclaim.wakeKswapd();\n',
    to: '',
    why: 'Normal is below pages_low, and nobody is woken',
    shortest: (make) => left(make, { Normal: 36 }).ask({ gfp: KERNEL }),
    refutes: 'GATE-9',
  },
  {
    name: 'a realtime task is one like others',
    file: GFP,
    from: '(mask & WAIT) === 0 || isRealtime ?',
    to: '(mask & WAIT) === 0 ?',
    why: 'Normal has 25 pages, one above three quarters of pages_min',
    shortest: (make) => left(make, { Normal: 25 }).ask({ gfp: KERNEL, realtime: true }),
    refutes: 'GATE-6',
  },
  {
    name: 'a task that reclaims is held to the marks',
    file: PAGE_ALLOC,
    from: '  if (task.exempt) return allocExempt(mask, order, zonelist);\n',
    to: '',
    why: 'the machine cannot even be emptied: below the marks it reclaims',
    shortest: (make) => left(make, {}),
    refutes: 'GATE-10',
  },
  {
    name: 'NOMEMALLOC has no effect',
    file: PAGE_ALLOC,
    from: '  if (!mayDrain(mask)) return EXHAUSTED;\n',
    to: '',
    why: 'the last page is granted to a mask that must not have it',
    shortest: (make) => left(make, { Normal: 1 }).ask({ gfp: KERNEL | NOMEMALLOC, exempt: true }),
    refutes: 'GATE-2',
  },
  {
    name: 'a task that reclaims fails in spite of NOFAIL',
    file: PAGE_ALLOC,
    from: 'cannotFail(mask) ? STALLED : EXHAUSTED',
    to: 'EXHAUSTED',
    why: 'no page is left, and the request is refused',
    shortest: (make) => left(make, {}).ask({ gfp: KERNEL | NOFAIL, exempt: true }),
    refutes: 'GATE-12',
  },
  {
    name: 'who may not wait reclaims',
    file: PAGE_ALLOC,
    from: '  if (!mayWait(mask)) return EXHAUSTED;\n',
    to: '',
    why: 'memory is reclaimed for an interrupt',
    shortest: (make) => left(make, {}).ask({ gfp: ATOMIC }),
    refutes: 'GATE-10',
  },
];

const RECLAIM_SLIPS: readonly Slip26[] = [
  {
    name: 'progress is not looked at',
    file: PAGE_ALLOC,
    from: 'if (progress > 0) {',
    to: 'if (progress < 0) {',
    why: 'a page is freed, and somebody is killed all the same',
    shortest: (make) => left(make, {}).ask({ gfp: KERNEL }, [40]),
    refutes: 'GATE-12',
  },
  {
    name: 'after a reclaim nobody is in a hurry',
    file: PAGE_ALLOC,
    from: "    if (progress > 0) {\n      page = getPageFromFreelist(zonelist, order, 'pagesMin', flags);",
    to: "    if (progress > 0) {\n      page = getPageFromFreelist(zonelist, order, 'pagesMin', 0);",
    why: 'Normal has 17 pages after the reclaim, one above what HIGH is held to; another reclaim is made',
    shortest: (make) => left(make, { Normal: 16 }).ask({ gfp: 0x30 }, [60]),
    refutes: 'GATE-6',
  },
  {
    name: 'an attempt to free is progress',
    file: MEMORY,
    from: "if (outcome.kind === 'done') freed++;",
    to: 'freed++;',
    why: 'frame 32 is free already; the request reclaims once more before it stalls',
    shortest: (make) => left(make, { Normal: 1 }).ask({ gfp: NOFS }, [32]),
    refutes: 'GATE-10',
  },
  {
    name: 'order 3 is refused',
    file: GFP,
    from: 'export const PAGE_ALLOC_COSTLY_ORDER = 3;',
    to: 'export const PAGE_ALLOC_COSTLY_ORDER = 2;',
    why: 'a request of order 3 that may wait is tried on, and is refused',
    shortest: (make) => left(make, {}).ask({ gfp: NOFS, order: 3 }),
    refutes: 'GATE-12',
  },
  {
    name: 'NORETRY has no effect',
    file: GFP,
    from: '  if ((mask & NORETRY) !== 0) return false;\n',
    to: '',
    why: 'a request that wants to be refused stalls',
    shortest: (make) => left(make, {}).ask({ gfp: NOFS | NORETRY }),
    refutes: 'GATE-12',
  },
  {
    name: 'REPEAT has no effect',
    file: GFP,
    from: '(mask & (REPEAT | NOFAIL)) !== 0',
    to: '(mask & NOFAIL) !== 0',
    why: 'a request of order 4 with REPEAT is refused',
    shortest: (make) => left(make, {}).ask({ gfp: NOFS | REPEAT, order: 4 }),
    refutes: 'GATE-12',
  },
  {
    name: 'somebody is killed for who may not enter a filesystem',
    file: GFP,
    from: '(mask & FS) !== 0 && (mask & NORETRY) === 0',
    to: '(mask & NORETRY) === 0',
    why: 'a request without FS stalls, and the killer is called',
    shortest: (make) => left(make, {}).ask({ gfp: NOFS }),
    refutes: 'GATE-12',
  },
  {
    name: 'somebody is killed for a large block',
    file: PAGE_ALLOC,
    from: 'order > PAGE_ALLOC_COSTLY_ORDER ? EXHAUSTED : OUT_OF_MEMORY',
    to: 'OUT_OF_MEMORY',
    why: 'a request of order 4 is refused, and the killer is called',
    shortest: (make) => left(make, {}).ask({ gfp: KERNEL, order: 4 }),
    refutes: 'GATE-12',
  },
];

const FACE_SLIPS: readonly Slip26[] = [
  {
    name: 'zones are tried from the lowest',
    file: ZONE,
    from: 'id <= highest).toReversed()',
    to: 'id <= highest)',
    why: 'nothing is taken yet, and DMA gives the page that Normal would give',
    shortest: (make) => new LowMemory26(make).ask({ gfp: KERNEL }),
    refutes: 'GATE-6',
  },
  {
    name: 'DMA32 means Normal',
    file: GFP,
    from: '  if ((mask & DMA32) !== 0) return 1;\n',
    to: '',
    why: 'without DMA32 such a request may use DMA alone, and Normal gives the page',
    shortest: (make) => new LowMemory26(make).ask({ gfp: KERNEL | 4 }),
    refutes: 'GATE-7',
  },
  {
    name: 'any number is a mask',
    file: MEMORY,
    from: "    if (!isGfp(gfp)) return rejected('no-such-flags');\n",
    to: '',
    why: 'bit 3 means nothing, and a page is granted',
    shortest: (make) => new LowMemory26(make).ask({ gfp: KERNEL | 8 }),
    refutes: 'GATE-8',
  },
  {
    name: 'a zone has one frame too many',
    file: ZONE,
    from: 'frame < this.buddy.base + this.buddy.pages',
    to: 'frame <= this.buddy.base + this.buddy.pages',
    why: 'frame 32 is the first of Normal, and DMA rejects it',
    shortest: (make) => left(make, { Normal: 1 }),
    refutes: 'GIVE-1',
  },
];

export const SLIPS26: readonly Slip26[] = [...PASS_SLIPS, ...RECLAIM_SLIPS, ...FACE_SLIPS];
