/** Tests that a run of Stryker kills a mutant, by a test that reaches it. */

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

const score = (name: string): RegExp =>
  new RegExp(
    `^${name} +[\\d.]+ %  killed (?<killed>\\d+), timeout \\d+, survived \\d+, no coverage 0, total \\d+`,
    'mu',
  );

test(
  "a run over one file ends, and tells what of Stryker's mutants and of our own was killed",
  { timeout: 3 * patience },
  async () => {
    const folder = copyOfProject();
    const stryker = join(ROOT, 'node_modules/.bin/stryker');
    const args = [
      'run',
      'stryker.conf.json',
      '-m',
      'src/buddy/arithmetic.ts',
      '--reporters',
      'scores',
      '--concurrency',
      '1',
    ];
    const run = promisify(execFile)(stryker, args, { cwd: folder, encoding: 'utf8' });
    const { stdout } = await run.finally(() => rmSync(folder, { recursive: true }));
    for (const name of ['Stryker', 'our own', 'both']) {
      expect(Number(score(name).exec(stdout)?.groups?.['killed']), stdout).toBeGreaterThan(0);
    }
  },
);
