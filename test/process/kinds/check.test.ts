import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FEW, judged, ofKind, verdictsOf } from './records.ts';
import { fixture, run } from '../command.ts';
import { folder } from './cases.ts';

const file = folder();

test('one run judges every kind that a harness offers, with a record for each and a summary over all', async () => {
  const all = await judged('check', [...FEW, ...fixture('every-kind')]);
  expect([all.status, all.summary.verdict, all.summary.complete]).toEqual([0, 'conforms', true]);
  expect([all.records[0], all.records.at(-1)]).toEqual(['hello', 'summary']);
  expect(verdictsOf(all)).toEqual({ buddy: 'conforms', boot: 'conforms', machine: 'conforms' });
  for (const { cases, missing, operations } of all.kinds) {
    expect(Math.min(cases, operations)).toBeGreaterThan(0);
    expect(missing ?? []).toEqual([]);
  }
});

test.each([
  ['machine', 'PASS-7', 'zones-complete', ['none', 'refuses what it has']],
  ['boot', 'BOOT-12', 'boot-complete', ['refuses', 'right']],
] as const)(
  'a fault of %s is the verdict of the whole run; its case is saved, and replays',
  async (kind, clause, property, how) => {
    const saved = file(`${kind}.json`);
    const all = await judged('check', ['--save', saved, ...FEW, ...fixture('every-kind', ...how)]);
    expect([all.status, ofKind(all, kind).verdict]).toEqual([1, 'diverges']);
    expect(all.summary).toMatchObject({ verdict: 'diverges', kind, clause, property });
    expect(all.summary.because).toHaveLength(2);
    expect(all.summary.case?.init).toHaveProperty(kind);
    expect(JSON.parse(readFileSync(saved, 'utf8'))).toEqual(all.summary.case);
    const again = await judged('replay', ['-', ...fixture('every-kind', ...how)], all.ran.stdout);
    expect([again.status, again.summary.kind, again.summary.clause]).toEqual([1, kind, clause]);
    expect((await run(['replay', '-', ...fixture('every-kind')], all.ran.stdout)).status).toBe(0);
  },
);

test('a kind of which nothing is supported is not applicable, and does no harm to the others', async () => {
  const all = await judged('check', [...FEW, ...fixture('every-kind', 'none', 'unsupported')]);
  expect(verdictsOf(all)).toEqual({ buddy: 'conforms', boot: 'conforms', machine: 'not-applicable' });
  expect([all.status, all.summary.verdict]).toEqual([0, 'conforms']);
  const alone = await judged('check', [...FEW, ...fixture('bootmem')]);
  expect(verdictsOf(alone)).toMatchObject({ buddy: 'not-applicable', boot: 'conforms' });
  expect([alone.status, alone.summary.verdict]).toEqual([0, 'conforms']);
});

test('a run in which no kind is applicable is no pass', async () => {
  const none = await judged('check', ['--cases', '3', ...fixture('bootmem', 'unsupported')]);
  expect(verdictsOf(none)).toMatchObject({ buddy: 'not-applicable', boot: 'not-applicable' });
  expect([none.status, none.summary.verdict]).toEqual([5, 'not-applicable']);
});

test.each([
  [['--kind', 'boot'], ['boot']],
  [['--kind', 'buddy'], ['buddy']],
  [
    ['--kind', 'boot,machine'],
    ['boot', 'machine'],
  ],
  [
    ['--kind', 'machine', '--kind', 'buddy'],
    ['buddy', 'machine'],
  ],
])('%j: only these kinds are judged', async (options, kinds) => {
  const all = await judged('check', [...options, ...FEW, ...fixture('every-kind')]);
  expect(Object.keys(verdictsOf(all)).toSorted()).toEqual(kinds.toSorted());
  expect([all.status, all.summary.verdict]).toEqual([0, 'conforms']);
});

test('--kind of something that is no kind is told which there are', async () => {
  const { status, stderr } = await run(['check', '--kind', 'bucket']);
  expect([status, stderr]).toEqual([2, expect.stringMatching(/buddy.*boot.*machine/u)]);
});

test('there is no command check-machine: check judges machines', async () => {
  const { status, stderr } = await run(['check-machine', '--cases', '1']);
  expect([status, stderr]).toEqual([2, expect.stringContaining("unknown command 'check-machine'")]);
});
