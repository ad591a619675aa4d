import type { Order, Observation } from '../../protocol/index.ts';

/** Bits in a word of a map. */
export const WORD = 32;

/** The number of the lowest bit of a word that is 1; the word is not 0. */
export const lowestOf = (word: number): number => 31 - Math.clz32(word & -word);

/** A pair's bit: 0 or 1. */
export const bitOf = ({ maps }: Observation, of: Order, pair: number): number =>
  ((maps[of]?.[pair >>> 5] ?? 0) >>> (pair & 31)) & 1;

/** The first pair, but for one that may, whose bit differs between two moments of an order's map. */
export function changedPair(before: Observation, after: Observation, of: Order, may?: number): number | undefined {
  const [was, is] = [before.maps[of] ?? [], after.maps[of] ?? []];
  for (let word = 0; word < Math.max(was.length, is.length); word++) {
    const changed = (was[word] ?? 0) ^ (is[word] ?? 0);
    const wrong = may !== undefined && may >>> 5 === word ? changed & ~(1 << may) : changed;
    if (wrong !== 0) return WORD * word + lowestOf(wrong);
  }
  return undefined;
}
