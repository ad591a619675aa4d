/** The page cache of this project's reclaimer: which pages a reclaim frees, and what it does with the others. */
import { mayEnterFs, mayStartIo } from './gfp.ts';
import type { CacheAction, CachedPage, Gfp, PageCacheObservation, Pfn } from '../../protocol/index.ts';

/** The pages of a cache: those used lately and the others, on each list the one that came last first. */
export type PageCache = PageCacheObservation;

/** A cache without pages. */
export const EMPTY_CACHE: PageCache = { active: [], inactive: [] };

/** The number of pages that a reclaim wants to free. @clause RECLAIM-4 */
const WANTED = 32;
/** The parts of the list that a reclaim looks at, one after the other: a sixth, a fifth, and at last all. @clause RECLAIM-4 */
const PARTS: readonly number[] = [6, 5, 4, 3, 2, 1];

const without = (pages: readonly CachedPage[], head: Pfn): readonly CachedPage[] =>
  pages.filter((page) => page.head !== head);

/** Reports whether a page is in the cache. @clause RECLAIM-5 */
export const isCached = ({ active, inactive }: PageCache, head: Pfn): boolean =>
  [...active, ...inactive].some((page) => page.head === head);

/** Returns why a page does not come into the cache, which has `users` users as a single page; undefined if it does. @clause RECLAIM-5 */
export function addMisuse(cache: PageCache, head: Pfn, users: number): 'in-page-cache' | 'no-such-page' | undefined {
  if (isCached(cache, head)) return 'in-page-cache';
  return users === 0 ? 'no-such-page' : undefined;
}

/** Reports whether a free would take the user that the cache is. @clause RECLAIM-5 */
export const takesFromCache = (cache: PageCache, head: Pfn, users: number): boolean =>
  users === 1 && isCached(cache, head);

/** The cache with one page more. */
export const addPage = ({ active, inactive }: PageCache, head: Pfn): PageCache => ({
  active,
  inactive: [{ head, referenced: false, contents: 'clean', buffers: 'none' }, ...inactive],
});

/** The cache without a page. */
export const removePage = ({ active, inactive }: PageCache, head: Pfn): PageCache => ({
  active: without(active, head),
  inactive: without(inactive, head),
});

/** The cache after a page was used: its second use since it came moves it to the pages used lately. @clause RECLAIM-4 */
export function usePage({ active, inactive }: PageCache, head: Pfn): PageCache {
  const twice = inactive.find((page) => page.head === head && page.referenced);
  if (twice !== undefined) {
    return { active: [{ ...twice, referenced: false }, ...active], inactive: without(inactive, head) };
  }
  const used = (page: CachedPage): CachedPage => (page.head === head ? { ...page, referenced: true } : page);
  return { active: active.map(used), inactive: inactive.map(used) };
}

/** The cache with one page changed. */
export function changePage({ active, inactive }: PageCache, head: Pfn, to: Partial<CachedPage>): PageCache {
  const changed = (page: CachedPage): CachedPage => (page.head === head ? { ...page, ...to } : page);
  return { active: active.map(changed), inactive: inactive.map(changed) };
}

/** A walk over the pages used lately: those that it passes over, the oldest first, and those that it moves. */
interface Walk {
  readonly passed: readonly CachedPage[];
  readonly moved: readonly CachedPage[];
}

/** Walks over pages, the oldest first, until `most` are moved. */
const walk = (pages: readonly CachedPage[], most: number): Walk =>
  pages.reduce<Walk>(
    ({ passed, moved }, page) => {
      if (moved.length === most) return { passed, moved };
      return page.referenced
        ? { moved, passed: [...passed, { ...page, referenced: false }] }
        : { passed, moved: [...moved, { ...page, referenced: true }] };
    },
    { passed: [], moved: [] },
  );

/**
 * Moves up to `most` of the oldest pages used lately to the others; passes over those that were used again, once. If a page
 * but the last is passed over, the walk comes to those passed over after it. @clause RECLAIM-4
 */
function refill({ active, inactive }: PageCache, most: number): PageCache {
  const oldestFirst = active.toReversed();
  const first = walk(oldestFirst, most);
  const comesAround = oldestFirst.slice(0, -1).some(({ referenced }) => referenced);
  const second = walk(comesAround ? first.passed : [], most - first.moved.length);
  const unseen = oldestFirst.slice(first.passed.length + first.moved.length);
  const passed = first.passed.slice(second.moved.length);
  return {
    active: [...unseen, ...passed].toReversed(),
    inactive: [...[...first.moved, ...second.moved].toReversed(), ...inactive],
  };
}

