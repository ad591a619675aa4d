import { expect, test } from 'vitest';
import { fixture, run } from '../command.ts';
import { judged, ofKind } from './records.ts';

const LITTLE = ['--cases', '1', '--ops', '1'];

test.each([
  ['buddy', 'sound'],
  ['boot', 'bootmem'],
  ['machine', 'machine'],
] as const)('JSON: a run of %s that has seen too little is inconclusive', async (kind, name) => {
  const one = await judged('check', [...LITTLE, ...fixture(name)]);
  expect([one.status, one.summary.verdict]).toEqual([5, 'inconclusive']);
  const { missing, verdict } = ofKind(one, kind);
  expect([verdict, missing?.length]).toEqual(['inconclusive', expect.any(Number)]);
  expect(missing).not.toEqual([]);
});

test.each([
  ['boot', 'bootmem'],
  ['machine', 'machine'],
])('text: a run of %s that has seen too little is inconclusive, and conforms nowhere', async (_kind, name) => {
  const { status, stdout } = await run(['check', ...LITTLE, ...fixture(name)]);
  expect([status, stdout]).toEqual([5, expect.stringContaining('inconclusive')]);
  expect(stdout).not.toMatch(/: conforms/u);
});

test('one kind that has seen too little is enough', async () => {
  const little = await judged('check', [...LITTLE, ...fixture('every-kind')]);
  expect(ofKind(little, 'boot').verdict).toBe('inconclusive');
  expect([little.status, little.summary.verdict]).toEqual([5, 'inconclusive']);
});

test('the reference that was asked too little is inconclusive too', async () => {
  const { status, summary } = await judged('check', LITTLE);
  expect([status, summary.verdict]).toEqual([5, 'inconclusive']);
});
