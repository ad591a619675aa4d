/** Tests of what a run comes to: the numbers, the ledger of equivalents, the canary. */

import { NOT_RUN, failures, scores, toldAtOnce } from './scores.js';
import { describe, expect, test } from 'vitest';
import { entryOf, mutantOf, named } from '../ledger/ledger.js';
import type { Entry } from '../ledger/ledger.js';
import type { Report, Reported } from './scores.js';

const FILE = 'src/buddy/buddy.ts';
const SOURCE = `function expand() {
  zone.markUsed(page, order);
  return 1 + 1;
}
`;

const at = (line: number, from: number, to: number): Reported['location'] => ({
  start: { line, column: from },
  end: { line, column: to },
});

const CANARY: Reported = {
  ...{ mutatorName: 'SkipToggle', replacement: ';', status: 'Killed', location: at(2, 3, 30) },
  ...{ killedBy: ['1'], testsCompleted: 1 },
};

const OTHER: Reported = {
  ...{ mutatorName: 'ArithmeticOperator', replacement: '1 - 1', status: 'Survived', location: at(3, 10, 15) },
  testsCompleted: 5,
};

const ONE: Reported = { ...OTHER, mutatorName: 'NumberLiteral', replacement: '2', location: at(3, 10, 11) };

const reportOf = (mutants: readonly Reported[], source = SOURCE): Report => ({
  files: { [FILE]: { source, mutants } },
});

/** The ledger in which a mutant of a source is said to change nothing. */
function ledgerOf(mutant: Reported, source = SOURCE): readonly Entry[] {
  return named(FILE, source, [mutant]).map((one) => entryOf(one, { kind: 'states', says: 'the same' }));
}

/** Why the entries of a ledger are lost, over another source. */
const lost = (ledger: readonly Entry[], source: string | undefined): readonly string[] =>
  ledger.map((entry) => mutantOf(entry, source)).flatMap((found) => ('lost' in found ? [found.lost] : []));

const last = (report: Report, ledger: readonly Entry[] = []): string =>
  scores(report, ledger).trim().split('\n').at(-1) ?? '';

describe('five numbers', () => {
  test('each mutant counts once', () => {
    const timeout = { ...ONE, status: 'Timeout', statusReason: 'a test runs on' };
    const uncovered = { ...ONE, status: 'NoCoverage', replacement: '0', testsCompleted: 0 };
    expect(last(reportOf([CANARY, OTHER, timeout, uncovered]), ledgerOf(OTHER))).toMatch(
      /^all +killed 1, timeout 1, survived 0, not covered 1, equivalent 1, not run 0, .*, total 4$/u,
    );
  });

  test('what lives is told as soon as it is tested, and nothing of what died', () => {
    const fileName = `${process.cwd()}/${FILE}`;
    expect(toldAtOnce({ ...OTHER, fileName })).toBe(`\nSurvived: ${FILE}:3:10 ArithmeticOperator -> 1 - 1\n`);
    expect(toldAtOnce({ ...OTHER, fileName, status: 'NoCoverage' })).toContain(`NoCoverage: ${FILE}:3:10`);
    expect(toldAtOnce({ ...CANARY, fileName })).toBe('');
  });

  test('what lives is told with its place and text', () => {
    expect(scores(reportOf([CANARY, OTHER]), [])).toContain(`${FILE}:3:10 ArithmeticOperator: 1 + 1 -> 1 - 1`);
  });
});

describe('a run fails', () => {
  test('not if all died', () => {
    expect(failures(reportOf([CANARY]), [])).toEqual([]);
  });

  test('if a mutant lives that is not in the ledger', () => {
    expect(failures(reportOf([CANARY, OTHER]), [])).toEqual(['survived: 1, none in the ledger']);
    expect(failures(reportOf([CANARY, OTHER]), ledgerOf(OTHER))).toEqual([]);
  });

  test('if no test reaches a mutant', () => {
    const uncovered = { ...OTHER, status: 'NoCoverage' };
    expect(failures(reportOf([CANARY, uncovered]), [])).toEqual(['not covered: 1, none in the ledger']);
  });

  test.each([
    ['a survivor met no test', { testsCompleted: 0 }],
    ['the thread broke', { status: 'RuntimeError', statusReason: 'out of memory' }],
    ['it does not compile', { status: 'CompileError' }],
  ])('if no test was completed: %s', (_, change) => {
    const broken = { ...OTHER, ...change };
    expect(failures(reportOf([CANARY, broken]), [])).toEqual(['no test completed: 1, none in the ledger']);
  });

  test('not if the time was over before a turn came', () => {
    const late = { ...OTHER, status: 'RuntimeError', statusReason: `Error: ${NOT_RUN}` };
    expect(failures(reportOf([CANARY, late]), [])).toEqual([]);
    expect(last(reportOf([CANARY, late]))).toContain('not run 1');
  });

  test.each([
    ['is not there', [OTHER]],
    ['lives', [{ ...CANARY, status: 'Survived' }]],
    ['was stopped, as it ran on', [{ ...CANARY, status: 'Timeout' }]],
    ['died without a test', [{ ...CANARY, killedBy: [] }]],
  ])('if the canary %s', (_, mutants) => {
    expect(failures(reportOf(mutants), ledgerOf(OTHER)).join()).toContain('the canary');
  });
});

describe('an entry of the ledger', () => {
  const moved = `/** New. */\nconst a = 1;\n\n${SOURCE}`;
  const changed = SOURCE.replace('return', 'return 0 +');
  const below = (mutant: Reported, lines: number, columns: number): Reported => {
    const { end, start } = mutant.location;
    const to = ({ column, line }: typeof start): typeof start => ({ line: line + lines, column: column + columns });
    return { ...mutant, location: { start: to(start), end: to(end) } };
  };

  test('is kept where its declaration moves', () => {
    expect(failures(reportOf([below(CANARY, 3, 0), below(OTHER, 3, 0)], moved), ledgerOf(OTHER))).toEqual([]);
    expect(lost(ledgerOf(OTHER), moved)).toEqual([]);
  });

  test('is lost where its declaration changes, is gone, or its evidence is another', () => {
    expect(failures(reportOf([CANARY, below(OTHER, 0, 4)], changed), ledgerOf(OTHER))).toHaveLength(1);
    expect(lost(ledgerOf(OTHER), changed)[0]).toContain('has changed');
    expect(lost(ledgerOf(OTHER), 'const b = 2;')[0]).toContain('no such declaration');
    expect(lost(ledgerOf(OTHER), undefined)[0]).toContain('no such file');
    const other = ledgerOf(OTHER).map((entry) => ({ ...entry, evidence: { kind: 'types', says: 'more' } as const }));
    expect(lost(other, SOURCE)[0]).toContain('has changed');
    expect(failures(reportOf([CANARY, OTHER]), other)).toHaveLength(1);
  });

  test('speaks of one place alone', () => {
    const second = { ...ONE, location: at(3, 14, 15) };
    const [first] = named(FILE, SOURCE, [second, ONE]);
    const ledger = first === undefined ? [] : [entryOf(first, { kind: 'states', says: 'the same' })];
    expect(last(reportOf([ONE, second]), ledger)).toContain('survived 1, not covered 0, equivalent 1');
  });
});
