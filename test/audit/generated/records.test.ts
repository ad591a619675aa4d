/** Audits that committed records are of what there is: a row for each fault on purpose, and mutants of files that are there. */

import { MATRIX, disagreement, rowsOf, seenFaults } from '../../report/parts/faults.ts';
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ROOT } from '../tree.ts';
import { recordedMutants } from '../../report/parts/mutants.ts';
import { tableIn } from '../../report/markdown.ts';

test(`${MATRIX} has a row for each fault that a search may find, and no other (if it has not: npm run matrix)`, () => {
  const recorded = rowsOf(tableIn(readFileSync(ROOT + MATRIX, 'utf8')));
  expect(recorded.length).toBeGreaterThan(100);
  expect(disagreement(recorded, seenFaults())).toBeUndefined();
});

test('no record of mutants is of a file that is gone (if one is: npm run mutate -- --record)', () => {
  expect(Object.keys(recordedMutants().files).filter((path) => !existsSync(ROOT + path))).toEqual([]);
});
