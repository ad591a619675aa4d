/** The slips of the page cache, of the task that reclaims, and of which machines can be made. */

import { BothCaches } from '../../lockstep/machine/cache.ts';
import { GFP_HIGHUSER, PF_MEMALLOC, gfp, machineOf, nodeId, order, pfn } from '../../../src/index.ts';
import { plainMachine } from '../../unit/machine/low-memory.ts';
import type { Broken } from '../load.ts';
import type { Clause, Machine, PageOutcome } from '../../../protocol/index.ts';
import type { Edit } from '../sources.ts';
import type { PhysicalMemory, Reclaimer } from '../../../src/index.ts';

/** A slip whose case is no sequence of commands: it throws the clause that it refutes. */
export interface CacheSlip extends Edit {
  readonly name: string;
  readonly why: string;
  readonly shortest: (make: Broken) => void;
  readonly refutes: Clause;
}

const LRU = 'src/machine/cache/lru.ts';
const MASKS = 'src/machine/gfp.ts';

const KERNEL = 0x1f0;
const NO_MARKS = { ratio: 2 ** 30, least: 0, most: 0 };

function memoryOf(make: Broken, machine: Machine, reclaimer: Reclaimer): PhysicalMemory {
  make.refuel();
  const created = make.createMachine(machine, reclaimer);
  if (created.kind === 'rejected') throw new Error(`${created.clause} refuted: ${created.why}`);
  created.memory.handOverAll();
  return created.memory;
}

type Act = (caches: BothCaches, memory: PhysicalMemory) => void;

/** Frames 0 to 63 in one zone, all granted; the first `count` are in the cache, which alone uses them. Then one request. */
const cached =
  (count: number, act: Act, mask = KERNEL, zone: 'Normal' | 'HighMem' = 'Normal') =>
  (make: Broken): void => {
    const limits = { dma: pfn(0), normal: pfn(zone === 'Normal' ? 64 : 0) };
    make.refuel();
    const balance = { DMA: NO_MARKS, Normal: NO_MARKS, HighMem: NO_MARKS };
    const machine = machineOf([{ first: 0, end: 64 }], { limits, balance, orders: 4 });
    const caches = new BothCaches(machine, (of, store) => new make.LruReclaimer(of, undefined, store));
    const memory = memoryOf(make, machine, caches);
    caches.watch(memory.observe());
    for (let n = 0; n < 64; n++) memory.allocPages(GFP_HIGHUSER, order(0), undefined, PF_MEMALLOC);
    for (let n = 0; n < count; n++) {
      caches.add(pfn(n));
      memory.putPage(pfn(n));
    }
    act(caches, memory);
    make.refuel();
    memory.allocPages(gfp(mask), order(0));
  };

const nothing: Act = () => undefined;
const each =
  (count: number, act: (caches: BothCaches, frame: ReturnType<typeof pfn>) => void): Act =>
  (caches) => {
    for (let n = 0; n < count; n++) act(caches, pfn(n));
  };
const dirty = each(40, (caches, frame) => caches.dirty(frame));
const dirtyBuffers = each(40, (caches, frame) => caches.buffer(frame, 'dirty'));

/** Frees are refused: 64 pages are tried to no avail, and then the reclaim has failed. */
function refusedFrees(make: Broken): void {
  const machine = plainMachine([[64]]);
  make.refuel();
  const lru = new make.LruReclaimer(machine);
  const done: PageOutcome = { kind: 'done' };
  lru.attach({ usersOf: () => 1, getPage: () => done, putPage: () => done });
  for (let n = 0; n < 64; n++) lru.addToPageCache(pfn(n));
  const zone = { node: nodeId(0), name: 'DMA' as const, memclass: () => true };
  make.refuel();
  const success = lru.tryToFreePagesZone(zone, gfp(KERNEL), () => ({
    kind: 'rejected',
    misuse: 'double-free',
    clause: 'MISUSE-5',
  }));
  if (success) throw new Error('RECLAIM-4 refuted: it says that 32 pages were freed, but none was');
}

/** A request that is made during a reclaim, of a zone with one free page below its marks. */
function nested(make: Broken): void {
  let rounds = 0;
  const answers: PageOutcome[] = [];
  const reclaimer: Reclaimer = {
    wakeKswapd: () => undefined,
    tryToFreePagesZone: (_zone, _gfp, free) => {
      rounds++;
      if (rounds === 1) answers.push(memory.allocPages(gfp(KERNEL), order(0)));
      return free(pfn(40), order(0)).kind === 'done';
    },
  };
  const memory = memoryOf(make, plainMachine([[0, 64, 0]]), reclaimer);
  for (let n = 0; n < 64; n++) memory.allocPages(gfp(KERNEL), order(0), undefined, PF_MEMALLOC);
  memory.freePages(pfn(0), order(0));
  make.refuel();
  const outer = memory.allocPages(gfp(KERNEL), order(0));
  if (rounds > 1) throw new Error(`PASS-4 refuted: a task that reclaims has reclaimed again, ${rounds} times in all`);
  if (answers[0]?.kind !== 'granted') throw new Error('WATER-4 refuted: a task that reclaims was refused a free page');
  if (outer.kind !== 'granted') throw new Error('RECLAIM-1 refuted: the task did not get the page that it reclaimed');
}

