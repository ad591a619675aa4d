/** What of a zone's buddy system is not as it was. */
import type { Observation } from '../../protocol/index.ts';

/** Reports whether any of these numbers differ. */
export function differ(was: ArrayLike<number>, is: ArrayLike<number>): boolean {
  if (was.length !== is.length) return true;
  for (let n = 0; n < was.length; n++) if (was[n] !== is[n]) return true;
  return false;
}

/** Returns the first difference between two snapshots; undefined if there is none. Marks on pages are not looked at. */
export function changeBetween(was: Observation, is: Observation): string | undefined {
  if (was.freeCount !== is.freeCount) return `its count of free frames went from ${was.freeCount} to ${is.freeCount}`;
  if (differ(was.links, is.links)) return 'its lists have changed';
  if (differ(was.owners, is.owners)) return 'its owners have changed';
  return was.maps.some((map, at) => differ(map, is.maps[at] ?? [])) ? 'its maps have changed' : undefined;
}
