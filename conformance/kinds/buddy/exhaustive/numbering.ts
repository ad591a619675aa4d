/** How the states of a small arena are numbered: all of them, or one of all that swapping buddies makes of one another. */

/** Numbers for the states of a block of each order: 0 if all of it is free, the last if it is outstanding itself. */
export interface Numbering {
  /** How many states of a block of an order have a number. */
  readonly size: (of: number) => number;
  /** Outstanding blocks in all of these states together: so many frees are legal. */
  readonly frees: (of: number) => number;
  /** The number of a block of an order, from those of its halves; -1 if it has none. */
  readonly join: (of: number, lower: number, upper: number) => number;
  /** The numbers of the halves of a block of an order that is not outstanding itself. */
  readonly halves: (of: number, n: number) => readonly [lower: number, upper: number];
}

/** The largest order of an arena that is numbered. */
const MOST = 5;

/** States of a block of an order, sets of outstanding blocks: s(0) = 2, s(k) = s(k-1)^2 + 1. */
export const statesOf = (of: number): number => (of === 0 ? 2 : statesOf(of - 1) ** 2 + 1);

/** Outstanding blocks in all of these states together. */
export const freesOf = (of: number): number => (of === 0 ? 1 : 2 * freesOf(of - 1) * statesOf(of - 1) + 1);

/** The n-th triangular number: so many pairs of numbers below n there are, the first of which is not the smaller. */
const triangle = (n: number): number => (n * (n + 1)) / 2;

/** Orbits of a block of an order, states that differ in swapped buddies being one: o(0) = 2, o(k) = o(k-1) (o(k-1) + 1) / 2 + 1. */
export const orbitsOf = (of: number): number => (of === 0 ? 2 : triangle(orbitsOf(of - 1)) + 1);

/** Outstanding blocks in one state of each orbit: every half stands beside each other one once, and beside itself. */
const freesOfOrbits = (of: number): number => (of === 0 ? 1 : (orbitsOf(of - 1) + 1) * freesOfOrbits(of - 1) + 1);

const upTo = (count: (of: number) => number): readonly number[] =>
  Array.from({ length: MOST + 1 }, (_, of) => count(of));

const [STATES, ORBITS] = [upTo(statesOf), upTo(orbitsOf)];

/** Every state has a number. */
export const EVERY_STATE: Numbering = {
  size: (of) => STATES[of] ?? 0,
  frees: freesOf,
  join: (of, lower, upper) => lower * (STATES[of - 1] ?? 0) + upper,
  halves: (of, n) => {
    const half = STATES[of - 1] ?? 1;
    return [Math.floor(n / half), n % half];
  },
};

/** The state of each orbit in which no lower half has a smaller number than its buddy has a number; the others have none. */
export const ONE_OF_EACH_ORBIT: Numbering = {
  size: (of) => ORBITS[of] ?? 0,
  frees: freesOfOrbits,
  join: (_, lower, upper) => (lower < upper || upper < 0 ? -1 : triangle(lower) + upper),
  halves: (_, n) => {
    const lower = Math.floor((Math.sqrt(8 * n + 1) - 1) / 2);
    return [lower, n - triangle(lower)];
  },
};
