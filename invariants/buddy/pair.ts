/** Invariants of the maps: what the one bit of each pair tells. */
import { WORD, bitOf, lowestOf } from './bitmap.ts';
import { blockAround, endOf } from './layer.ts';
import { blockName, pairName } from './place.ts';
import { firstPairAt, pairSizeOf, pairsIn, sizeOf } from '../arithmetic.ts';
import { frameIndex, order } from '../unit.ts';
import { isListed, isWhollyFree } from './reading.ts';
import { refuted } from '../invariant.ts';
import type { Arena, Clause, Counterexample, FrameIndex, Observation, Order } from '../../protocol/index.ts';
import type { Layer } from './layer.ts';
import type { ReadInvariant, Reading } from './reading.ts';

type Found = Counterexample | undefined;

/** The orders that have a map: those below the top, and only 2.4 keeps one. */
const mappedOrders = ({ arena, kernel }: Observation): number => (kernel === '2.4' ? arena.orders - 1 : 0);

function refuteMap(arena: Arena, of: Order, map: ArrayLike<number>): Found {
  const pairs = pairsIn(arena, of);
  const needed = Math.ceil(pairs / WORD);
  if (map.length !== needed) {
    return refuted('MAP-1', `order ${of}`, `the map has ${map.length} words`, `${pairs} pairs take ${needed}`);
  }
  const last = map[needed - 1] ?? 0;
  const beyond = pairs % WORD === 0 ? 0 : last >>> (pairs % WORD);
  if (beyond === 0) return undefined;
  const pair = pairs + lowestOf(beyond);
  return refuted('MAP-1', pairName(of, pair), 'map bit is 1', `the order has ${pairs} pairs`);
}

