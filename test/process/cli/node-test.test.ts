/** Tests that the example for Node's own test runner passes in it. */
import { expect, test } from 'vitest';
import { path } from '../started.ts';
import { spawnSync } from 'node:child_process';

test('an example of Node’s own runner passes', { timeout: 120_000 }, () => {
  const env = { ...process.env, NODE_TEST_CONTEXT: undefined };
  const args = ['--test', path('../../examples/node-test.js')];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', env });
  expect(status, stdout).toBe(0);
});
