/** Reading the maps of an observation. */
import type { Order, Observation } from '../../protocol/index.ts';

/** The number of bits in a word of a map. */
export const WORD = 32;

/** Returns the index of the lowest bit of a word that is 1. The word must not be 0. */
export const lowestOf = (word: number): number => 31 - Math.clz32(word & -word);

/** Returns the bit of a pair: 0 or 1. */
export const bitOf = ({ maps }: Observation, of: Order, pair: number): number =>
  ((maps[of]?.[pair >>> 5] ?? 0) >>> (pair & 31)) & 1;

/** Returns the first pair of an order whose bit differs between two moments, except the pair `may`, which may differ. */
export function changedPair(before: Observation, after: Observation, of: Order, may?: number): number | undefined {
  const [was, is] = [before.maps[of] ?? [], after.maps[of] ?? []];
  for (let word = 0; word < Math.max(was.length, is.length); word++) {
    const changed = (was[word] ?? 0) ^ (is[word] ?? 0);
    const wrong = may !== undefined && may >>> 5 === word ? changed & ~(1 << may) : changed;
    if (wrong !== 0) return WORD * word + lowestOf(wrong);
  }
  return undefined;
}