function refuteMaps({ observation }: Reading): Found {
  const { arena, maps } = observation;
  const mapped = mappedOrders(observation);
  if (maps.length !== mapped) {
    return refuted('MAP-1', 'arena', `there are ${maps.length} maps`, `${mapped} orders have one`);
  }
  for (const [n, map] of maps.entries()) {
    const found = refuteMap(arena, order(n), map);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** @clause MAP-1 */
export const onlyPairsHaveBits: ReadInvariant = {
  clause: 'MAP-1',
  statement:
    'Each order below the top has a map with one bit for each pair, in words of 32 whose other bits are 0; the top order has none.',
  refute: refuteMaps,
};

/** A property of blocks. The bit of a pair is said to tell whether exactly one half of the pair has it. */
interface Telling {
  readonly clause: Clause;
  readonly isSo: (reading: Reading, head: FrameIndex, of: Order) => boolean;
  /** The word that a map must have: for each pair, whether exactly one half has the property. */
  readonly wordOf: (reading: Reading, of: Order, word: number) => number;
  readonly words: readonly [without: string, having: string];
}

/** The first frame of the first pair of a word. */
const headOfWord = (arena: Arena, of: Order, word: number): number =>
  firstPairAt(arena, of) + WORD * word * pairSizeOf(of);

/** The number of pairs that a word has a bit for; in the last word there may be fewer than 32. */
const pairsOfWord = (arena: Arena, of: Order, word: number): number => Math.min(WORD, pairsIn(arena, of) - WORD * word);

/** Written out beside its twin `listedWord`: one loop with `isSo` as an argument makes all invariants a third slower, because it is not inlined. */
function whollyFreeWord(reading: Reading, of: Order, word: number): number {
  const { arena } = reading.observation;
  const size = sizeOf(of);
  const pairs = pairsOfWord(arena, of, word);
  let head = headOfWord(arena, of, word);
  let bits = 0;
  for (let pair = 0; pair < pairs; pair++, head += 2 * size) {
    const lower = isWhollyFree(reading, frameIndex(head), of);
    if (lower !== isWhollyFree(reading, frameIndex(head + size), of)) bits |= 1 << pair;
  }
  return bits;
}

function listedWord(reading: Reading, of: Order, word: number): number {
  const { arena } = reading.observation;
  const size = sizeOf(of);
  const pairs = pairsOfWord(arena, of, word);
  let head = headOfWord(arena, of, word);
  let bits = 0;
  for (let pair = 0; pair < pairs; pair++, head += 2 * size) {
    const lower = isListed(reading, frameIndex(head), of);
    if (lower !== isListed(reading, frameIndex(head + size), of)) bits |= 1 << pair;
  }
  return bits;
}

function refuteBit(reading: Reading, { clause, isSo, words }: Telling, of: Order, pair: number): Counterexample {
  const { observation } = reading;
  const head = firstPairAt(observation.arena, of) + pair * pairSizeOf(of);
  const wordFor = (from: number): string => words[isSo(reading, frameIndex(from), of) ? 1 : 0];
  const halves = `lower buddy ${wordFor(head)}, upper buddy ${wordFor(head + sizeOf(of))}`;
  return refuted(clause, pairName(of, pair), `map bit is ${bitOf(observation, of, pair)}`, halves);
}

function refuteBits(reading: Reading, telling: Telling): Found {
  const { observation } = reading;
  const { arena, maps } = observation;
  const mapped = mappedOrders(observation);
  for (let n = 0; n < mapped; n++) {
    const of = order(n);
    const needed = Math.ceil(pairsIn(arena, of) / WORD);
    for (let word = 0; word < needed; word++) {
      const known = -1 >>> (WORD - pairsOfWord(arena, of, word));
      const wrong = ((maps[n]?.[word] ?? 0) ^ telling.wordOf(reading, of, word)) & known;
      if (wrong !== 0) return refuteBit(reading, telling, of, WORD * word + lowestOf(wrong));
    }
  }
  return undefined;
}

const WHOLLY_FREE: Telling = {
  clause: 'MAP-2',
  isSo: isWhollyFree,
  wordOf: whollyFreeWord,
  words: ['in use', 'free'],
};

const LISTED: Telling = { clause: 'MAP-3', isSo: isListed, wordOf: listedWord, words: ['not listed', 'listed'] };

/** Reads maps and owners, and not the lists. @clause MAP-2 */
export const bitTellsWhollyFree: ReadInvariant = {
  clause: 'MAP-2',
  statement: 'The bit of a pair is 1 if and only if exactly one of its two buddies is wholly free.',
  refute: (reading) => refuteBits(reading, WHOLLY_FREE),
};

/** Reads maps and lists, and not the owners. @clause MAP-3 */
export const bitTellsListed: ReadInvariant = {
  clause: 'MAP-3',
  statement: 'The bit of a pair is 1 if and only if exactly one of its two buddies is on the list of its order.',
  refute: (reading) => refuteBits(reading, LISTED),
};

/** The block of a layer, if any, that holds a whole pair. */
function refuteInside(reading: Reading, layer: Layer, kind: string, of: Order, pair: number): Found {
  const { arena } = reading.observation;
  const size = pairSizeOf(of);
  const lower = firstPairAt(arena, of) + pair * size;
  const block = blockAround(layer, lower);
  if (block === undefined || endOf(block) < lower + size) return undefined;
  return refuted('MAP-4', pairName(of, pair), 'map bit is 1', `it lies inside the ${kind} ${blockName(arena, block)}`);
}

function refuteInner(reading: Reading): Found {
  const { observation, listed, outstanding } = reading;
  const mapped = mappedOrders(observation);
  for (let n = 0; n < mapped; n++) {
    const of = order(n);
    const words = observation.maps[n] ?? [];
    for (let word = 0; word < words.length; word++) {
      // Few bits are 1, so only those are visited, the lowest first.
      for (let bits = words[word] ?? 0; bits !== 0; bits &= bits - 1) {
        const pair = WORD * word + lowestOf(bits);
        const found =
          refuteInside(reading, listed, 'free', of, pair) ??
          refuteInside(reading, outstanding, 'outstanding', of, pair);
        if (found !== undefined) return found;
      }
    }
  }
  return undefined;
}

/** @clause MAP-4 */
export const innerBitsAreClear: ReadInvariant = {
  clause: 'MAP-4',
  statement: 'The bits of pairs that lie inside a free or an outstanding block are 0.',
  refute: refuteInner,
};
