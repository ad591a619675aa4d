/** Audits that committed records are of what there is: a row for each fault on purpose, and mutants of files that are there. */

import { ALONE, MATRIX, disagreement, rowsOf, seenFaults } from '../../report/parts/faults.ts';
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ROOT } from '../tree.ts';
import { INVARIANTS, WATCHED } from '../../fault/alone/faults.ts';
import { recordedMutants } from '../../report/parts/mutants.ts';
import { tableIn, tablesIn } from '../../report/markdown.ts';

test(`${MATRIX} has a row for each fault that a search may find, and no other (if it has not: npm run matrix)`, () => {
  const recorded = rowsOf(tableIn(readFileSync(ROOT + MATRIX, 'utf8')));
  expect(recorded.length).toBeGreaterThan(100);
  expect(disagreement(recorded, seenFaults())).toBeUndefined();
});

test('no record of mutants is of a file that is gone (if one is: npm run mutate -- --record)', () => {
  expect(Object.keys(recordedMutants().files).filter((path) => !existsSync(ROOT + path))).toEqual([]);
});

test(`${ALONE} has a row for each fault and each invariant, and no other (if it has not: npm run generate)`, () => {
  const [invariants, faults] = tablesIn(readFileSync(ROOT + ALONE, 'utf8'));
  const statements = invariants?.rows.map(([, , statement]) => statement);
  expect(statements).toEqual(Object.values(INVARIANTS).flatMap((all) => all.map(({ statement }) => statement)));
  expect(rowsOf(faults ?? expect.fail('no table'))).toEqual(WATCHED.map(({ name, room }) => `${room}: ${name}`));
});

test('each invariant that is the only one to refute no fault says on the page why it stands', () => {
  const [invariants] = tablesIn(readFileSync(ROOT + ALONE, 'utf8'));
  const silent = (invariants?.rows ?? []).filter(([, , , , only, why]) => only === '0' && why === '');
  expect(silent).toEqual([]);
});
