/**
 * What the audits still tolerate: exceptions that stay, each with its reason, and a list that shrinks to nothing. An entry
 * that tolerates nothing any more is a finding itself, so that no list outlives its cause.
 */

import type { Finding } from './tree.ts';
import type { Longer } from './code/harnesses.ts';

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

/** Harnesses of more than 200 lines: how many, how many of them are wide, and why. None of them may grow. */
export const LONG_HARNESSES: Readonly<Record<string, Longer>> = {
  'conformance/harness/c/oracle.h': {
    lines: 315,
    wide: 16,
    reason: 'C has neither lists nor texts nor exceptions, and the words of boot memory and machines build on this one',
  },
  'conformance/harness/cpp/oracle.hpp': {
    lines: 262,
    wide: 0,
    reason: 'a third is what users write, and texts are parted and joined by hand',
  },
  'conformance/harness/go/oracle.go': {
    lines: 327,
    wide: 0,
    reason: 'a third is what users write, and each error that is passed on takes three lines',
  },
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
