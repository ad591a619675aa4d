import { expect, test } from 'vitest';
import { BOOT, BUDDY, MACHINE, folder } from './cases.ts';
import { buddyTree, fixture, run } from '../command.ts';
import { judged } from './records.ts';

const file = folder();
const buddy = file('buddy.json', BUDDY);
const boot = file('boot.json', BOOT);
const machine = file('machine.json', MACHINE);

test('two facts of a machine are joined by one "but"', async () => {
  const { status, stdout } = await run(['replay', machine, ...fixture('machine', 'nobody asks for balance')]);
  expect(status).toBe(1);
  expect(stdout).toMatch(/^ *PASS-2 \(balance-asked\) refuted at .*:\n +.+\n +but (?!but\b)/mu);
  expect(stdout).not.toMatch(/but but/u);
});

test.each([
  ['buddy', 'TAKE-6', [buddy, ...buddyTree('2.3.0')]],
  ['boot', 'BOOT-12', [boot, ...fixture('bootmem', 'refuses')]],
  ['machine', 'PASS-7', [machine, ...fixture('machine', 'refuses what it has')]],
])('a case of %s that was not shortened is not called short', async (_kind, clause, args) => {
  const { status, stdout } = await run(['replay', ...args]);
  expect([status, stdout]).toEqual([1, expect.stringContaining(clause)]);
  expect(stdout).not.toMatch(/as short as|shortest/u);
});

test('the JSON of a crash of boot memory says why, replayed', async () => {
  const { status, summary } = await judged('replay', [boot, ...fixture('bootmem', 'crashes')]);
  expect([status, summary.verdict]).toEqual([1, 'crash']);
  expect(summary.because?.join(' ') ?? '').toContain('exited with status 3');
});

test('the JSON of a crash of boot memory says why, found', async () => {
  const { status, summary } = await judged('check', ['--cases', '5', ...fixture('bootmem', 'crashes')]);
  expect([status, summary.verdict]).toEqual([1, 'crash']);
  expect(summary.because?.join(' ') ?? '').toContain('exited with status 3');
});
