import { expect, test, vi } from 'vitest';
import { GOAL, MACHINE, ROOMY_MACHINE, folder } from './cases.ts';
import { FEW, judged } from './records.ts';
import { fixture } from '../command.ts';
import { path } from '../started.ts';
import { patience } from '../../arbitrary/campaign.ts';

vi.setConfig({ testTimeout: patience });

const file = folder();
const goal = file('goal.json', GOAL);
const machine = file('machine.json', MACHINE);
const roomy = file('roomy.json', ROOMY_MACHINE);
const PLACEMENT = 'placement:linux-2.4';

test('a claim that is taken back is not judged in a search of boot memory', async () => {
  const { status, summary } = await judged('check', ['--no-claim', PLACEMENT, ...FEW, ...fixture('bootmem', 'lowest')]);
  expect([status, summary.verdict]).toEqual([0, 'conforms']);
});

test.each([
  ['boot', PLACEMENT, [goal, ...fixture('bootmem', 'lowest')]],
  ['machine', 'complete', [roomy, ...fixture('machine', 'refuses what it has')]],
])('a claim that is taken back is not judged in a replay of %s', async (_kind, claim, args) => {
  const { status, summary } = await judged('replay', ['--no-claim', claim, ...args]);
  expect([status, summary.verdict]).toEqual([0, 'conforms']);
});

test.each([
  ['boot', 'FIT-1', [goal, ...fixture('every-kind', 'lowest')]],
  ['machine', 'PLACE-1', [machine, ...fixture('machine')]],
])('a claim that is added is judged in a replay of %s: %s', async (_kind, clause, args) => {
  const { status, summary } = await judged('replay', ['--claim', PLACEMENT, ...args]);
  expect([status, summary.verdict, summary.clause]).toEqual([1, 'diverges', clause]);
});

test.each([
  ['boot', /^FIT-/u, ['--', process.execPath, path('../../conformance/harness/javascript/boot.js')]],
  ['machine', /^(?:PLACE|PASS|NODE)-/u, fixture('machine')],
])('a claim that is added is judged in a search of %s', async (kind, clause, target) => {
  const { status, summary } = await judged('check', ['--claim', PLACEMENT, ...FEW, ...target]);
  expect([status, summary.verdict, summary.kind]).toEqual([1, 'diverges', kind]);
  expect(summary.clause).toMatch(clause);
});
