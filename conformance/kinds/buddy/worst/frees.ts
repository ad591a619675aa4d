/** The frees that cost a buddy allocator most: of an arena of single frames, and far apart. */

/** Frames to be freed, counted from the arena's first; in each list every one is far from the one before it. */
export interface Frees {
  /** Every second frame: none of them has a buddy that is free. */
  readonly apart: readonly number[];
  /** The others, but the last frame of each largest block: most of them join something. */
  readonly joining: readonly number[];
  /** The last frame of each largest block: each joins through every order. */
  readonly last: readonly number[];
}

/** Returns the numbers below 2^bits with their bits in reverse. */
const scattered = (bits: number): readonly number[] =>
  Array.from({ length: 2 ** bits }, (_, n) =>
    Array.from({ length: bits }, (_, bit) => ((n >> bit) & 1) << (bits - 1 - bit)).reduce((sum, bit) => sum | bit, 0),
  );

/** Returns the frees of an arena of a power of two of frames, which has room for a block of the largest order. */
export function worstFrees(pages: number, orders: number): Frees {
  const far = scattered(Math.log2(pages));
  const largest = 2 ** (orders - 1);
  const isLast = (frame: number): boolean => frame % largest === largest - 1;
  return {
    apart: far.filter((frame) => frame % 2 === 0),
    joining: far.filter((frame) => frame % 2 === 1 && !isLast(frame)),
    last: far.filter(isLast),
  };
}
