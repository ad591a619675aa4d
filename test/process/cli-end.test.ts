import { mkdtempSync, readFileSync, rmSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, expect, test } from 'vitest';
import { end, fixture, start } from './command.ts';
import { expectGone } from './started.ts';
import { patience } from '../arbitrary/campaign.ts';

const folder = mkdtempSync(`${tmpdir()}/end-`);
afterAll(() => rmSync(folder, { recursive: true }));

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until a harness has been asked for an arena; its process id. */
async function pidIn(file: string): Promise<number> {
  for (;;) {
    const [first = '', second] = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    if (second !== undefined && second !== '') return (JSON.parse(first) as { pid: number }).pid;
    await sleep(20);
  }
}

test('SIGINT in mid-run ends the search, says so, and ends the harness', { timeout: patience }, async () => {
  const file = `${folder}/SIGINT`;
  const judge = start(['check', '--cases', '1000000', ...fixture('records', file)]);
  const ended = end(judge);
  const pid = await pidIn(file);
  judge.kill('SIGINT');
  const ran = await ended;
  expect([ran.status, ran.signal, ran.stderr]).toEqual([130, null, '']);
  expect(ran.stdout).toMatch(/: interrupted after [\d,]+ cases, nothing found\n/u);
  await expectGone(pid);
});

test.each(['SIGTERM', 'SIGHUP'] as const)(
  '%s in mid-run ends the command, and the harness with it',
  { timeout: patience },
  async (signal) => {
    const file = `${folder}/${signal}`;
    const judge = start(['check', '--cases', '1000000', ...fixture('records', file)]);
    const ended = end(judge);
    const pid = await pidIn(file);
    judge.kill(signal);
    const ran = await ended;
    expect([ran.status, ran.signal, ran.stdout, ran.stderr]).toEqual([null, signal, '', '']);
    await expectGone(pid);
  },
);
