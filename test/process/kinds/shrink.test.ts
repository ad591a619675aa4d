import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { BOOT, LARGE_MACHINE, folder } from './cases.ts';
import { FEW, judged, lengthOf } from './records.ts';
import { fixture, run } from '../command.ts';
import type { AnyCase } from './records.ts';

const file = folder();
const boot = file('boot.json', BOOT);
const large = file('large.json', LARGE_MACHINE);

// In both a shorter case shows the second fault: of boot memory BOOT-8, of a machine USE-3.
test.each([
  ['bootmem', 'BOOT-9'],
  ['machine', 'TAKE-1'],
])('a harness with two faults is refuted by the one that was found: %s, %s', async (name, clause) => {
  const { status, stdout } = await run(['check', ...FEW, ...fixture(name, 'two faults')]);
  expect(status).toBe(1);
  expect(stdout).toMatch(new RegExp(`^ *${clause} \\([a-z-]+\\) refuted`, 'mu'));
});

test.each([
  ['boot', 'BOOT-12', 2, boot, fixture('bootmem', 'refuses')],
  ['machine', 'PASS-7', 1, large, fixture('machine', 'refuses what it has')],
])('replay --save --shrink writes the shorter case of %s: %s in %d', async (kind, clause, most, of, target) => {
  const saved = file(`short-${kind}.json`);
  const { status, summary } = await judged('replay', [of, '--save', saved, '--shrink', ...target]);
  expect([status, summary.clause]).toEqual([1, clause]);
  expect(lengthOf(summary.case)).toBeLessThanOrEqual(most);
  expect(JSON.parse(readFileSync(saved, 'utf8'))).toEqual(summary.case);
  const again = await judged('replay', [saved, ...target]);
  expect([again.status, again.summary.clause]).toEqual([1, clause]);
});

test.each([
  ['boot', 'BOOT-12', boot, fixture('bootmem', 'refuses')],
  ['machine', 'PASS-7', large, fixture('machine', 'refuses what it has')],
])('replay --save without --shrink writes the case of %s as it was found', async (kind, clause, of, target) => {
  const saved = file(`found-${kind}.json`);
  const { summary } = await judged('replay', [of, '--save', saved, ...target]);
  expect(summary.clause).toBe(clause);
  expect(JSON.parse(readFileSync(saved, 'utf8'))).toEqual(summary.case);
});

/** The zones of a machine, by node. */
const nodesOf = (of: AnyCase | undefined) => of?.init.machine?.nodes ?? [];

function expectSmall(of: AnyCase | undefined): void {
  const nodes = nodesOf(of);
  expect(nodes.map((zones) => zones.length)).toEqual([1]);
  const [, , pages, holes] = nodes[0]?.[0] ?? expect.fail('no zone');
  expect(holes).toEqual([]);
  expect(pages).toBeLessThanOrEqual(16);
}

test('a fault that one zone shows is reported on one node of one zone, few frames and no hole', async () => {
  const target = fixture('machine', 'refuses what it has');
  const { summary } = await judged('replay', [large, '--shrink', ...target]);
  expectSmall(summary.case);
});

test('a search reports it as small', async () => {
  const { summary } = await judged('check', [...FEW, ...fixture('machine', 'refuses what it has')]);
  expect(summary.clause).toBe('PASS-7');
  expectSmall(summary.case);
});
