/** Whether what was recorded was made of the sources as they are. */

import { git, hashOf } from '../../proof/origin.ts';
import { some } from './part.ts';
import type { Read, State } from './part.ts';

/** Returns each place with its hash. */
export const read = (...places: readonly string[]): readonly Read[] =>
  places.map((place) => ({ place, hash: hashOf([place]) }));

/** Asks git; a test answers itself. */
export type Git = (...words: readonly string[]) => string | undefined;

const linesOf = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '');

/** Returns the files that differ from the commit that is checked out, new ones too. */
export function changedFiles(ask: Git = git): readonly string[] {
  const differ = linesOf(ask('diff', '--name-only', 'HEAD') ?? '');
  return [...differ, ...linesOf(ask('ls-files', '--others', '--exclude-standard') ?? '')];
}

/** What says nothing to a machine. */
const isProse = (path: string): boolean => path.endsWith('.md');

/**
 * Returns the state of a committed record that holds no hash of what it was made of: the commit that wrote it last, and whether
 * any of the sources has changed since. Without git nobody knows, and so it is stale.
 */
export function sinceWritten(record: string, sources: readonly string[], ask: Git = git): State {
  const [commit, date] = (ask('log', '-1', '--format=%H %cs', '--', record) ?? '').split(' ');
  if (commit === undefined || commit === '' || date === undefined) {
    return { is: 'stale', why: `no history says of what sources ${record} was made` };
  }
  const written = `${record} was last written on ${date}, in commit ${commit.slice(0, 8)}`;
  const since = ask('diff', '--name-only', commit, '--', ...sources);
  if (since === undefined) return { is: 'stale', why: `${written}, which cannot be compared with the sources` };
  const changed = linesOf(since).filter((path) => !isProse(path));
  if (changed.length === 0) return { is: 'current', why: `${written}; what it is about has not changed since` };
  const files = changed.length === 1 ? '1 file' : `${changed.length} files`;
  return { is: 'stale', why: `${written}; ${files} of what it is about changed since: ${some(changed, 4)}` };
}
