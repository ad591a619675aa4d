/** The admission of what is stale: recorded results that were made of sources which have changed since. */

import { changedSince, recordedMutants } from './parts/mutants.ts';
import { counted } from './part.ts';
import type { Recorded } from '../mutate/report/record.js';

/** Returns which records are of other sources, file by file, and what renews each. `changed`: the recorded files that differ. */
export function stalePart(
  record: Recorded = recordedMutants(),
  changed: readonly string[] = changedSince(record),
): string {
  const all = counted(Object.keys(record.files).length, 'file');
  if (changed.length === 0) return `Of ${all} whose mutants are recorded, none has changed since.`;
  const lines = changed.map((path) => `- \`${path}\`: \`npm run mutate -- -m ${path} --record\``);
  return [
    `Of ${all} whose mutants are recorded, ${changed.length} changed since; what renews each:`,
    '',
    ...lines,
  ].join('\n');
}
