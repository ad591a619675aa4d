/** Compiles what was emitted, and runs it beside src. */

import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { play } from './operations.ts';
import { writeFileSync } from 'node:fs';
import type { Kernel } from '../../../protocol/index.ts';
import type { ZoneShape } from '../../../src/index.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** The committed headers. */
export const HEADERS: Readonly<Record<Kernel, string>> = {
  '2.4': join(ROOT, 'conformance/harness/c/example/buddy24.h'),
  '2.6': join(ROOT, 'conformance/harness/c/example/buddy26.h'),
};

/** Every warning is an error. */
export const STRICT: readonly string[] = ['-Wall', '-Wextra', '-Wconversion', '-pedantic', '-Werror'];
export const SANITIZED: readonly string[] = ['-g', '-O1', '-fsanitize=address,undefined', '-fno-sanitize-recover=all'];
/** What the source asserts is checked. */
export const ASSERTING: readonly string[] = ['-include', 'assert.h', '-DBUDDY_ASSERT=assert'];

export const isThere = (compiler: string): boolean => spawnSync(compiler, ['--version']).status === 0;

/** Compiles a source of this folder over a header. Returns the program's path; throws with what the compiler says. */
export function compile(
  compiler: string,
  options: readonly string[],
  { header, program, source = 'lockstep.c' }: { header: string; program: string; source?: string },
): string {
  const path = join(import.meta.dirname, source);
  execFileSync(compiler, [...options, `-DHEADER="${header}"`, '-o', program, path], { stdio: 'pipe' });
  return program;
}

/** How many operations, after how many of them what was done is compared, and what they are drawn from. */
interface Amount {
  readonly operations: number;
  readonly each: number;
  readonly seed: number;
}

/** What differs first, if anything does; and the answers that were seen. */
interface Compared {
  readonly difference: string | undefined;
  readonly outcomes: ReadonlySet<string>;
}

const MOST_MILLISECONDS = 60_000;

/** Runs random operations in src and in a program. */
export function compare(program: string, shape: ZoneShape, { operations, each, seed }: Amount): Compared {
  const { lines, outcomes, words } = play(shape, operations, each, seed);
  const file = `${program}.operations`;
  writeFileSync(file, words);
  const ran = spawnSync(program, [file], { encoding: 'utf8', maxBuffer: 2 ** 30, timeout: MOST_MILLISECONDS });
  const printed = ran.stdout.trimEnd().split('\n');
  const at = lines.findIndex((line, n) => line !== printed[n]);
  if (ran.status === 0 && at < 0) return { difference: undefined, outcomes };
  const { base, kernel, orders, pages } = shape;
  const where = `${kernel}, ${pages} pages from ${base}, ${orders} orders, seed ${seed}`;
  const first = at < 0 ? operations : each * at + 1;
  const said = `status ${ran.status ?? 'none'} ${ran.stderr}`;
  return { difference: `${where}: operations ${first} to ${first + each - 1} differ; ${said}`, outcomes };
}
