import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, expect, test } from 'vitest';
import { end, fixture, pidIn, start } from '../command.ts';
import { expectGone } from '../started.ts';

const folder = mkdtempSync(`${tmpdir()}/end-`);
afterAll(() => rmSync(folder, { recursive: true }));

test('SIGINT in mid-run ends the search, says so, and ends the harness', async () => {
  const file = `${folder}/SIGINT`;
  const judge = start(['check', '--cases', '1000000', ...fixture('records', file)]);
  const ended = end(judge);
  const pid = await pidIn(file, ended);
  judge.kill('SIGINT');
  const ran = await ended;
  expect([ran.status, ran.signal, ran.stderr]).toEqual([130, null, '']);
  expect(ran.stdout).toMatch(/: interrupted after [\d,]+ cases?, nothing found\n/u);
  await expectGone(pid);
});

test.each(['SIGTERM', 'SIGHUP'] as const)('%s in mid-run ends the command, and the harness with it', async (signal) => {
  const file = `${folder}/${signal}`;
  const judge = start(['check', '--cases', '1000000', ...fixture('records', file)]);
  const ended = end(judge);
  const pid = await pidIn(file, ended);
  judge.kill(signal);
  const ran = await ended;
  expect([ran.status, ran.signal, ran.stdout, ran.stderr]).toEqual([null, signal, '', '']);
  await expectGone(pid);
});
