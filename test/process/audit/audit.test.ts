/** Tests of the command `audit`: each invariant that can be seen was held, and is shown to be able to fail. */
import { expect, test } from 'vitest';
import { run } from '../command.ts';
import { invariants } from '../../../invariants/index.ts';
import { path } from '../started.ts';

interface Row {
  readonly record: string;
  readonly clause: string;
  readonly idle?: string;
  readonly fails?: { readonly how: string; readonly counterexample: { readonly clause: string } };
  readonly refuted?: object;
}

interface Sum {
  readonly record: string;
  readonly complete: boolean;
  readonly verdict: string;
  readonly looks: number;
  readonly states: number;
  readonly shown: readonly string[];
}

async function audited(args: readonly string[]): Promise<readonly [number | null, readonly Row[], Sum]> {
  const { status, stdout } = await run(['audit', '--json', '--time', '20', '--cases', '150', ...args]);
  const records = stdout
    .trimEnd()
    .split('\n')
    .map((text) => JSON.parse(text) as Row & Sum);
  return [status, records.slice(0, -1), records.at(-1) ?? expect.fail('no records')];
}

const clausesOf = (rows: readonly Row[], is: (row: Row) => boolean): readonly string[] =>
  rows.filter(is).map(({ clause }) => clause);

const BITS = ['MAP-1', 'MAP-3', 'MAP-2', 'MAP-4'];

test.each<[string, readonly string[]]>([
  ['2.4', ['MARK-1']],
  ['2.6', BITS],
])('of the reference of %s all but what its kernel does not have is held, and can fail', async (kernel, idle) => {
  const [status, rows, { looks, states }] = await audited(['--reference', kernel]);
  expect(status).toBe(0);
  expect(rows.map(({ clause }) => clause)).toEqual(invariants.map(({ clause }) => clause));
  expect(clausesOf(rows, (row) => row.idle !== undefined)).toEqual(idle);
  expect(clausesOf(rows, (row) => row.idle === undefined && row.fails?.counterexample.clause !== row.clause)).toEqual(
    [],
  );
  expect([looks > 150, states > 100, states <= looks]).toEqual([true, true, true]);
});

test('of a harness that shows blocks and bits, all but marks can be seen', async () => {
  const [status, rows, sum] = await audited([
    '--',
    process.execPath,
    path('../../conformance/harness/javascript/attach.js'),
  ]);
  expect([status, sum.shown.toSorted()]).toEqual([0, ['bits', 'count', 'lists']]);
  expect(clausesOf(rows, (row) => row.idle !== undefined)).toEqual(['MARK-1']);
  expect(clausesOf(rows, (row) => row.fails !== undefined).length).toBe(invariants.length - 1);
});

test('of a harness that shows nothing nothing is held, and that is no success', async () => {
  const [status, rows, sum] = await audited([
    '--',
    process.execPath,
    path('../../conformance/harness/javascript/buddy-tree.js'),
    '2.4.1',
  ]);
  expect([status, sum.looks, sum.shown]).toEqual([5, 0, []]);
  expect([sum.record, sum.complete, sum.verdict]).toEqual(['summary', true, 'inconclusive']);
  expect(clausesOf(rows, (row) => row.idle === undefined)).toEqual([]);
});

test('one that diverges ends as check does', async () => {
  const [status, , { verdict }] = await audited([
    '--',
    process.execPath,
    path('../../conformance/harness/javascript/buddy-tree.js'),
    '2.3.0',
  ]);
  expect([status, verdict]).toEqual([1, 'diverges']);
});
