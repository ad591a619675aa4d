/** Tests of the line that says how far a run is. */
import { expect, test } from 'vitest';
import { BUDDY } from '../../../conformance/kinds/buddy/kind.ts';
import { Coverage } from '../../../conformance/judge/coverage.ts';
import { PLAIN } from '../../../conformance/judge/report/look.ts';
import { anyKind } from '../../../conformance/judge/kind.ts';
import { tellLine } from '../../../conformance/cli/terminal/told.ts';
import type { Standing } from '../../../conformance/judge/options.ts';

const kind = anyKind(BUDDY);

const coverage = new Coverage(kind.sights);
coverage.operations = 30_000;
const [sight = ''] = kind.sights;
coverage.counts[sight] = 3;

const told: Standing = { kind, cases: 1204, coverage, left: 61.5, found: [], phase: 'searches' };

test('it says cases, findings, time left, operations a second, and what was seen', () => {
  expect(tellLine(told, 200, 2, PLAIN)).toBe(
    `buddy system · 1,204 cases · 0 found · 1:02 left · 15,000 ops/s · seen 1 of ${kind.sights.length}`,
  );
});

test('a search without an end has no time left, and one that has just begun no rate', () => {
  expect(tellLine({ ...told, cases: 1, left: Infinity }, 60, 0.1, PLAIN)).toBe(
    `buddy system · 1 case · 0 found · seen 1 of ${kind.sights.length}`,
  );
});

test('it says what was found, and that shorter cases are looked for', () => {
  const found = ['TAKE-6', 'crash'];
  expect(tellLine({ ...told, found }, 200, 0, PLAIN)).toContain(' · found TAKE-6, crash · ');
  expect(tellLine({ ...told, found, left: -1, phase: 'shortens' }, 200, 0, PLAIN)).toBe(
    'buddy system · TAKE-6, crash found in 1,204 cases · looking for a shorter case · 0:00 left · Ctrl-C takes the one at hand',
  );
});

test('it is never longer than the terminal is wide, whatever colours are in it', () => {
  const loud = { ...PLAIN, strong: (text: string) => `<<${text}>>` };
  for (let columns = 0; columns < 120; columns++) {
    const line = tellLine({ ...told, found: ['PLACE-1'] }, columns, 2, loud);
    expect(line.replaceAll(/<<|>>/gu, '').length).toBeLessThanOrEqual(columns);
  }
  expect(tellLine(told, 26, 2, PLAIN)).toBe('buddy system · 1,204 cases');
});
