import { expect, test } from 'vitest';
import { GOAL, MACHINE, ROOMY_MACHINE, folder } from './cases.ts';
import { FEW, judged } from './records.ts';
import { fixture, run } from '../command.ts';
import { path } from '../started.ts';

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

const BOTH = [PLACEMENT, 'placement:linux-2.6'] as const;
const buddyCase = file('buddy.json', { init: { pages: 4, base: 0, orders: 3 }, run: 'a0' });

test.each<['check' | 'replay', readonly string[]]>([
  ['check', [...FEW]],
  ['replay', [buddyCase]],
  ['check', ['--exhaustive', '2']],
])('a hello that claims both placements cannot be judged: %s %j', async (command, args) => {
  const { status, summary } = await judged(command, [...args, ...fixture('claiming', ...BOTH)]);
  expect([status, summary.verdict]).toEqual([3, 'protocol-error']);
  expect(summary.because?.join()).toMatch(/placement:linux-2\.4 and placement:linux-2\.6 .* contradict each other/u);
});

test.each<[string, readonly string[], readonly string[]]>([
  ['one beside that of the hello', ['--claim', BOTH[1]], fixture('claiming', BOTH[0])],
  ['both', ['--claim', BOTH[0], '--claim', BOTH[1]], fixture('claiming', 'complete')],
  ["one beside the reference's", ['--claim', BOTH[1]], []],
])('--claim that contradicts is an error of usage: %s', async (_what, flags, target) => {
  for (const args of [
    ['check', ...FEW],
    ['replay', buddyCase],
  ]) {
    const { status, stderr, stdout } = await run([...args, ...flags, ...target]);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^buddy-oracle: --claim: placement:linux-2\.4 and placement:linux-2\.6 /u);
  }
});

test('what is taken back contradicts nothing', async () => {
  const args = [...FEW, '--no-claim', BOTH[0], '--no-claim', BOTH[1], ...fixture('claiming', 'complete', ...BOTH)];
  const { status, summary } = await judged('check', args);
  expect([status, summary.verdict]).toEqual([0, 'conforms']);
});
