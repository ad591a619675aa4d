/** Tests the way of a new user in each language: `new`, build, check, break it, see it refuted, replay. */
import { TRIED, lacking } from './languages.ts';
import { afterAll, expect, test, vi } from 'vitest';
import { end, run, start, summaryOf } from '../command.ts';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { patience } from '../../arbitrary/campaign.ts';
import { tmpdir } from 'node:os';
import type { Ran } from '../command.ts';

vi.setConfig({ testTimeout: 2 * patience }); // compilers take their time on a machine that is busy

const folder = mkdtempSync(`${tmpdir()}/new-`);
afterAll(() => rmSync(folder, { recursive: true }));

/** Builds what the printed step says, in a shell as a user does. */
function build(line: string, cwd: string): void {
  const built = spawnSync('bash', ['-c', line], { cwd, encoding: 'utf8' });
  expect(built.status, built.stderr).toBe(0);
}

/** Judges with the printed command, less what finds the judge. */
async function check(line: string, cwd: string): Promise<Ran> {
  const words = line.replace('npx buddy-oracle check -- ', '').split(' ');
  return end(start(['check', '--json', '--pages', '1-20', '--ops', '120', '--cases', '60', '--', ...words], cwd));
}

test.for(TRIED.map((one) => [one.language.name, one] as const))('%s', async ([name, tried], { skip }) => {
  const why = lacking(tried);
  if (why !== undefined) skip(why);
  const into = join(folder, name);
  const written = await run(['new', name, into]);
  expect([written.status, written.stderr]).toEqual([0, '']);
  const [, first = '', second = ''] = /1\. (.*)\n +2\. (.*)\n +3\. put your allocator/u.exec(written.stdout) ?? [];
  expect(written.stdout).toContain(
    `3. put your allocator in the place of ${tried.slip.file}: ${tried.language.attach} calls it`,
  );
  build(first, folder);

  const healthy = await check(second, into);
  expect([healthy.status, summaryOf(healthy).verdict], healthy.stderr).toEqual([0, 'conforms']);

  const { file, right, wrong } = tried.slip;
  const text = readFileSync(join(into, file), 'utf8');
  expect(text).toContain(right);
  writeFileSync(join(into, file), text.replace(right, wrong));
  build(first, folder);
  const broken = await check(second, into);
  const summary = summaryOf(broken);
  expect([broken.status, summary.verdict]).toEqual([1, 'diverges']);

  const replaying = start(['replay', '--json', '-', '--', ...second.replace(/.* -- /u, '').split(' ')], into);
  replaying.stdin.end(JSON.stringify(summary.case));
  const replayed = await end(replaying);
  expect([replayed.status, summaryOf(replayed).clause]).toEqual([1, summary.clause]);
});

test('a folder that holds something is left alone, and an unknown language is named', async () => {
  const full = join(folder, 'full');
  await run(['new', 'python', full]);
  const again = await run(['new', 'python', full]);
  expect([again.status, again.stderr]).toEqual([2, `buddy-oracle: ${full} is not empty\n`]);
  const unknown = await run(['new', 'cobol', join(folder, 'none')]);
  expect([unknown.status, existsSync(join(folder, 'none'))]).toEqual([2, false]);
  expect(unknown.stderr).toContain('no harness for cobol, but for c, c++, rust, go, java, python, javascript');
});

test('the workflow builds and judges by the lines that are printed', async () => {
  const into = join(folder, 'workflow');
  const { stdout } = await run(['new', 'c', into]);
  const workflow = readFileSync(join(into, '.github/workflows/judge.yml'), 'utf8');
  const lines = [...workflow.matchAll(/- run: (.*)/gu)].map(([, line = '']) => line);
  expect(lines.slice(1)).toEqual(['cc -O2 -std=c99 -o judged attach.c', 'npx buddy-oracle check -- ./judged']);
  for (const line of lines.slice(1)) expect(stdout).toContain(line);
});
