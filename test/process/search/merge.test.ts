/** Tests of `--shard` and `merge`: parts of a search, each in a process of its own, and what they come to together. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fixture, run, summaryOf } from '../command.ts';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import type { Ran } from '../command.ts';

const folder = mkdtempSync(join(tmpdir(), 'merge-'));
const SEARCH = ['check', '--json', '--kind', 'buddy', '--cases', '150', '--jobs', '1'];
const SOUND = fixture('sound');
const FAULTY = fixture('three-faults');

/** Writes what a run printed; returns the file. */
function keep(name: string, { stdout }: Ran): string {
  const file = join(folder, name);
  writeFileSync(file, stdout);
  return file;
}

/** Runs each of some parts of a search. */
const parts = async (count: number, harness: readonly string[], name: string): Promise<readonly string[]> => {
  const files: string[] = [];
  for (let nth = 1; nth <= count; nth++) {
    files.push(keep(`${name}-${nth}`, await run([...SEARCH, '--shard', `${nth}/${count}`, ...harness])));
  }
  return files;
};

/** What two runs of the same search must have alike. */
const alike = (ran: Ran): object => {
  const { because, case: of, cases, clause, missing, ops, sometimes, verdict } = summaryOf(ran);
  return { because, case: of, cases, clause, missing, ops, sometimes, verdict };
};

let sound: readonly string[] = [];
let faulty: readonly string[] = [];

beforeAll(async () => {
  sound = await parts(3, SOUND, 'sound');
  faulty = await parts(2, FAULTY, 'faulty');
});

afterAll(() => rmSync(folder, { recursive: true }));

test('the parts of a search come to what the whole comes to: verdict, cases, operations, all that was seen', async () => {
  const merged = await run(['merge', '--json', ...sound]);
  const whole = await run([...SEARCH, ...SOUND]);
  expect([merged.status, alike(merged)]).toEqual([0, alike(whole)]);
});

test('of what the parts found, that of the lowest case is the finding, and replays', async () => {
  const merged = await run(['merge', '--json', ...faulty]);
  const whole = await run([...SEARCH, ...FAULTY]);
  const { because, case: of, clause } = summaryOf(whole);
  expect(merged.status).toBe(1);
  expect(summaryOf(merged)).toMatchObject({ because, case: of, clause, verdict: 'diverges' });
  const again = await run(['replay', '-', '--json', ...FAULTY], merged.stdout);
  expect([again.status, summaryOf(again).clause]).toEqual([1, clause]);
});

test('in text it is a report like any other', async () => {
  const { status, stdout } = await run(['merge', ...sound]);
  expect(status).toBe(0);
  expect(stdout).toContain('conforms');
  expect(stdout).toContain('150 cases');
});

test('what a part could not judge, or saw once and never again, is told as the part told it', async () => {
  const [first = '', ...others] = sound;
  const lines = readFileSync(first, 'utf8').trimEnd().split('\n');
  const withKind = async (change: object): Promise<Ran> => {
    const changed = JSON.stringify({ ...(JSON.parse(lines[1] ?? '') as object), ...change });
    const stdout = [lines[0], changed, ...lines.slice(2)].join('\n');
    return run(['merge', keep('changed', { status: 0, signal: null, stdout, stderr: '' }), ...others]);
  };
  const refused = await withKind({ verdict: 'protocol-error', because: ['started again, it is another'], stderr: '' });
  expect(refused.status).toBe(3);
  expect(refused.stdout).toContain('started again, it is another');
  const of = { init: { base: 0, pages: 1, orders: 1 }, run: 'a0' };
  const crash = { case: of, because: ['ended by SIGSEGV'], stderr: '', at: 5, shortened: 'no', replays: false };
  const flaky = await withKind({ verdict: 'flaky-crash', ...crash });
  expect(flaky.status).toBe(1);
  expect(flaky.stdout).toContain('crash: ended by SIGSEGV');
});

test('a part that is missing, given twice, interrupted, of another search or of none is an error that names it', async () => {
  const [first = '', second = '', third = ''] = sound;
  const other = keep('other', await run([...SEARCH, '--seed', '9', '--shard', '2/3', ...SOUND]));
  const whole = keep('whole', await run([...SEARCH, ...SOUND]));
  const longer = keep('longer', await run([...SEARCH, '--ops', '30', '--shard', '2/3', ...SOUND]));
  const asked = readFileSync(first, 'utf8');
  expect(asked).toContain('"pages":[]');
  const odd = join(folder, 'odd');
  writeFileSync(odd, asked.replace('"pages":[]', '"pages":["x"]'));
  const wrong: readonly (readonly [string[], string])[] = [
    [[first, third], 'missing: 2/3'],
    [[first, second, second, third], 'given twice: 2/3'],
    [[first, other, third], 'its seed is 9'],
    [[first, longer, third], 'its search is'],
    [[first, whole, third], '--shard I/N --json'],
    [[odd, second, third], 'part.asked.pages.0: Invalid input: expected number'],
    [[first, second, faulty[0] ?? ''], 'number of parts is 2'],
    [[join(folder, 'nowhere')], 'cannot be read'],
  ];
  for (const [files, why] of wrong) {
    const { status, stderr, stdout } = await run(['merge', ...files]);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(why);
  }
});
