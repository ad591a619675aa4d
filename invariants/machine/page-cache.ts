/** Invariants of a page cache: at one moment, and of one reclaim. */
import { firstOf, refuted } from '../invariant.ts';
import { ownerName } from '../buddy/owner.ts';
import { zoneOf } from './step.ts';
import type {
  CacheAction,
  CachedPage,
  Counterexample,
  Gfp,
  MachineObservation,
  PageCacheObservation,
  Pfn,
} from '../../protocol/index.ts';
import type { Invariant } from '../invariant.ts';

type Found = Counterexample | undefined;

/** A page cache and the memory that its pages are of, at one moment. */
export interface CacheMoment {
  readonly cache: PageCacheObservation;
  readonly memory: MachineObservation;
}

/** A page cache and its memory right before a reclaim, what the reclaim was made for, and what it did. */
export interface CacheReclaim extends CacheMoment {
  readonly gfp: Gfp;
  /** Reports whether a frame serves the class for which memory was wanted. */
  readonly memclass: (head: Pfn) => boolean;
  readonly actions: readonly CacheAction[];
}

/** The most pages that one reclaim frees. */
const MOST = 32;

const place = (head: Pfn): string => `frame ${head}`;

const usersIn = (memory: MachineObservation, head: Pfn): number => {
  const zone = zoneOf(memory, head);
  return zone?.counts[head - zone.buddy.arena.base] ?? 0;
};

function refuteUser({ cache, memory }: CacheMoment): Found {
  const seen = new Set<Pfn>();
  return firstOf([...cache.active, ...cache.inactive], ({ head }) => {
    const zone = zoneOf(memory, head);
    const owner = zone?.buddy.owners[head - zone.buddy.arena.base];
    const isTwice = seen.has(head);
    seen.add(head);
    if (isTwice) return refuted('RECLAIM-5', place(head), 'it is in the page cache', 'it is there twice');
    if (owner === 0 && usersIn(memory, head) > 0) return undefined;
    const fact = owner === undefined ? 'it lies in no zone' : `its owner is ${ownerName(owner)}`;
    return refuted('RECLAIM-5', place(head), 'it is in the page cache', fact);
  });
}

/** Holds at every moment. @clause RECLAIM-5 */
export const cachedPagesAreInUse: Invariant<CacheMoment> = {
  clause: 'RECLAIM-5',
  statement: 'Every page of the page cache is in it once, and is a single outstanding page that has a user.',
  refute: refuteUser,
};

const freedBy = (actions: readonly CacheAction[]): readonly Pfn[] =>
  actions.flatMap(({ kind, head }) => (kind === 'free' ? [head] : []));

/** The pages that a reclaim can free without doing anything else, the oldest first. */
const ready = ({ cache, memclass, memory }: CacheReclaim): readonly Pfn[] =>
  cache.inactive
    .filter(({ buffers, contents }) => contents === 'clean' && buffers === 'none')
    .map(({ head }) => head)
    .filter((head) => memclass(head) && usersIn(memory, head) === 1)
    .toReversed();

function refuteAge(reclaim: CacheReclaim): Found {
  const freed = freedBy(reclaim.actions);
  if (freed.length > MOST) {
    return refuted('RECLAIM-4', 'page cache', `${freed.length} pages were freed`, `a reclaim frees ${MOST} at most`);
  }
  const oldest = ready(reclaim);
  const early = freed.filter((head) => oldest.includes(head));
  const at = early.findIndex((head, n) => head !== oldest[n]);
  const [head, older] = [early[at], oldest[at]];
  if (head !== undefined && older !== undefined) {
    return refuted('RECLAIM-4', place(head), 'it was freed', `frame ${older} is older, and was not freed before it`);
  }
  const stranger = freed.find((one) => !reclaim.memclass(one));
  if (stranger === undefined) return undefined;
  return refuted('RECLAIM-4', place(stranger), 'it was freed', 'it does not serve the class');
}

/** @clause RECLAIM-4 */
export const theOldestAreFreed: Invariant<CacheReclaim> = {
  clause: 'RECLAIM-4',
  statement:
    'A reclaim of a page cache frees at most 32 pages, all of the class; of those that it could free at once, the oldest come first.',
  refute: refuteAge,
};

