/** An arena whose free lists begin with so many blocks: where each of them lies, and which frames keep them apart. */
import type { Play, Run } from './script.ts';

/** The frames of an arena, and those of them that are reserved. */
type Laid = Pick<Play, 'pages' | 'reserved'>;

/** Notes frames as reserved, together with those right before them. */
function reserve(runs: [number, number][], first: number, count: number): void {
  const last = runs.at(-1);
  if (last !== undefined && last[0] + last[1] === first) last[1] += count;
  else runs.push([first, count]);
}

/**
 * Lays free blocks out. A part that must not become one block has a free block of half its size, if one is left, and beside
 * it another such part; a part of one frame is reserved.
 */
export function layout(counts: readonly number[]): Laid {
  const left = [...counts];
  const top = left.length - 1;
  const size = 2 ** top;
  const runs: [number, number][] = [];
  let end = 0;
  const place = (head: number, order: number): void => {
    end = head + 2 ** order;
    left[order] = (left[order] ?? 0) - 1;
  };
  const isLeft = (below: number): boolean => left.slice(0, below).some((count) => count > 0);
  const fill = (head: number, order: number): void => {
    if (!isLeft(order)) return reserve(runs, head, 2 ** order);
    const half = order - 1;
    if ((left[half] ?? 0) > 0) place(head, half);
    else fill(head, half);
    fill(head + 2 ** half, half);
  };
  let head = 0;
  for (; (left[top] ?? 0) > 0; head += size) place(head, top);
  for (; isLeft(top); head += size) fill(head, top);
  if (end === 0) return { pages: 1, reserved: [[0, 1]] };
  // Nothing but reserved frames follows the last free block: an arena without most of them has the same lists.
  const full = Math.floor((end - 1) / size) * size;
  const pages = full + 2 ** Math.ceil(Math.log2(end - full));
  const inside = runs.flatMap(([first, count]): readonly Run[] =>
    first >= pages ? [] : [[first, Math.min(count, pages - first)]],
  );
  return { pages, reserved: inside };
}

/** Returns the largest number up to `most` that a test which fails from some number on lets pass; it passes `least`. */
function largest(least: number, most: number, passes: (n: number) => boolean): number {
  let [low, high] = [least, most];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (passes(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * Returns as many of these free blocks as an arena of `most` frames holds: of each order that has any at least one, and no
 * more than make up so many frames, the same number for all; then, if there is room left, more of the smallest.
 */
export function fitting(counts: readonly number[], most: number): readonly number[] {
  const fits = (some: readonly number[]): boolean => layout(some).pages <= most;
  const within = (frames: number): readonly number[] =>
    counts.map((count, order) => Math.min(count, Math.max(1, Math.floor(frames / 2 ** order))));
  const fair = within(largest(0, most, (frames) => fits(within(frames))));
  return fair.reduce((so, had, order) => {
    const wanted = Math.min(counts[order] ?? 0, most);
    return so.with(
      order,
      largest(had, wanted, (n) => fits(so.with(order, n))),
    );
  }, fair);
}
