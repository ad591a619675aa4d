/** The formats for CI systems as files of the command, and the workflow that asks for them. */
import { buddyTree, run } from '../command.ts';
import { expect, test } from 'vitest';
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { path } from '../started.ts';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';

const folder = mkdtempSync(join(tmpdir(), 'formats-'));
const file = (name: string): string => join(folder, name);

test('all formats at once, from one run, and the text beside them', async () => {
  const asked = ['--junit', file('a.xml'), '--sarif', file('a.sarif'), '--badge', file('a.json'), '--github'];
  const { status, stderr, stdout } = await run(['check', ...asked, ...buddyTree('2.3.0')]);
  expect(status).toBe(1);
  expect(stdout).toMatch(/^buddy-tree 2\.3\.0: diverges\n/u);
  expect(stderr).toMatch(/^::error title=buddy-tree 2\.3\.0%3A TAKE-6 /u);
  expect(readFileSync(file('a.xml'), 'utf8')).toContain('tests="1" failures="1" errors="0"');
  expect(readFileSync(file('a.sarif'), 'utf8')).toContain('"ruleId": "TAKE-6"');
  expect(readFileSync(file('a.json'), 'utf8')).toContain('"message": "diverges"');
});

test('a harness that does not start is an error, not a failure, and has no rule of a clause', async () => {
  const asked = ['--junit', file('b.xml'), '--sarif', file('b.sarif')];
  const { status } = await run(['check', ...asked, '--', process.execPath, '-e', 'process.exit(0)']);
  expect(status).toBe(3);
  expect(readFileSync(file('b.xml'), 'utf8')).toContain('failures="0" errors="1"');
  expect(readFileSync(file('b.sarif'), 'utf8')).toContain('"resultsWithoutLocation": 1');
});

test('what cannot be written is told of before the search', async () => {
  const { status, stderr } = await run(['check', '--sarif', folder]);
  expect([status, stderr]).toEqual([2, `buddy-oracle: ${folder} is no file\n`]);
});

test('the workflow of examples asks for all of it, and its step fails as the judge does', () => {
  const text = readFileSync(path('../../examples/judge.yml'), 'utf8');
  const script = /- name: judge\n +run: \|\n((?: {10}.*\n)+)/u.exec(text)?.[1] ?? '';
  const summary = file('summary.md');
  writeFileSync(summary, '');
  const npx = `npx() { shift; "${process.execPath}" "${path('../../dist/conformance/cli/main.js')}" "$@"; }\n`;
  const HARNESS = buddyTree('2.3.0').slice(1).join(' ');
  const env = {
    ...process.env,
    GITHUB_ACTIONS: 'true',
    GITHUB_STEP_SUMMARY: summary,
    HARNESS,
    SECONDS_TO_SEARCH: '20',
  };
  const { status, stderr } = spawnSync('bash', ['-eo', 'pipefail', '-c', npx + script], {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  expect([status, stderr.slice(0, 8)]).toEqual([1, '::error ']);
  expect(readdirSync(file('buddy-oracle')).toSorted()).toEqual(['film.html', 'junit.xml', 'result.sarif']);
  expect(readFileSync(summary, 'utf8')).toContain('## buddy-tree 2.3.0: diverges');
});

test('steps are shown by themselves of a short case, and of no other unless they are asked for', async () => {
  const shows = async (script: string, ...words: readonly string[]): Promise<boolean> => {
    const of = JSON.stringify({ init: { base: 0, pages: 4, orders: 3 }, run: script });
    return (await run(['replay', '-', ...words], of)).stdout.includes('step by step');
  };
  const long = Array.from({ length: 17 }, () => 'a0').join(' ');
  expect(await Promise.all([shows('a0'), shows('a0', '--no-steps'), shows(long), shows(long, '--steps')])).toEqual([
    ...[true, false, false, true],
  ]);
  expect(await shows('a0', '--json')).toBe(false);
});

test('--steps: the free blocks of each order after each operation, and the lists', async () => {
  const of = JSON.stringify({ init: { base: 0, pages: 4, orders: 3 }, run: 'a0 f0' });
  const { status, stdout } = await run(['replay', '--steps', '-'], of);
  expect(status).toBe(0);
  // 2.4 gives the lower half to its list and goes on with the upper: 4 frames become 0 and 1, 2, and 3, which is granted.
  expect(stdout.slice(stdout.indexOf('   before the first'))).toBe(`   before the first operation
      0 0 1   order 2: 0
1  allocate a block of order 0: granted frame 3
      1 1 0   order 0: 2   order 1: 0
2  free what allocation 0 was granted: done
      0 0 1   order 2: 0
`);
});