/** What a reclaim is made for, and what answers it. */
export interface CacheRequest {
  readonly gfp: Gfp;
  /** Reports whether a page serves the class, and is used by nobody but the cache. */
  readonly isWanted: (head: Pfn) => boolean;
  readonly isHighmem: (head: Pfn) => boolean;
  /** Reports whether a page, or its buffers, are written as soon as that is begun. */
  readonly isPrompt: (action: CacheAction) => boolean;
}

/** What becomes of one page: what is done with it, and how it is afterwards. */
interface Fate {
  readonly actions: readonly CacheAction[];
  readonly page: CachedPage;
}

/** Returns what becomes of a page that is neither freed nor goes to another list. @clause RECLAIM-7 */
function fateInFilesystem(page: CachedPage, { isPrompt }: CacheRequest): Fate {
  const { head } = page;
  if (page.contents === 'writing') return { actions: [{ kind: 'wait', head }], page: { ...page, contents: 'clean' } };
  const write: CacheAction = { kind: 'write', head };
  return { actions: [write], page: { ...page, contents: isPrompt(write) ? 'clean' : 'writing' } };
}

/** Returns what becomes of a page; its last action is `free` if it is freed. @clause RECLAIM-6 @clause RECLAIM-8 @clause RECLAIM-9 */
function fateOf(page: CachedPage, request: CacheRequest): Fate {
  const { head, contents, buffers } = page;
  const { gfp, isHighmem, isPrompt, isWanted } = request;
  if (!isWanted(head)) return { actions: [], page };
  if (contents !== 'clean' && mayEnterFs(gfp)) return fateInFilesystem(page, request);
  if (contents === 'writing') return { actions: [], page };
  const flush: CacheAction = { kind: 'flush', head };
  const flushes = buffers === 'dirty' && mayStartIo(gfp, isHighmem(head));
  const actions = flushes ? [flush] : [];
  if (buffers === 'dirty' && !(flushes && isPrompt(flush))) return { actions, page };
  const released: CachedPage = { ...page, buffers: 'none' };
  return contents === 'dirty' ? { actions, page: released } : { actions: [...actions, { kind: 'free', head }], page };
}

/** A reclaim under way. */
export interface Shrunk {
  readonly cache: PageCache;
  readonly actions: readonly CacheAction[];
  /** The number of pages still wanted. */
  readonly wanted: number;
}

/** Looks at the oldest page of those not used lately: it is freed, or comes first on its list. @clause RECLAIM-4 */
function shrinkOnce({ cache, actions, wanted }: Shrunk, request: CacheRequest): Shrunk {
  const { active, inactive } = cache;
  const oldest = inactive.at(-1);
  if (oldest === undefined || wanted === 0) return { cache, actions, wanted };
  const fate = fateOf(oldest, request);
  const isFreed = fate.actions.at(-1)?.kind === 'free';
  const rest = inactive.slice(0, -1);
  return {
    cache: { active, inactive: isFreed ? rest : [fate.page, ...rest] },
    actions: [...actions, ...fate.actions],
    wanted: isFreed ? wanted - 1 : wanted,
  };
}

/** Goes over both lists once: over one in so many of the pages that were not used lately. @clause RECLAIM-4 */
function shrinkPart(so: Shrunk, part: number, request: CacheRequest): Shrunk {
  const { active, inactive } = so.cache;
  const most = Math.floor((so.wanted * active.length) / (2 * (inactive.length + 1)));
  const cache = refill(so.cache, most);
  const looks = Array.from({ length: Math.floor(cache.inactive.length / part) });
  return looks.reduce<Shrunk>((shrunk) => shrinkOnce(shrunk, request), { ...so, cache });
}

/** Reclaims from a page cache. It has succeeded if no page is wanted any more. @clause RECLAIM-4 */
export const reclaimCache = (cache: PageCache, request: CacheRequest): Shrunk =>
  PARTS.reduce<Shrunk>((so, part) => shrinkPart(so, part, request), { cache, actions: [], wanted: WANTED });
