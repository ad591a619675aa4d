/** Delta debugging: drops chunks of a list for as long as what is left still does what it must. */

/**
 * Tries to drop chunks of `largest` elements, then half as many, down to one, each time from the end to the start. `drop` tries
 * to do without the elements [from, end) of what there is by then. Returns whether anything was dropped.
 */
export async function ddmin(
  largest: number,
  length: () => number,
  drop: (from: number, end: number) => Promise<boolean>,
): Promise<boolean> {
  let smaller = false;
  for (let size = largest; size >= 1; size = Math.floor(size / 2)) {
    for (let from = length() - size; from > -size; from -= size) {
      if (await drop(from, from + size)) smaller = true;
    }
  }
  return smaller;
}

/** Returns a list without the elements [from, end). */
export const allBut = <T>(list: readonly T[], from: number, end: number): readonly T[] =>
  list.filter((_, n) => n < from || n >= end);
