/** Tests of `--all` and `--without`: one finding does not hide the next. */
import { expect, test } from 'vitest';
import { fixture, run, summaryOf } from '../command.ts';

interface FoundRecord {
  readonly clause?: string;
  readonly replays: boolean;
  readonly without?: readonly string[];
  readonly case: { readonly run: string };
}

const recordOf = (stdout: string): { found?: readonly FoundRecord[] } =>
  JSON.parse(stdout.split('\n').find((line) => line.includes('"record":"kind"')) ?? '{}') as { found?: FoundRecord[] };

const FAULTY = fixture('three-faults');

test('--all goes on without what was found: every clause that is refuted, each with a case of its own that replays', async () => {
  const { status, stdout } = await run(['check', '--all', '--cases', '150', '--pages', '4-32', '--json', ...FAULTY]);
  expect(status).toBe(1);
  const found = recordOf(stdout).found ?? [];
  expect(found.map(({ clause }) => clause).toSorted()).toEqual(['COUNT-1', 'GIVE-1', 'TAKE-6']);
  expect(found.map(({ replays }) => replays)).toEqual([true, true, true]);
  for (const one of found) {
    const without = (one.without ?? []).flatMap((clause) => ['--without', clause]);
    const again = await run(['replay', '-', '--json', ...without, ...FAULTY], JSON.stringify(one.case));
    expect([again.status, summaryOf(again).clause]).toEqual([1, one.clause]);
  }
});

test('--all goes on within a case after what is known: a fault that another one always comes before is found', async () => {
  const words = ['check', '--all', '--cases', '60', '--pages', '64', '--ops', '100', '--json'];
  const { stdout } = await run([...words, ...fixture('rare/masks')]);
  const found = recordOf(stdout).found ?? [];
  expect(found[0]?.clause).toBe('TAKE-6');
  const twice = found.find(({ clause }) => clause === 'TAKE-4');
  // Before thirty grants there are always requests that are refused.
  expect(twice?.case.run.split(' ').filter((token) => token.startsWith('a')).length).toBeGreaterThan(30);
  const without = (twice?.without ?? []).flatMap((clause) => ['--without', clause]);
  expect(without).toContain('TAKE-6');
  const again = await run(['replay', '-', ...without, '--json', ...fixture('rare/masks')], JSON.stringify(twice?.case));
  expect([again.status, summaryOf(again).clause]).toEqual([1, 'TAKE-4']);
});

test('without --all a search ends at the first finding', async () => {
  const { status, stdout } = await run(['check', '--cases', '150', '--json', ...FAULTY]);
  expect(status).toBe(1);
  expect(recordOf(stdout).found).toBeUndefined();
});

test('--without CLAUSE does not judge it: what is refuted first is another', async () => {
  const first = await run(['check', '--cases', '150', '--json', ...FAULTY]);
  const { clause = '' } = summaryOf(first);
  const second = await run(['check', '--cases', '150', '--without', clause, '--json', ...FAULTY]);
  expect(second.status).toBe(1);
  expect(summaryOf(second).clause).not.toBe(clause);
});

test('--without wants a clause that there is', async () => {
  const { status, stderr } = await run(['check', '--without', 'TAKE-99', ...FAULTY]);
  expect(status).toBe(2);
  expect(stderr).toContain('It must be the id of a clause, such as TAKE-6.');
});
