/**
 * Has chunks of something left out: `largest` of its elements first, then half as many, single ones last, each time from its
 * end to its start. `without` tries to do without the elements [from, behind) of what there is by then, and says whether that
 * went well; whether it ever did is the answer.
 */
export async function leaveOutChunks(
  largest: number,
  length: () => number,
  without: (from: number, behind: number) => Promise<boolean>,
): Promise<boolean> {
  let smaller = false;
  for (let size = largest; size >= 1; size = Math.floor(size / 2)) {
    for (let from = length() - size; from > -size; from -= size) {
      if (await without(from, from + size)) smaller = true;
    }
  }
  return smaller;
}

/** What is left of a list without the elements [from, behind). */
export const allBut = <T>(list: readonly T[], from: number, behind: number): readonly T[] =>
  list.filter((_, n) => n < from || n >= behind);
