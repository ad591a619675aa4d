import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { startProcess } from '../../../conformance/subjects/process.ts';
import { SHAPE, SHORT, THREE, block, expectGone, harness, numberAfter, path, started } from '../started.ts';
import type { ChildProcess } from 'node:child_process';

test('a process that ends when nothing is asked of it is a crash at the next question', async () => {
  const subject = await started('healthy');
  process.kill(subject.pid, 'SIGKILL');
  await expectGone(subject.pid);
  expect(await subject.open(SHAPE)).toMatchObject({ kind: 'crash', how: 'killed by SIGKILL' });
  expect(await subject.close()).toMatchObject({ kind: 'crash', how: 'killed by SIGKILL' });
});

test('what was answered before a crash is heard, and all that waits is told of it', async () => {
  const subject = await started('exits');
  await subject.open(SHAPE);
  const [first, second] = [subject.run(THREE), subject.run(THREE)];
  const waiting = [subject.observe(), subject.open(SHAPE), subject.run(THREE), subject.close()];
  block(200); // so that the reply and the news of the end come at once
  expect(await first).toHaveLength(3);
  const failure = await second;
  expect(failure).toMatchObject({ kind: 'crash', how: 'exited with status 3' });
  for (const answer of await Promise.all(waiting)) expect(answer).toBe(failure);
});

test('the end of stderr is kept: what a process said last, and at most 64 KiB', async () => {
  const dying = await started('dies');
  await dying.open(SHAPE);
  await dying.run(THREE);
  expect((await dying.close())?.stderr).toBe(`pid ${dying.pid}\nBUG at page_alloc.c\n`);

  const subject = await started('floods-stderr');
  await subject.open(SHAPE);
  for (let run = 0; run < 3; run++) expect(await subject.run(THREE)).toHaveLength(3);
  process.kill(subject.pid, 'SIGKILL');
  const end = await subject.close();
  expect(end?.stderr).toBe(`${'x'.repeat(65535)}\n`);
});

test.each([
  [[], "cannot start : The argument 'file' cannot be empty. Received ''"],
  [['./no-such-file'], 'cannot start ./no-such-file: no such file or directory (ENOENT)'],
  [[path('harnesses/healthy.js')], `cannot start ${path('harnesses/healthy.js')}: permission denied (EACCES)`],
])('%j does not start', async (command, how) => {
  expect(await startProcess(command)).toEqual({ kind: 'no-start', how, stderr: '' });
});

test('who minds neither bye nor TERM is killed', async () => {
  const subject = await started('ignores-term', SHORT);
  const end = await subject.close();
  expect(end?.stderr).toMatch(/TERM, so what/);
  await expectGone(subject.pid);
});

/** The judge as a process of its own, which says whom it started and then ends. */
function startJudge(end: string): Promise<readonly [judge: ChildProcess, pid: number]> {
  const judge = spawn(process.execPath, [path('judge.js'), end, ...harness('deaf')], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return new Promise((resolve) => {
    judge.stdout.once('data', (line: Buffer) => resolve([judge, numberAfter('pid', line.toString().trim())]));
  });
}

test.each([
  ['SIGINT', null, 'SIGINT'],
  ['SIGTERM', null, 'SIGTERM'],
  ['SIGHUP', null, 'SIGHUP'],
  ['SIGQUIT', null, 'SIGQUIT'],
  ['exit', 9, null],
  ['throw', 1, null],
])('when the judge ends by %s, so does what it started', async (end, status, signal) => {
  const [judge, pid] = await startJudge(end);
  const ended = new Promise((resolve) => judge.once('exit', (...how) => resolve(how)));
  if (signal !== null) judge.kill(signal as NodeJS.Signals);
  expect(await ended).toEqual([status, signal]);
  await expectGone(pid);
});
