/** What an allocator shows of itself, as the invariants read a zone: what it does not show is filled in as it must be. */
import { bitsOf } from '../../kinds/buddy/compare/reported.ts';
import { buddy, entryOf } from '../../../spec/index.ts';
import { order } from '../../unit.ts';
import type { Arena, Kernel, Observation, Owner, Pfn, Reported } from '../../../protocol/index.ts';
import type { Buddy } from '../../../spec/index.ts';

/** The parts of a zone that an allocator can show: its lists as blocks, or with all their links. */
export type Part = 'count' | 'lists' | 'links' | 'bits' | 'marks';

/** All that the zone of a kernel has: bits of pairs, or marks on pages. */
export const ALL_PARTS: Readonly<Record<Kernel, readonly Part[]>> = {
  '2.4': ['count', 'lists', 'links', 'bits'],
  '2.6': ['count', 'lists', 'links', 'marks'],
};

/** Reports which parts views show. */
export const partsOf = ({ freeBlocks, freeCount, freeLists, pairBits }: Reported): ReadonlySet<Part> =>
  new Set<Part>([
    ...(freeCount === undefined ? [] : (['count'] as const)),
    ...(freeBlocks === undefined && freeLists === undefined ? [] : (['lists'] as const)),
    ...(pairBits === undefined ? [] : (['bits'] as const)),
  ]);

type Lists = readonly (readonly Pfn[])[];

/** Returns the links of an arena's lists; each is a ring of nodes, its head first. */
export function linksOf({ orders, pages }: Arena, rings: readonly (readonly number[])[]): readonly number[] {
  const links = new Array<number>(2 * (pages + orders)).fill(-1);
  for (const ring of rings) {
    for (const [n, node] of ring.entries()) {
      const next = ring[n + 1] ?? ring[0] ?? 0;
      links[2 * node] = next;
      links[2 * next + 1] = node;
    }
  }
  return links;
}

/** Returns lists as rings, from head to tail; a block outside the arena, which no link leads to, is left out. */
const ringsOf = ({ base, orders, pages }: Arena, lists: Lists): readonly (readonly number[])[] =>
  Array.from({ length: orders }, (_, at) => {
    const nodes = (lists[at] ?? []).map((head) => head - base);
    return [pages + at, ...nodes.filter((node) => node >= 0 && node < pages)];
  });

/** Returns a map's words: a bit for each character of a text of 0 and 1. */
function wordsOf(bits: string): readonly number[] {
  const words = new Array<number>(Math.ceil(bits.length / 32)).fill(0);
  for (let n = 0; n < bits.length; n++) if (bits[n] === '1') words[n >> 5] = (words[n >> 5] ?? 0) | (1 << (n & 31));
  return words;
}

/** Returns a zone as it is shown, and otherwise as the specification says; the owners are what the judge was granted. */
export function observationOf(state: Buddy, shown: Reported): Observation {
  const { arena, origin, owners } = state;
  const { base, orders, pages } = arena;
  const right: Lists = Array.from({ length: orders }, (_, at) => buddy.freeBlocks(state, order(at)));
  const lists = shown.freeLists ?? shown.freeBlocks ?? right;
  const bits = Array.from({ length: orders - 1 }, (_, at) => shown.pairBits?.[at] ?? bitsOf(state, at));
  return {
    kernel: '2.4',
    arena,
    freeCount: shown.freeCount ?? right.reduce((sum, heads, at) => sum + heads.length * 2 ** at, 0),
    links: linksOf(arena, ringsOf(arena, lists)),
    maps: bits.map(wordsOf),
    pageFlags: { flag: new Uint8Array(pages), order: new Uint8Array(pages) },
    owners: Array.from({ length: pages }, (_, n): Owner => entryOf(owners, base - origin + n) ?? -4),
  };
}
