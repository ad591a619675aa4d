/** Tests that an allocator of this process is judged while several threads use it: the zone under its lock, and with faults. */

import { expect, test, vi } from 'vitest';
import { execFile } from 'node:child_process';
import { path } from '../started.ts';
import { patience } from '../../arbitrary/campaign.ts';
import { promisify } from 'node:util';

vi.setConfig({ testTimeout: 4 * patience }); // threads take their time on a machine that is busy

/** What a run says. */
interface Summary {
  readonly verdict: string;
  readonly clause?: string;
  readonly because?: readonly string[];
  readonly missing?: readonly string[];
  readonly sometimes: Readonly<Record<string, number>>;
}

async function judged(fault: string, cases: number): Promise<Summary> {
  const { stdout } = await promisify(execFile)(process.execPath, [path('smp/judge.js'), fault, '60', String(cases)]);
  return JSON.parse(stdout) as Summary;
}

test('SMP-1, SMP-2 · the zone under its lock conforms, and its threads overlapped', async () => {
  const { missing, sometimes, verdict } = await judged('none', 400);
  expect([verdict, missing]).toEqual(['conforms', undefined]);
  expect(sometimes['call while another was under way']).toBeGreaterThan(0);
});

// Without the lock, lists may be broken before an answer is: then a check of the zone itself says so.
test.each([['unlocked'], ['early'], ['half']])('SMP-1 · the zone is refuted if its lock is %s', async (fault) => {
  const { clause, verdict } = await judged(fault, 5000);
  expect([verdict, ['SMP-1', 'USE-3'].includes(clause ?? '')]).toEqual(['diverges', true]);
});

test('SMP-1 · a thread that never comes back is ended, and the verdict is that it hangs', async () => {
  const { because, verdict } = await judged('stuck', 50);
  expect([verdict, because]).toEqual(['hang', [expect.stringMatching(/^thread \d took more than 10000 ms$/u)]]);
});
