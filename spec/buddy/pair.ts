/** Two buddies, and of each whether it is wholly free: two bits, where Linux keeps one. @clause PAIR-1 */
export interface Pair {
  readonly lower: boolean;
  readonly upper: boolean;
}

export const NEITHER: Pair = { lower: false, upper: false };
const LOWER: Pair = { lower: true, upper: false };
const UPPER: Pair = { lower: false, upper: true };
export const BOTH: Pair = { lower: true, upper: true };

export function pairOf(lower: boolean, upper: boolean): Pair {
  if (lower) return upper ? BOTH : LOWER;
  return upper ? UPPER : NEITHER;
}

/** What Linux's one bit tells of a pair. @clause MAP-2 */
export const exactlyOne = ({ lower, upper }: Pair): boolean => lower !== upper;

/** @clause PAIR-2 */
export const wholeOf = ({ lower, upper }: Pair): boolean => lower && upper;
