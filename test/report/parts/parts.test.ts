/** Tests that a part that is missing, or made of other sources, is seen as that. */

import { BENCH, TIMED, benchPart } from './bench.ts';
import { ALONE, JUDGED, LIVED, MATRIX, alonePart, disagreement, faultsPart } from './faults.ts';
import { expect, test } from 'vitest';
import { PARTS } from '../../../proof/parts.ts';
import { PROOF_SOURCES } from '../../../proof/origin.ts';
import { changedFiles, sinceWritten } from '../freshness.ts';
import { existsSync, readFileSync } from 'node:fs';
import { hashOf } from '../../mutate/report/record.js';
import { changedSince, mutantsPart } from './mutants.ts';
import { proofsPart } from './proofs.ts';
import { stalePart } from '../stale.ts';
import { witnessOf } from '../evidence.ts';
import type { FileRecord, Recorded } from '../../mutate/report/record.js';
import type { Git } from '../freshness.ts';

const file = (hash: string, ...witnessed: readonly string[]): FileRecord => ({
  ...{ date: '2026-01-01', commit: 'abcdef0123456789', hash, counts: { killed: 3 }, kinds: { law: 3 } },
  ...{ cited: ['PAIR-3', 'PAIR-4'], witnessed },
});
const RECORD: Recorded = {
  files: { 'src/a.ts': file('one', 'PAIR-3'), 'src/b.ts': file('two') },
  notRun: ['src/boot'],
};
/** What has changed if the hash of every file is `one` by now. */
const CHANGED = changedSince(RECORD, (_, hash) => hash === 'one');

test('mutants of a file that has changed since are stale, and the file is named', () => {
  expect(mutantsPart(RECORD, []).state).toEqual({
    is: 'current',
    why: '2 files mutated, none of which changed since; 1 folder with files that never were: src/boot',
  });
  const { blocks, state } = mutantsPart(RECORD, CHANGED);
  expect(state.is).toBe('stale');
  expect(state.why).toContain('1 changed since: src/b.ts');
  expect(blocks).toContainEqual({ kind: 'list', caption: 'Changed since they were mutated', items: ['`src/b.ts`'] });
});

test('a file has changed if it has another hash by now, or is gone', () => {
  const path = 'test/report/part.ts';
  const hash = hashOf(readFileSync(path, 'utf8'));
  expect(changedSince({ files: { [path]: file(hash) }, notRun: [] })).toEqual([]);
  const other = { [path]: file('another'), 'src/gone.ts': file(hash) };
  expect(changedSince({ files: other, notRun: [] })).toEqual([path, 'src/gone.ts']);
});

test('what is stale is admitted file by file, with what renews it', () => {
  expect(stalePart(RECORD, CHANGED)).toBe(
    [
      'Of 2 files whose mutants are recorded, 1 changed since; what renews each:',
      '',
      '- `src/b.ts`: `npm run mutate -- -m src/b.ts --record`',
    ].join('\n'),
  );
  expect(stalePart(RECORD, [])).toBe('Of 2 files whose mutants are recorded, none has changed since.');
});

test('no record of mutants is missing', () => {
  expect(mutantsPart({ files: {}, notRun: [] }, []).state.is).toBe('missing');
});

test('a witness counts as long as its file is as it was', () => {
  expect(witnessOf(RECORD, 'PAIR-3', CHANGED)).toBe('seen');
  expect(witnessOf(RECORD, 'PAIR-4', CHANGED)).toBe('not seen');
  expect(witnessOf(RECORD, 'MAP-1', CHANGED)).toBe('not mutated');
  expect(witnessOf(RECORD, 'PAIR-3', Object.keys(RECORD.files))).toBe('not mutated');
});

const README = '## The table\n\n| claim |\n| --- |\n| one |\n\n## More\n';
const QUICK = PARTS.filter(({ long }) => long !== true).map(({ claim }) => claim);
const proved = (sources: string, claims: readonly string[] = QUICK): string =>
  JSON.stringify({
    origin: { date: '2026-01-01', machine: 'a machine', commit: 'abcdef0123456789', sources },
    results: claims.map((claim) => ({ outcome: 'shown', claim, size: '', seconds: 1 })),
  });

