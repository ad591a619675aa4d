import { expect, test } from 'vitest';
import { end, fixture, pidIn, start } from '../command.ts';
import { expectGone, sleep } from '../started.ts';
import { folder } from './cases.ts';
import type { ChildProcess } from 'node:child_process';
import type { Ran } from '../command.ts';

const file = folder();

/** Many more than 5 s of work for any kind, after a few for a kind that is unsupported. */
const LONG = ['--time', '60', '--cases', '20000'];

/** How a run ends that is interrupted; it has 5 s to do so. */
async function interrupt(judge: ChildProcess, ended: Promise<Ran>): Promise<Ran> {
  judge.kill('SIGINT');
  const ran = await Promise.race([ended, sleep(5000)]);
  if (typeof ran === 'object') return ran;
  judge.kill('SIGKILL');
  await ended;
  throw new Error('it went on for 5 s after the interrupt');
}

test.each([
  ['boot', fixture('bootmem', 'none', file('boot'))],
  ['machine', fixture('machine', 'right', file('machine'))],
])('Ctrl-C in the search of %s ends it, and shows what there is', async (kind, target) => {
  const judge = start(['check', ...LONG, ...target]);
  const ended = end(judge);
  const pid = await pidIn(file(kind), ended);
  const { signal, status, stdout } = await interrupt(judge, ended);
  expect([status, signal]).toEqual([130, null]);
  expect(stdout).toContain('interrupted');
  await expectGone(pid);
});

test.each(['boot', 'machine'])(
  'Ctrl-C reaches the search of the reference of %s, which never waits for a process',
  async (kind) => {
    const judge = start(['check', '--kind', kind, '--time', '60', '--cases', '1000000']);
    const ended = end(judge);
    await sleep(3000); // until it has begun
    const { signal, status, stdout } = await interrupt(judge, ended);
    expect([status, signal]).toEqual([130, null]);
    expect(stdout).toContain('interrupted');
  },
);