/** Returns what would be lost if a page was freed, or who would lose it. */
function lossOf(page: CachedPage | undefined, users: number, before: readonly CacheAction[]): string | undefined {
  if (page === undefined) return 'it was not in the page cache';
  if (users !== 1) return `it had ${users} users`;
  const did = (...kinds: readonly CacheAction['kind'][]): boolean =>
    before.some(({ kind, head }) => head === page.head && kinds.includes(kind));
  if (page.contents !== 'clean' && !did('write', 'wait')) return `it was ${page.contents}`;
  return page.buffers === 'dirty' && !did('flush') ? 'its buffers were dirty' : undefined;
}

function refuteLoss({ actions, cache, memory }: CacheReclaim): Found {
  const pages = [...cache.active, ...cache.inactive];
  for (const [n, { head, kind }] of actions.entries()) {
    if (kind !== 'free') continue;
    const page = pages.find((one) => one.head === head);
    const loss = lossOf(page, usersIn(memory, head), actions.slice(0, n));
    if (loss !== undefined) return refuted('RECLAIM-6', place(head), 'it was freed', loss);
  }
  return undefined;
}

/** @clause RECLAIM-6 */
export const nothingIsLost: Invariant<CacheReclaim> = {
  clause: 'RECLAIM-6',
  statement:
    'A page that a reclaim frees was in the page cache, which was its only user, and was clean or written before, and so were its buffers.',
  refute: refuteLoss,
};

/** Reports whether a mask has a bit. */
const has = (gfp: Gfp, bit: 0x40 | 0x80 | 0x100): boolean => Math.floor(gfp / bit) % 2 === 1;

const NAMES = { write: 'it was written', wait: 'it was waited for', flush: 'its buffers were written' } as const;

/** Refutes the first action of some kinds, in the zones that are meant, if the mask lacks a bit. */
function refuteWithout(
  { actions, gfp, memory }: CacheReclaim,
  clause: 'RECLAIM-7' | 'RECLAIM-8' | 'RECLAIM-9',
  kinds: readonly CacheAction['kind'][],
  [bit, name]: readonly [0x40 | 0x80 | 0x100, string],
): Found {
  if (has(gfp, bit)) return undefined;
  return firstOf(actions, ({ head, kind }) => {
    if (kind === 'free' || !kinds.includes(kind)) return undefined;
    if (clause === 'RECLAIM-9' && zoneOf(memory, head)?.name !== 'HighMem') return undefined;
    return refuted(clause, place(head), NAMES[kind], `the mask 0x${gfp.toString(16)} has no ${name}`);
  });
}

/** @clause RECLAIM-7 */
export const noFilesystemWithoutFs: Invariant<CacheReclaim> = {
  clause: 'RECLAIM-7',
  statement: 'A reclaim for a mask without FS writes no page, and waits for none.',
  refute: (reclaim) => refuteWithout(reclaim, 'RECLAIM-7', ['write', 'wait'], [0x100, 'FS']),
};

/** @clause RECLAIM-8 */
export const noBuffersWithoutIo: Invariant<CacheReclaim> = {
  clause: 'RECLAIM-8',
  statement: 'A reclaim for a mask without IO writes no buffers.',
  refute: (reclaim) => refuteWithout(reclaim, 'RECLAIM-8', ['flush'], [0x40, 'IO']),
};

/** @clause RECLAIM-9 */
export const noHighBuffersWithoutHighio: Invariant<CacheReclaim> = {
  clause: 'RECLAIM-9',
  statement: 'A reclaim for a mask without HIGHIO writes no buffers of a page of HighMem.',
  refute: (reclaim) => refuteWithout(reclaim, 'RECLAIM-9', ['flush'], [0x80, 'HIGHIO']),
};

/** Every invariant of one reclaim of a page cache. */
export const cacheInvariants: readonly Invariant<CacheReclaim>[] = [
  theOldestAreFreed,
  nothingIsLost,
  noFilesystemWithoutFs,
  noBuffersWithoutIo,
  noHighBuffersWithoutHighio,
];

/** Returns a counterexample to each invariant that a page cache and one reclaim of it refute. */
export const refuteCache = (reclaim: CacheReclaim): readonly Counterexample[] => [
  ...[cachedPagesAreInUse.refute(reclaim) ?? []].flat(),
  ...cacheInvariants.flatMap(({ refute }) => refute(reclaim) ?? []),
];
