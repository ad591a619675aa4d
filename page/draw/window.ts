/** How much of a row is shown at once, and which part of it. */
import type { FilmGround } from '../../protocol/index.ts';

/** Returns how many frames a tree of this width shows: a power of two, so that no block of it is cut. */
export const windowOf = (width: number, { orders, pages }: FilmGround): number => {
  const fits = 2 ** Math.floor(Math.log2(Math.max(8, width / 17)));
  return pages <= fits * 1.5 ? pages : Math.max(fits, Math.min(2 ** (orders - 1), fits));
};

/** Returns the window that a frame lies in. */
export const windowAt = ({ base, origin, pages }: FilmGround, frame: number, size: number): number =>
  Math.min(Math.max(base, origin + Math.floor((frame - origin) / size) * size), base + pages - 1);
