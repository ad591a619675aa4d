/**
 * What the audits still tolerate: exceptions that stay, each with its reason, and a list that shrinks to nothing. An entry
 * that tolerates nothing any more is a finding itself, so that no list outlives its cause.
 */

import type { Finding } from './tree.ts';

/** Imports that close a circle, to be cut by a split of the file after the arrow. */
export const CIRCLES: readonly string[] = [];

/** Rooms that still import against the arrows inside their layer; an entry goes with the last such import. */
export const ROOM_ARROWS: readonly string[] = [];

/** Folders with files that do not yet begin with a sentence of what is in them. */
export const OPENINGS: readonly string[] = ['conformance', 'test/process'];

/** Folders of more than 15 entries, each with the reason. */
export const LARGE: Readonly<Record<string, string>> = {
  '': 'a package is recognized by the files at its top: documents, and the configuration of each tool',
};

/** Returns the findings that no entry of `known` names, and the entries that no finding has: those are to be deleted. */
export function beyond(
  known: readonly string[],
  findings: readonly Finding[],
  entryOf: (finding: Finding) => string,
  list: string,
): readonly Finding[] {
  const found = new Set(findings.map(entryOf));
  const stale = known
    .filter((entry) => !found.has(entry))
    .map((place) => ({ place, what: `is tolerated in vain: delete it from ${list} in test/audit/known.ts` }));
  return [...findings.filter((finding) => !known.includes(entryOf(finding))), ...stale];
}
