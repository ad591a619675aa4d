import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { z } from 'zod';
import type { Trace } from './trace.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** Whether there is a C compiler; without one the C part is left out and said to be. */
export const hasCompiler = (): boolean => spawnSync('cc', ['--version']).status === 0;

/** Compiles with `cc -O2` into a folder of its own, hands the program over, and takes the folder away again. */
export async function withProgram<T>(
  sources: readonly string[],
  use: (program: string, folder: string) => T | Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'buddy-oracle-bench-'));
  try {
    const program = join(folder, 'program');
    execFileSync('cc', ['-O2', '-std=c99', '-o', program, ...sources.map((source) => join(ROOT, source))]);
    return await use(program, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What the C program prints. */
export interface TimedC {
  readonly operations: number;
  readonly nsPerOperation: number;
  readonly checksum: string;
}

const line: z.ZodType<TimedC> = z.object({ operations: z.int(), nsPerOperation: z.number(), checksum: z.string() });

/** Times the C allocator on traces; best of so many repetitions. */
export function timeC(traces: readonly Trace[], repetitions: number): Promise<readonly TimedC[]> {
  return withProgram(['test/bench/buddy-bench.c'], (program, folder) =>
    traces.map(({ pages, orders, operations }) => {
      const file = join(folder, 'trace');
      const header = Int32Array.of(pages, orders, operations.length);
      writeFileSync(file, Buffer.concat([Buffer.from(header.buffer), Buffer.from(operations.buffer)]));
      return line.parse(JSON.parse(execFileSync(program, [file, String(repetitions)], { encoding: 'utf8' })));
    }),
  );
}
