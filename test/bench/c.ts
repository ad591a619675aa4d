/** Compiles programs in C, if the machine has a compiler. */

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';

const ROOT = join(import.meta.dirname, '../../..');

/** Returns the first line of `cc --version`; undefined if there is no C compiler. */
export function compilerName(): string | undefined {
  const { status, stdout } = spawnSync('cc', ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout.split('\n')[0] : undefined;
}

/** Compiles with `cc -O2` into a folder; returns the path of the program. `defined`: a name for the preprocessor, with `=` a value. */
export function compile(source: string, folder: string, defined?: string): string {
  const program = join(folder, defined ?? 'program');
  const define = defined === undefined ? [] : [`-D${defined}`];
  execFileSync('cc', ['-O2', '-std=c99', '-pthread', ...define, '-o', program, join(ROOT, source)]);
  return program;
}

/** Passes a new folder to `use`, and removes it afterwards. */
export async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'buddy-oracle-bench-'));
  try {
    await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
