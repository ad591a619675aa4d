/** A script of the playground: an arena, and operations as words. */

/** One operation: of an order, of what an earlier allocation was granted, or of a frame as an order. */
export type Word =
  | { readonly kind: 'allocate'; readonly order: number }
  | { readonly kind: 'free'; readonly slot: number }
  | { readonly kind: 'free-frame'; readonly frame: number; readonly order: number };

/** Frames that follow one another. */
export type Run = readonly [first: number, count: number];

/** All that the playground shows of a buddy system follows from this. */
export interface Play {
  readonly kind: 'buddy';
  readonly pages: number;
  readonly orders: number;
  /** Frames that are never granted: ascending, and apart. */
  readonly reserved: readonly Run[];
  /** The free blocks of each order at the start, if the reserved frames were chosen for them. */
  readonly free?: readonly number[];
  readonly run: readonly Word[];
}

/** Larger arenas, and longer scripts, are for the film. */
export const MOST_PAGES = 4096;
export const MOST_ORDERS = 11;
export const MOST_WORDS = 500;

/** Returns an operation as a word. */
export function wordOf(word: Word): string {
  switch (word.kind) {
    case 'allocate':
      return `a${word.order}`;
    case 'free':
      return `f${word.slot}`;
    case 'free-frame':
      return `F${word.frame}:${word.order}`;
  }
}

/** Reads a word; undefined if it is none. */
export function parseWord(text: string): Word | undefined {
  const [, what, one, , two] = /^([afF])(\d{1,7})(:(\d{1,2}))?$/u.exec(text) ?? [];
  if (what === 'a' && two === undefined) return { kind: 'allocate', order: Number(one) };
  if (what === 'f' && two === undefined) return { kind: 'free', slot: Number(one) };
  return what === 'F' && two !== undefined ? { kind: 'free-frame', frame: Number(one), order: Number(two) } : undefined;
}

/** Reports whether something is a whole number from `least` to `most`. */
export const isWhole = (n: unknown, least: number, most: number): n is number =>
  typeof n === 'number' && Number.isInteger(n) && n >= least && n <= most;

/** Returns what is wrong with the size of an arena, and what it may be; undefined if nothing is. */
export function badSize(pages: unknown, orders: unknown): string | undefined {
  if (!isWhole(pages, 1, MOST_PAGES)) return `an arena here has 1 to ${MOST_PAGES} frames`;
  return isWhole(orders, 1, MOST_ORDERS) ? undefined : `an arena here has 1 to ${MOST_ORDERS} orders`;
}

/** Reports whether runs ascend, are apart, and lie in an arena of that many frames. */
export function areApart(runs: readonly Run[], pages: number): boolean {
  let end = 0;
  for (const [first, count] of runs) {
    if (!isWhole(first, end, pages - 1) || !isWhole(count, 1, pages - first)) return false;
    end = first + count;
  }
  return true;
}

/** Returns an arena without reserved frames. */
export const arenaOf = (pages: number, orders: number, run: readonly Word[] = []): Play => ({
  kind: 'buddy',
  pages,
  orders,
  reserved: [],
  run,
});
