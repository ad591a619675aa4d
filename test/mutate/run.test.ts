/** Tests that a run kills mutants, by tests that reach them, and that the canary is one of them. */

import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { expect, test } from 'vitest';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { patience } from '../arbitrary/campaign.ts';
import { promisify } from 'node:util';
import { tmpdir } from 'node:os';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const NOT_COPIED = ['.git', '.stryker-tmp', 'dist', 'node_modules', 'reports'];

/** A copy of the project, as Stryker makes its own within the folder that it is started in. */
function copyOfProject(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mutated-'));
  for (const name of readdirSync(ROOT)) {
    if (!NOT_COPIED.includes(name)) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

const ALL =
  /^all +killed (?<killed>\d+), timeout 0, survived 0, not covered 0, equivalent 0, not run 0, .*, total (?<total>\d+)/mu;

test('a run over one file ends, kills all, and the canary among them', { timeout: 5 * patience }, async () => {
  const folder = copyOfProject();
  const args = ['test/mutate/run/mutate.js', '-m', 'src/buddy/arithmetic.ts', '--concurrency', '1'];
  const run = promisify(execFile)(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  const { stdout } = await run.finally(() => rmSync(folder, { recursive: true }));
  const { killed, total } = ALL.exec(stdout)?.groups ?? {};
  expect(Number(killed), stdout).toBeGreaterThan(10);
  expect(killed).toBe(total);
});
