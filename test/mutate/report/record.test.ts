/** Tests of the record of runs, and that the page made of it is up to date. */
import { expect, test } from 'vitest';
import { cleanFiles, page, recorded } from './record.js';
import { readFileSync } from 'node:fs';
import type { Recorded } from './record.js';
import type { Report, Reported } from './scores.js';

const SOURCE = `/** Joins. @clause PAIR-3 @clause PAIR-4 */
function join(a) {
  return a + 1;
}
`;

const killed: Reported = {
  ...{ mutatorName: 'ArithmeticOperator', replacement: 'a - 1', status: 'Killed', testsCompleted: 2 },
  ...{ killedBy: ['0', '1'], location: { start: { line: 3, column: 10 }, end: { line: 3, column: 15 } } },
};

const REPORT: Report = {
  files: {
    'src/buddy/a.ts': { source: SOURCE, mutants: [killed, { ...killed, status: 'Survived', killedBy: [] }] },
    'src/boot/b.ts': { source: '1;', mutants: [] },
  },
  testFiles: {
    '': {
      tests: [
        { id: '0', name: 'test/law/a.test.ts PAIR-3 · a half joins' },
        { id: '1', name: 'test/unit/a.test.ts one and one' },
      ],
    },
  },
};

const ABOUT = { date: '2026-01-01', commit: 'abcdef0123456789' };
const NONE: Recorded = { files: {}, notRun: ['src/boot'] };
const one = recorded(NONE, REPORT, [], ['src/buddy/a.ts'], ABOUT);

test('a file is recorded with its numbers, the kinds of its killers, and the clauses that have a witness', () => {
  const { 'src/buddy/a.ts': file, ...others } = one.files;
  expect(others).toEqual({});
  expect(file).toMatchObject({ ...ABOUT, kinds: { law: 1, lockstep: 0, trace: 0, unit: 1, loading: 0 } });
  expect(file?.counts).toMatchObject({ killed: 1, survived: 1, timeout: 0 });
  expect([file?.cited, file?.witnessed]).toEqual([['PAIR-3', 'PAIR-4'], ['PAIR-3']]);
});

test('a file is clean if none of its mutants lives', () => {
  const dead = { ...REPORT.files, 'src/buddy/a.ts': { source: SOURCE, mutants: [killed] } };
  const both = recorded(one, { ...REPORT, files: dead }, [], ['src/buddy/a.ts', 'src/boot/b.ts'], ABOUT);
  expect(cleanFiles(one)).toEqual([]);
  expect(cleanFiles(both)).toEqual(['src/boot/b.ts', 'src/buddy/a.ts']);
});

test('a mutant that no test killed stopped a module from being loaded', () => {
  const early = { ...REPORT.files, 'src/buddy/a.ts': { source: SOURCE, mutants: [{ ...killed, killedBy: [] }] } };
  const { files } = recorded(NONE, { ...REPORT, files: early }, [], ['src/buddy/a.ts'], ABOUT);
  expect(files['src/buddy/a.ts']?.kinds).toMatchObject({ law: 0, unit: 0, loading: 1 });
});

test('a later run takes the place of an earlier one, file by file', () => {
  const later = recorded(one, REPORT, [], ['src/boot/b.ts'], { ...ABOUT, date: '2026-01-02' });
  expect(Object.keys(later.files)).toEqual(['src/boot/b.ts', 'src/buddy/a.ts']);
  expect(later.files['src/buddy/a.ts']).toEqual(one.files['src/buddy/a.ts']);
});

test('a file of which a mutant was not run is not recorded anew', () => {
  const late = { ...killed, status: 'RuntimeError', statusReason: 'Error: not run: the time is over' };
  const cut = { ...REPORT.files, 'src/buddy/a.ts': { source: SOURCE, mutants: [killed, late] } };
  const after = (before: Recorded): Recorded =>
    recorded(before, { ...REPORT, files: cut }, [], ['src/buddy/a.ts'], { ...ABOUT, date: '2026-01-02' });
  expect(after(NONE).files).toEqual({});
  expect(after(one).files).toEqual(one.files);
});

test('the page says what was run, what was not, and which clause has no witness', () => {
  const text = page(one);
  expect(text).toMatch(
    /\| src\/buddy \| 1 \| 1 \| 0 \| 1 \| 0 \| 0 \| 0 \| 1 \| 0 \| 0 \| 1 \| 0 \| 2026-01-01 \| abcdef01 \|/u,
  );
  expect(text).toContain('Not run: src/boot.');
  expect(text).toContain('1 of 2 have one; no witness was seen for: PAIR-4.');
});

test('MUTATED.md is made of recorded.json', () => {
  const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');
  expect(read('./MUTATED.md')).toBe(page(JSON.parse(read('./recorded.json')) as Recorded));
});
