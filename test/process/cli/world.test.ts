import { afterAll, expect, test } from 'vitest';
import { existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { fixture, run, start, summaryOf } from '../command.ts';
import { path } from '../started.ts';
import { patience } from '../../arbitrary/campaign.ts';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';

const folder = mkdtempSync(`${tmpdir()}/cli-world-`);
afterAll(() => rmSync(folder, { recursive: true }));

const FEW = ['--cases', '30', '--ops', '100'];

const twice = 2 * patience;

test('what is printed replays, also where a fault needs the cases before it', { timeout: twice }, async () => {
  const judged = await run(['check', '--json', '--ops', '200', ...fixture('leaks-late')]);
  const found = summaryOf(judged);
  expect([judged.status, found.verdict]).toEqual([1, 'diverges']);
  expect(found.case?.before?.length).toBeGreaterThan(0);
  for (let n = 0; n < 2; n++) {
    const replayed = await run(['replay', '--json', '-', ...fixture('leaks-late')], judged.stdout);
    expect([replayed.status, summaryOf(replayed).clause]).toEqual([1, found.clause]);
  }
});

test.each([['--json'], []])('a reader that goes away changes no status: %j', async (...flags) => {
  const judge = start(['check', ...FEW, ...flags, ...fixture('sound')]);
  judge.stdout.destroy();
  let said = '';
  judge.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()));
  const status = await new Promise((resolve) => judge.once('close', resolve));
  expect([status, said]).toEqual([0, '']);
});

test('a file that cannot be written is told of before the search', async () => {
  const ran = await run(['check', ...FEW, '--save', `${folder}/none/case.json`, ...fixture('sound')]);
  expect([ran.status, ran.stdout]).toEqual([2, '']);
  expect(ran.stderr).toMatch(/none\/case\.json cannot be written: .*ENOENT/u);
});

test('where nothing is found, nothing is written, and it is said', async () => {
  const file = `${folder}/nothing.json`;
  const ran = await run(['check', ...FEW, '--save', file, ...fixture('sound')]);
  expect([ran.status, existsSync(file)]).toEqual([0, false]);
  expect(ran.stderr).toContain(`nothing written to ${file}`);
});

test('MISUSE-5 · a free that is left out of a replay is named, and no conformance', async () => {
  const saved = JSON.stringify({ init: { base: 0, pages: 4, orders: 3 }, run: 'a0 f0 F0:0' });
  const ran = await run(['replay', '-', ...fixture('sound')], saved);
  expect(ran.stdout).toMatch(/: nothing found, but not all was asked\n/u);
  expect(ran.stdout).toMatch(/left out.*: F0:0\n/u);
});

test('what runs on the reference replays on it, told by name', async () => {
  writeFileSync(`${folder}/case`, JSON.stringify({ init: { base: 0, pages: 4, orders: 3 }, run: 'a0' }));
  const ran = await run(['replay', '--reference', '2.6', `${folder}/case`]);
  expect([ran.status, ran.stdout.split('\n')[0]]).toEqual([0, 'buddy-oracle reference 2.6 2.6.24: conforms']);
});

test.runIf(existsSync('/dev/full'))('a full disk is told of, and the verdict stands', async () => {
  const args = [path('../../dist/conformance/cli/main.js'), 'check', ...FEW, ...fixture('sound')];
  const judge = spawn(process.execPath, args, { stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'] });
  let said = '';
  judge.stderr?.on('data', (bytes: Buffer) => (said += bytes.toString()));
  const status = await new Promise((resolve) => judge.once('close', resolve));
  expect(status).toBe(0);
  expect(said).toMatch(/^buddy-oracle: the result cannot be printed: .*ENOSPC/u);
});
