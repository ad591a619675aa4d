/** Tests of the record of the prover's own mutation score, and of the table that is made of it. */
import { FILES, recorded, sourcesHash, table } from './score.js';
import { expect, test } from 'vitest';
import { readFileSync } from 'node:fs';

const textOf = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

const [FIRST = '', SECOND = ''] = FILES;
const ABOUT = { date: '2026-01-01', sources: 'these' };
const all = (file: string, ...verdicts: readonly string[]): { file: string; is: string }[] =>
  verdicts.map((is) => ({ file, is }));
const one = recorded({}, all(FIRST, 'refuted', 'refuted', 'unread', 'same', 'alive', 'exempt'), ABOUT);

const rowOf = (text: string, name: string): string | undefined =>
  text.split('\n').find((line) => line.startsWith(`| ${name} |`));

test('mutants are counted by verdict; a later run takes the place of an earlier one, file by file', () => {
  expect(one[FIRST]).toEqual({ ...ABOUT, refuted: 2, unread: 1, same: 1, alive: 1, exempt: 1 });
  const later = recorded(one, all(SECOND, 'refuted'), { ...ABOUT, sources: 'those' });
  expect(later[FIRST]).toEqual(one[FIRST]);
  expect(later[SECOND]).toMatchObject({ sources: 'those', refuted: 1, same: 0 });
});

test('the score is of those mutants that are wrong and that the proofs are about', () => {
  expect(rowOf(table(one, 'these'), FIRST)).toBe(`| ${FIRST} | 6 | 2 | 1 | 1 | 1 | 1 | 75.0 % | 2026-01-01 |`);
  const both = recorded(one, all(SECOND, 'refuted', 'same'), ABOUT);
  expect(rowOf(table(both, 'these'), 'all')).toBe('| all | 8 | 3 | 1 | 2 | 1 | 1 | 80.0 % |  |');
});

test('a file of which every mutant is the same has no score, one that was never given says so', () => {
  const same = recorded({}, all(FIRST, 'same'), ABOUT);
  expect(rowOf(table(same, 'these'), FIRST)).toBe(`| ${FIRST} | 1 | 0 | 0 | 1 | 0 | 0 |  | 2026-01-01 |`);
  expect(rowOf(table(same, 'these'), SECOND)).toMatch(/\| never \|$/u);
});

test('a row of other code is stale', () => {
  expect(rowOf(table(one, 'other'), FIRST)).toContain('| stale: 2026-01-01, of other code |');
});

const asItIs = sourcesHash();

/** Returns the hash of the sources with something put at the end of the files whose paths match. */
const hashWith = (added: string, where: RegExp): string =>
  sourcesHash((path) => (where.test(path) ? `${textOf(path)}\n${added}\n` : textOf(path)));

test('a comment or a type leaves the hash as it is, code does not', () => {
  expect(asItIs).toMatch(/^[0-9a-f]{12}$/u);
  expect(hashWith('// a comment', /./u)).toBe(asItIs);
  expect(hashWith('type Added = number;', /\.ts$/u)).toBe(asItIs);
});

test.each([
  'src/buddy/zone.ts',
  'src/words/unit.ts',
  'proof/inductive/code/step.ts',
  'proof/formula/cnf.ts',
  'proof/tool.ts',
  'proof/unit.ts',
  'spec/buddy/misuse.ts',
  'test/mutate/mistakes/buddy.js',
  'test/mutate/mutants.js',
  'test/mutate/mutators.js',
  'test/mutate/prover/verdict.js',
])('the hash is of the code of %s too', (file) => {
  expect(hashWith('export const added = 0;', new RegExp(`^${file}$`, 'u'))).not.toBe(asItIs);
});