/** Two zones that share frame 7, which must not be made. */
function overlapping(make: Broken): void {
  const zone = (name: 'DMA' | 'Normal', base: number): Machine['nodes'][number] => ({
    zones: [{ name, base: pfn(base), pages: 8, holes: [] }],
  });
  const machine = { ...plainMachine([[8]]), nodes: [zone('DMA', 0), zone('Normal', 7)] };
  make.refuel();
  const created = make.createMachine(machine, { wakeKswapd: () => undefined, tryToFreePagesZone: () => false });
  if (created.kind === 'created') throw new Error('MAKE-6 refuted: it was made, though two zones share frame 7');
}

const slip = (
  refutes: Clause,
  name: string,
  file: string,
  [from, to]: readonly [string, string],
  why: string,
  shortest: CacheSlip['shortest'],
): CacheSlip => ({ refutes, name, file, from, to, why, shortest });

export const CACHE_SLIPS: readonly CacheSlip[] = [
  slip(
    'RECLAIM-4',
    'frees that failed are counted',
    LRU,
    ["else if (free(head, order(0)).kind === 'done') left--;", 'else { free(head, order(0)); left--; }'],
    'the reclaim says that it succeeded, and freed nothing',
    refusedFrees,
  ),
  slip(
    'PASS-4',
    'the task that reclaims is not flagged so',
    'src/machine/reclaim.ts',
    ['task.flags |= PF_MEMALLOC | PF_FREE_PAGES;', 'task.flags |= PF_FREE_PAGES;'],
    'what it asks for on the way is held to the marks, and it reclaims again',
    nested,
  ),
  slip(
    'PASS-4',
    'what a task asks for on the way is asked by another task',
    'src/machine/current.ts',
    ['const task = this.#task ?? newTask(0);', 'const task = newTask(0);'],
    'the nested request has no PF_MEMALLOC',
    nested,
  ),
  slip(
    'MAKE-6',
    'an overlap of one frame is none',
    'src/machine/create.ts',
    ['zone.base + zone.pages <= next.zone.base) continue;', 'zone.base + zone.pages <= next.zone.base + 1) continue;'],
    'frame 7 would be granted twice',
    overlapping,
  ),
  slip(
    'RECLAIM-5',
    'the cache is no user of its page',
    LRU,
    ["if (this.#pages.getPage(head).kind !== 'done') return rejected('no-such-page');", ''],
    'the reader cannot free its page: it alone is counted',
    cached(0, (caches, memory) => {
      caches.add(pfn(0));
      const { kind } = memory.putPage(pfn(0));
      if (kind !== 'done') throw new Error(`RECLAIM-5 refuted: the reader frees its page, and is answered ${kind}`);
    }),
  ),
  slip(
    'RECLAIM-5',
    'a page comes into the cache twice',
    LRU,
    ["    if (this.holds(head)) return rejected('in-page-cache');\n", ''],
    'frame 0 is added again',
    cached(1, (caches) => caches.add(pfn(0))),
  ),
  slip(
    'RECLAIM-5',
    'a page that nobody uses comes into the cache',
    LRU,
    [
      "node < 0 || this.#pages.usersOf(head) === 0) return rejected('no-such-page');\n    if (this.#pages.getPage(head).kind !== 'done') return",
      'node < 0) return',
    ],
    'frame 63 is free, and added',
    cached(1, (caches, memory) => {
      memory.freePages(pfn(63), order(0));
      caches.add(pfn(63));
    }),
  ),
  slip(
    'RECLAIM-6',
    'a page that somebody else uses is freed',
    LRU,
    ['classZone.memclass(head) && this.#pages.usersOf(head) === 1', 'classZone.memclass(head)'],
    'frame 0 has two users',
    cached(40, (_caches, memory) => memory.getPage(pfn(0))),
  ),
  slip(
    'RECLAIM-6',
    'a dirty page is freed',
    LRU,
    ["this.#tryToReleasePage(node, gfp) && contents.of(node) === 'clean'", 'this.#tryToReleasePage(node, gfp)'],
    'NOFS may not write it',
    cached(40, dirty, 0xf0),
  ),
  slip(
    'RECLAIM-7',
    'FS is not looked at',
    MASKS,
    ['=> (mask & FS) !== 0;', '=> mask !== 0;'],
    'NOFS writes a dirty page',
    cached(40, dirty, 0xf0),
  ),
  slip(
    'RECLAIM-8',
    'IO is not looked at',
    MASKS,
    ['(mask & IO) !== 0 && (!isHighmem', '(!isHighmem'],
    'NOIO writes dirty buffers',
    cached(40, dirtyBuffers, 0x30),
  ),
  slip(
    'RECLAIM-9',
    'HIGHIO is not looked at',
    MASKS,
    [' && (!isHighmem || (mask & HIGHIO) !== 0)', ''],
    'NOHIGHIO writes dirty buffers of high memory',
    cached(40, dirtyBuffers, 0x72, 'HighMem'),
  ),
  slip(
    'RECLAIM-4',
    'the youngest page is freed first',
    'src/machine/cache/lists.ts',
    ['return this.#links.prevOf(this.#inactive);', 'return this.#links.nextOf(this.#inactive);'],
    'frame 39 came last',
    cached(40, nothing),
  ),
];
