/** Two buddies, with two bits where Linux keeps one. */

/** For each of two buddies, whether it is wholly free. @clause PAIR-1 */
export interface Pair {
  readonly lower: boolean;
  readonly upper: boolean;
}

export const NEITHER: Pair = { lower: false, upper: false };
const LOWER: Pair = { lower: true, upper: false };
const UPPER: Pair = { lower: false, upper: true };
export const BOTH: Pair = { lower: true, upper: true };

/** Returns the pair with these two bits. */
export function pairOf(lower: boolean, upper: boolean): Pair {
  if (lower) return upper ? BOTH : LOWER;
  return upper ? UPPER : NEITHER;
}

/** Returns what Linux's one bit tells of a pair. @clause MAP-2 */
export const exactlyOne = ({ lower, upper }: Pair): boolean => lower !== upper;

/** Reports whether the parent of a pair is wholly free. @clause PAIR-2 */
export const wholeOf = ({ lower, upper }: Pair): boolean => lower && upper;

/** Reports whether a pair has a half that is wholly free. */
export const anyOf = ({ lower, upper }: Pair): boolean => lower || upper;
