/** Compiles programs in C, if the machine has a compiler. */

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';

const ROOT = join(import.meta.dirname, '../../..');

/** Whether there is a C compiler; without one the C part is left out and said to be. */
export const hasCompiler = (): boolean => spawnSync('cc', ['--version']).status === 0;

/** Compiles with `cc -O2` into a folder; the program's path. */
export function compile(sources: readonly string[], folder: string): string {
  const program = join(folder, 'program');
  execFileSync('cc', ['-O2', '-std=c99', '-o', program, ...sources.map((source) => join(ROOT, source))]);
  return program;
}

/** Uses a folder of its own, and takes it away again. */
export async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'buddy-oracle-bench-'));
  try {
    await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
