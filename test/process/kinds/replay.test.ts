import { expect, test } from 'vitest';
import { BOOT, BUDDY, MACHINE, folder } from './cases.ts';
import { fixture, run } from '../command.ts';
import { judged } from './records.ts';

const file = folder();
const boot = file('boot.json', BOOT);
const machine = file('machine.json', MACHINE);
const buddy = file('buddy.json', BUDDY);

test.each([
  ['boot', boot, 'boot memory compared'],
  ['machine', machine, 'machine compared'],
])('without a command, a case of %s runs on the reference', async (kind, of, sight) => {
  const { kinds, status, summary } = await judged('replay', [of]);
  expect([status, summary.verdict]).toEqual([0, 'conforms']);
  const seen = { ...kinds[0]?.sometimes, ...(summary as { sometimes?: Record<string, number> }).sometimes };
  expect(seen[sight] ?? 0, `${kind}: ${sight}`).toBeGreaterThan(0);
});

test('a case whose nodes are unsupported has shown nothing', async () => {
  const { status, summary } = await judged('replay', [boot, ...fixture('bootmem', 'unsupported')]);
  expect([status, summary.verdict]).toEqual([5, 'not-applicable']);
});

/** Replays a case on a harness that has arenas alone. */
async function expectUnusable(of: string, feature: string): Promise<void> {
  const { status, stderr, stdout } = await run(['replay', of, ...fixture('sound')]);
  expect(status).toBe(3);
  expect(`${stdout}${stderr}`).toMatch(new RegExp(`feature\\W+${feature}\\b`, 'u'));
  expect(stdout).not.toMatch(/crash|diverges/u);
}

test('a harness without the feature boot is unusable for a case of boot memory, not to blame', async () => {
  await expectUnusable(boot, 'boot');
});

test('a harness without the feature machine is unusable for a case on a machine, not to blame', async () => {
  await expectUnusable(machine, 'machine');
});

test.each([
  ['check on a harness', ['check', '--cases', '1', '--reference', '2.4', ...fixture('sound')]],
  ['replay of buddy on a harness', ['replay', buddy, '--reference', '2.6', ...fixture('sound')]],
  ['replay of boot on a harness', ['replay', boot, '--reference', '2.4', ...fixture('bootmem')]],
  ['replay of machine on a harness', ['replay', machine, '--reference', '2.4', ...fixture('machine')]],
  ['replay of machine on a reference that has none', ['replay', machine, '--reference', '2.6']],
])('an option that does nothing is a usage error: --reference in %s', async (_where, args) => {
  const { status, stderr, stdout } = await run(args);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/--reference|2\.6/u);
});
