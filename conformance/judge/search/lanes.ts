/** Which cases a search carries out, and in what sequence: the same ones, however many processes share them. */

/**
 * The cases of a search are dealt to so many lanes in turn: the n-th belongs to lane n modulo this. What a search learns of a
 * subject it learns in each lane by itself, so that a lane is the same whoever carries it out.
 */
export const LANES = 64;

/** For each case of a lane that counts, at most so many are drawn: those that a subject does not support do not count. */
const MOST_FOR_ONE = 40;

/** A part of a search: the lanes that belong to it. */
export type Share = readonly number[];

/** All of a search. */
export const WHOLE: Share = Array.from({ length: LANES }, (_, lane) => lane);

/** Returns the sum of the digits of a number, written to a base of 2 or more. */
const digitSum = (n: number, base: number): number =>
  n < base ? n : (n % base) + digitSum(Math.floor(n / base), base);

/**
 * Returns one of so many parts of a share, counted from 0; together they are the share, and no two have a lane in common. Cases
 * that take longer come every so many, often in the same lanes; dealt by the sum of digits (Thue and Morse), no part has more
 * than its share of every second, fourth or eighth lane.
 */
export const partOf = (share: Share, index: number, count: number): Share =>
  count === 1 ? share : share.filter((_, nth) => digitSum(nth, count) % count === index);

export const laneOf = (n: number): number => n % LANES;

/** Deals out the numbers of the cases of a share, ascending, until each of its lanes has had as many as it may. */
export class Lanes {
  /** Cases that were dealt out. */
  dealt = 0;
  /** By lane, the cases that count which it may still have, and the cases which may still be drawn. */
  readonly #wanted: number[];
  readonly #left: number[];
  /** Lanes of the share that may have more. */
  #open = 0;
  #next = 0;

  /** Deals out as many cases as are wanted over all shares, not counting those that the subject does not support. */
  constructor(cases: number, share: Share = WHOLE) {
    const more = cases % LANES;
    const quota = (lane: number): number => Math.floor(cases / LANES) + (lane < more ? 1 : 0);
    this.#wanted = WHOLE.map((lane) => (share.includes(lane) ? quota(lane) : 0));
    this.#left = this.#wanted.map((wanted) => MOST_FOR_ONE * wanted);
    for (const lane of WHOLE) if (this.#isOpen(lane)) this.#open++;
  }

  #isOpen(lane: number): boolean {
    return (this.#wanted[lane] ?? 0) > 0 && (this.#left[lane] ?? 0) > 0;
  }

  /** The number below which every case was dealt out. */
  get end(): number {
    return this.#next;
  }

  /** Reports whether every lane has had as many cases as it may. */
  get isOver(): boolean {
    return this.#open === 0;
  }

  /** Returns the number of the next case, below `end`; undefined if there is none. What came of the one before must be told first. */
  next(end?: number): number | undefined {
    if (this.isOver) return undefined;
    while (!this.#isOpen(laneOf(this.#next))) this.#next++;
    if (end !== undefined && this.#next >= end) return undefined;
    this.dealt++;
    return this.#next++;
  }

  /** Ends the dealing: there are no more cases. */
  close(): void {
    this.#open = 0;
  }

  /** Takes whether a case counts: whether the subject supports it. */
  tell(n: number, counts: boolean): void {
    const lane = laneOf(n);
    this.#left[lane] = (this.#left[lane] ?? 0) - 1;
    if (counts) this.#wanted[lane] = (this.#wanted[lane] ?? 0) - 1;
    if (!this.#isOpen(lane)) this.#open--;
  }
}
