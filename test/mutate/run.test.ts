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

const ALL = /^all +killed (?<killed>\d+), timeout \d+, survived \d+, not covered 0, .* no test completed 0, /mu;

/** What a run prints, whether it fails or not. */
async function printedBy(args: readonly string[], cwd: string): Promise<string> {
  try {
    return (await promisify(execFile)(process.execPath, args, { cwd, encoding: 'utf8' })).stdout;
  } catch (error) {
    return String((error as { stdout?: unknown }).stdout);
  }
}

test(
  'a run over one file ends; it kills, by tests that reach the mutants, and the canary too',
  { timeout: 5 * patience },
  async () => {
    const folder = copyOfProject();
    const args = ['test/mutate/run/mutate.js', '-m', 'src/buddy/arithmetic.ts', '--concurrency', '1'];
    const printed = await printedBy(args, folder).finally(() => rmSync(folder, { recursive: true }));
    expect(Number(ALL.exec(printed)?.groups?.['killed']), printed).toBeGreaterThan(5);
    expect(printed).not.toContain('failed: the canary');
  },
);
