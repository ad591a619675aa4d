/** The part about mutants: what was broken on purpose in every line, and which tests noticed. */

import { hashOf, page } from '../../mutate/report/record.js';
import { read } from '../freshness.ts';
import { counted, some } from '../part.ts';
import { tableIn } from '../markdown.ts';
import { textOf } from '../../audit/tree.ts';
import type { Part, State } from '../part.ts';
import type { Recorded } from '../../mutate/report/record.js';

/** The record, which `npm run mutate -- --record` writes. */
const RECORD = 'test/mutate/report/recorded.json';

/** Returns the record of mutants. */
export const recordedMutants = (): Recorded => JSON.parse(textOf(RECORD) ?? '{"files":{},"notRun":[]}') as Recorded;

const isAsRecorded = (path: string, hash: string): boolean => {
  const text = textOf(path);
  return text !== undefined && hashOf(text) === hash;
};

/** Returns the recorded files that have changed since they were mutated, or are gone. */
export const changedSince = (record: Recorded, isAsItWas: typeof isAsRecorded = isAsRecorded): readonly string[] =>
  Object.entries(record.files).flatMap(([path, { hash }]) => (isAsItWas(path, hash) ? [] : [path]));

function stateOf(record: Recorded, changed: readonly string[]): State {
  const of = Object.keys(record.files).length;
  if (of === 0) return { is: 'missing', why: 'no run is recorded; `npm run mutate -- --record` writes one' };
  const run = `${counted(of, 'file')} mutated`;
  const not =
    record.notRun.length === 0
      ? ''
      : `; ${counted(record.notRun.length, 'folder')} with files that never were: ${some(record.notRun, 3)}`;
  if (changed.length > 0)
    return { is: 'stale', why: `${run}, of which ${changed.length} changed since: ${some(changed, 4)}${not}` };
  return { is: 'current', why: `${run}, none of which changed since${not}` };
}

/** Returns the part about mutants. `changed`: the recorded files that have changed since. */
export function mutantsPart(record: Recorded, changed: readonly string[]): Part {
  const text = page(record);
  const [, witnesses = ''] = text.split(/\n(?=A clause has a witness)/u);
  return {
    id: 'mutants',
    title: 'Which test kills which mutant',
    about:
      'Small changes are made to the code, one at a time, and the tests are run. A mutant that no test notices survived: that line is held by nothing. An equivalent one changes nothing, and a machine has made the evidence. A mutant counts for each kind of test among its known killers; one killed by loading kept a module from being loaded. Unless a run was made with `--all-killers`, only the first test that failed is known, so that a witness that was not seen may be there.',
    state: stateOf(record, changed),
    read: read(RECORD),
    blocks: [
      tableIn(text, 'Mutants by folder'),
      { kind: 'list', caption: 'Changed since they were mutated', items: changed.map((path) => `\`${path}\``) },
      {
        kind: 'list',
        caption: 'Folders with files that were never mutated',
        items: record.notRun.map((folder) => `\`${folder}\``),
      },
      { kind: 'text', text: witnesses.replace(/\s+/gu, ' ').trim() },
    ],
  };
}
