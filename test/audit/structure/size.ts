/** The audit of folders: a listing of each fits on a screen. */

import type { Finding } from '../tree.ts';

/** The largest number of files and folders that a folder may hold: some 15, and its README. */
export const MOST_ENTRIES = 18;

/** Returns the entries of each folder, files and folders; the top folder is ''. */
function entriesOf(paths: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> {
  const folders = new Map<string, Set<string>>();
  for (const path of paths) {
    const parts = path.split('/');
    for (const [at, part] of parts.entries()) {
      const folder = parts.slice(0, at).join('/');
      folders.set(folder, (folders.get(folder) ?? new Set()).add(part));
    }
  }
  return folders;
}

/** Reports folders that hold more than `MOST_ENTRIES`. `paths`: every file, from the top. */
export const auditSizes = (paths: readonly string[]): readonly Finding[] =>
  [...entriesOf(paths)]
    .filter(([, entries]) => entries.size > MOST_ENTRIES)
    .map(([place, entries]) => ({
      place,
      what: `has ${entries.size} entries: group them in folders of at most ${MOST_ENTRIES}`,
    }));
