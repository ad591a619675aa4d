/** Runs the tools that are not in npm, in folders of their own, and finds the files that they are given. */

import { Skipped } from './result.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';

/** The output of a tool, and its exit status. */
export interface Ran {
  readonly status: number | null;
  readonly output: string;
}

/** Debian's package of each tool. */
const PACKAGES: Readonly<Record<string, string>> = {
  spin: 'spin',
  cc: 'gcc',
  cadical: 'cadical',
  z3: 'z3',
  coqc: 'coq',
  coqchk: 'coq',
};

const MOST_BYTES = 1 << 28;

/** Runs a tool in a folder to its end. Throws `Skipped` if it is not installed. */
export function run(command: string, args: readonly string[], folder: string, input?: string): Ran {
  const ran = spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: MOST_BYTES,
    ...(input === undefined ? {} : { input }),
  });
  if (ran.error !== undefined && 'code' in ran.error && ran.error.code === 'ENOENT') {
    throw new Skipped(`needs ${command} (Debian: apt-get install ${PACKAGES[command] ?? command})`);
  }
  if (ran.error !== undefined) throw ran.error;
  return { status: ran.status, output: `${ran.stdout}${ran.stderr}` };
}

/** Runs a tool and returns its output. Throws if it fails. */
export function runWell(command: string, args: readonly string[], folder: string, input?: string): string {
  const { status, output } = run(command, args, folder, input);
  if (status !== 0)
    throw new Error(`${command} ${args.join(' ')} ended with ${status ?? 'a signal'}:\n${output.slice(-2000)}`);
  return output;
}

/** Returns the path of a file beside the source of a module, from `dist` too. */
export const sourceBeside = (url: string, path: string): string =>
  fileURLToPath(new URL(path, new URL(url.replace(/\/dist\//u, '/'))));

/** Passes a new folder to `work`, and removes it afterwards. */
export function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(`${tmpdir()}/proof-`);
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