test.each([
  ['missing', 'no record', undefined],
  ['missing', 'a list', '[]'],
  ['missing', 'no JSON', 'no JSON'],
  ['missing', 'a record without an origin', '{"origin":{},"results":[]}'],
  ['missing', 'a record that lacks a part', proved('these', QUICK.slice(1))],
  ['stale', 'a record of other sources', proved('others')],
  ['current', 'a record of these sources', proved('these')],
])('proofs are %s by %s', (is, _, text) => {
  const { blocks, state } = proofsPart(text, README, 'these');
  expect(state.is).toBe(is);
  expect(blocks.length > 1, 'earlier runs stand in for it').toBe(is !== 'current');
});

test('a stale record of proofs says of what it was made, and where and when', () => {
  const { why } = proofsPart(proved('others'), README, 'these').state;
  for (const said of ['2026-01-01', 'abcdef01', 'a machine', 'others', 'these']) expect(why).toContain(said);
});

test('a record of faults, of invariants alone, or of a bench, that is not there is missing', () => {
  expect(faultsPart(undefined).state.is).toBe('missing');
  expect(alonePart(undefined).state.is).toBe('missing');
  expect(benchPart(undefined).state.is).toBe('missing');
});

test('a record that lacks a row of a fault is stale, whatever has changed', () => {
  const { state } = faultsPart('| room | fault |\n| --- | --- |\n| buddy | of no kind |\n');
  expect(state.is).toBe('stale');
  expect(state.why).toMatch(/without a row: buddy: .*; 1 rows of faults that there are no more: buddy: of no kind/u);
});

test('the page about invariants alone is as old as its last commit', () => {
  const { is, why } = sinceWritten(ALONE, LIVED);
  expect(alonePart('').state).toEqual({ is, why: expect.stringContaining(`${why}; `) as string });
});

test('a record and the faults that there are disagree in what is in one alone', () => {
  expect(disagreement(['a', 'b'], ['a', 'b'])).toBeUndefined();
  expect(disagreement(['a'], ['a', 'b'])).toBe('1 without a row: b');
  expect(disagreement(['a', 'b'], ['b'])).toBe('1 rows of faults that there are no more: a');
});

/** Git with a record written once, and files that differ from that commit. */
const gitWith =
  (log: string | undefined, diff: string | undefined): Git =>
  (verb) =>
    verb === 'log' ? log : diff;

test.each([
  ['current', gitWith('abcdef0123456789 2026-01-01', '')],
  ['current', gitWith('abcdef0123456789 2026-01-01', 'src/README.md')],
  ['stale', gitWith('abcdef0123456789 2026-01-01', 'src/a.ts\nsrc/b.ts')],
  ['stale', gitWith('abcdef0123456789 2026-01-01', undefined)],
  ['stale', gitWith('', '')],
  ['stale', gitWith(undefined, undefined)],
])('a record without a hash is %s', (is, ask) => {
  expect(sinceWritten('RECORD.md', ['src'], ask).is).toBe(is);
});

test('what changed since a record was written is counted and named, and what is not committed is listed', () => {
  expect(sinceWritten('RECORD.md', ['src'], gitWith('abcdef0123456789 2026-01-01', 'src/a.ts\nsrc/b.ts')).why).toBe(
    'RECORD.md was last written on 2026-01-01, in commit abcdef01; 2 files of what it is about changed since: src/a.ts, src/b.ts',
  );
  expect(changedFiles((verb) => (verb === 'diff' ? 'a.ts' : 'new.ts'))).toEqual(['a.ts', 'new.ts']);
  expect(changedFiles(() => undefined)).toEqual([]);
});

test('what a record is about is there', () => {
  const places = [ALONE, BENCH, MATRIX, ...JUDGED, ...LIVED, ...TIMED, ...PROOF_SOURCES];
  expect(places.filter((place) => !existsSync(place))).toEqual([]);
});
