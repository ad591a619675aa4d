/** Tests that a limit is of the harness's own time, on a busy processor too. */
import { existsSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { afterEach, expect, test } from 'vitest';
import { startProcess } from '../../../conformance/subjects/process.ts';
import { SHAPE, StartedBuddy, harness } from '../started.ts';
import type { ChildProcess } from 'node:child_process';

/** The processor that is kept busy. */
const PINNED = ['taskset', '-c', '0'];
const LIMITS = { start: 10_000, request: 300, operation: 1, goodbye: 1_000 };
const BUSY = 6;

const busy: ChildProcess[] = [];
afterEach(() => {
  for (const child of busy.splice(0)) child.kill('SIGKILL');
});

/** Keeps a processor busy with that many processes, each the leader of a group, so that each gets as much. */
function keepBusy(count: number): void {
  const args = ['-c', '0', process.execPath, '-e', 'for (;;);'];
  for (let n = 0; n < count; n++) busy.push(spawn('taskset', args, { stdio: 'ignore', detached: true }));
}

test.runIf(existsSync('/usr/bin/taskset') && existsSync('/proc/self/schedstat'))(
  'time in which the harness waits for a processor does not count against it, up to ten times the limit',
  async () => {
    const process = await startProcess([...PINNED, ...harness('hostile/burns')], LIMITS);
    if (process.kind !== 'piped') throw new Error(process.how);
    const subject = new StartedBuddy(process);
    keepBusy(BUSY);
    const before = performance.now();
    expect(await subject.open(SHAPE)).toEqual({ kind: 'ready', usable: 'all' });
    const took = performance.now() - before;
    expect(took).toBeGreaterThan(LIMITS.request);
    expect(took).toBeLessThan(10 * LIMITS.request + 500);
    expect(await subject.close()).toBeUndefined();
  },
  20_000,
);

test('one that works for ever hangs, and is ended', async () => {
  const process = await startProcess(harness('hostile/spins'), LIMITS);
  if (process.kind !== 'piped') throw new Error(process.how);
  const subject = new StartedBuddy(process);
  const before = performance.now();
  expect(await subject.open(SHAPE)).toMatchObject({ kind: 'hang', how: 'no answer to init within 300 ms: 0 bytes' });
  expect(performance.now() - before).toBeLessThan(10 * LIMITS.request + 1000);
});
