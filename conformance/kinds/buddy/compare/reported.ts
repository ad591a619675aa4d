import { buddy, order, pfn, valuesOf } from '../../../../spec/index.ts';
import { placementOf } from './place.ts';
import type { Observed } from '../wire/observed.ts';
import type { ViewName } from '../wire/requests.ts';
import type { Claims, Clause, Counterexample, Pfn, Reported } from '../../../../protocol/index.ts';
import type { Buddy, Placed } from '../../../../spec/index.ts';

type Blocks = readonly (readonly Pfn[])[];

const listed = (heads: readonly Pfn[]): string => `[${heads.join(' ')}]`;

/** Compares the frames that blocks are shown to hold with the free ones, in time linear in the blocks and the frames. */
function compareUnion({ state }: Placed, blocks: Blocks): Counterexample | undefined {
  const { base, pages, orders } = state.arena;
  /** By frame, blocks that begin there less blocks that ended before it. */
  const change = new Array<number>(pages + 1).fill(0);
  for (const [at, heads] of blocks.entries()) {
    for (const head of heads) {
      const inside = head >= base && head + 2 ** at <= base + pages && at < orders;
      if (!inside)
        return {
          clause: 'LIST-3',
          place: `order ${at}`,
          facts: [`a free block is shown at frame ${head}`, 'no such block lies in the arena'],
        };
      const end = head - base + 2 ** at;
      change[head - base] = (change[head - base] ?? 0) + 1;
      change[end] = (change[end] ?? 0) - 1;
    }
  }
  let times = 0;
  for (let n = 0; n < pages; n++) {
    times += change[n] ?? 0;
    const frame = pfn(base + n);
    const free = buddy.isFree(state, frame);
    if (times === (free ? 1 : 0)) continue;
    const clause = times > 1 ? 'LIST-2' : free ? 'LIST-4' : 'LIST-3';
    const fact =
      times > 1 ? `${times} free blocks are shown` : times === 1 ? 'a free block is shown' : 'no free block is shown';
    return {
      clause,
      place: `frame ${frame}`,
      facts: [`${fact} that holds it`, free ? 'it is free' : 'it is not free'],
    };
  }
  return undefined;
}

function compareBlocks(placed: Placed, blocks: Blocks): Counterexample | undefined {
  for (let at = 0; at < placed.state.arena.orders; at++) {
    const expected = buddy.freeBlocks(placed.state, order(at));
    const shown = (blocks[at] ?? []).toSorted((a, b) => a - b);
    if (listed(expected) === listed(shown)) continue;
    const facts = [
      `the free blocks shown are ${listed(shown)}`,
      `joined as far as can be they are ${listed(expected)}`,
    ] as const;
    return { clause: 'PAIR-4', place: `order ${at}`, facts };
  }
  return undefined;
}

function compareOrder({ lists }: Placed, shown: Blocks): Counterexample | undefined {
  for (const [at, expected] of lists.entries()) {
    if (listed(expected) === listed(shown[at] ?? [])) continue;
    return {
      clause: 'PLACE-4',
      place: `order ${at}`,
      facts: [`the list shown is ${listed(shown[at] ?? [])}`, `Linux has ${listed(expected)}`],
    };
  }
  return undefined;
}

/** Returns the bits that the pairs of an order must show, the arena's first pair first. */
export function bitsOf(state: Buddy, at: number): string {
  const { arena, origin } = state;
  const first = (arena.base - origin) >> (at + 1);
  const end = Math.ceil((arena.base - origin + arena.pages) / 2 ** (at + 1));
  const pairs = valuesOf(buddy.pairsOf(state, at)).slice(first, end);
  return pairs.map(({ lower, upper }) => (lower === upper ? '0' : '1')).join('');
}

function compareBits({ state }: Placed, shown: readonly string[]): Counterexample | undefined {
  for (let at = 0; at < state.arena.orders - 1; at++) {
    const expected = bitsOf(state, at);
    if (expected === shown[at]) continue;
    const facts = [`the bits shown are ${shown[at] ?? 'absent'}`, `of the pairs they are ${expected}`] as const;
    return { clause: 'MAP-2', place: `order ${at}`, facts };
  }
  return undefined;
}

/** Everything that is wrong in what an allocator shows of itself, as far as it claims; the first of each view. */
function* differences(claims: Claims, placed: Placed, views: Reported): Generator<Counterexample | undefined> {
  const { freeCount, freeBlocks, freeLists, pairBits } = views;
  if (freeCount !== undefined) yield compareCount(placed.state, freeCount);
  for (const blocks of [freeBlocks, freeLists]) {
    if (blocks === undefined) continue;
    yield compareUnion(placed, blocks);
    if (claims.has('best-fit')) yield compareBlocks(placed, blocks);
  }
  if (freeLists !== undefined && placementOf(claims) !== undefined) yield compareOrder(placed, freeLists);
  if (pairBits !== undefined && claims.has('best-fit')) yield compareBits(placed, pairBits);
}

function compareCount(state: Buddy, freeCount: number): Counterexample | undefined {
  const { arena } = state;
  let free = 0;
  for (let n = 0; n < arena.pages; n++) if (buddy.isFree(state, pfn(arena.base + n))) free++;
  if (free === freeCount) return undefined;
  const facts = [`the free count shown is ${freeCount}`, `${free} frames are free`] as const;
  return { clause: 'COUNT-1', place: 'arena', facts };
}

const ALL_JUDGED: ReadonlySet<string> = new Set();

/** Compares what an allocator shows of itself with what the specification says it holds, except for clauses that are not judged. */
export function compareReported(
  claims: Claims,
  placed: Placed,
  views: Reported,
  without: ReadonlySet<string> = ALL_JUDGED,
): Counterexample | undefined {
  for (const one of differences(claims, placed, views)) {
    if (one !== undefined && !without.has(one.clause)) return one;
  }
  return undefined;
}

/** What the numbers in a view are of, and the clause that says so. */
const OF_VIEW: Readonly<Record<ViewName, readonly [Clause, fact: string]>> = {
  'free-count': ['COUNT-1', 'a count is a whole number'],
  'free-blocks': ['LIST-3', 'a frame is a whole number'],
  'free-lists': ['LIST-3', 'a frame is a whole number'],
  'pair-bits': ['MAP-2', 'bits are 0 and 1'],
};

/** Refutes a view of another form, and a number in it that no count and no frame can be. @clause COUNT-1 @clause LIST-3 */
export function refuteNonsense({ nonsense }: Observed): Counterexample | undefined {
  if (nonsense === undefined) return undefined;
  const { order: at, shown, view } = nonsense;
  const [clause, fact] = OF_VIEW[view];
  if (typeof shown === 'string') return { clause, place: 'arena', facts: [shown, `that is no ${view}`] };
  if (at === undefined) return { clause, place: 'arena', facts: [`the free count shown is ${shown}`, fact] };
  return { clause, place: `order ${at}`, facts: [`a free block is shown at frame ${shown}`, fact] };
}
