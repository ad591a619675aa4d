/** Copies of a user's folder, in which mutants are built: the folder itself is never changed. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { adopt, bury, signalGroup } from '../../wire/group.ts';

/** Folders that no build needs, and that may be large. */
const LEFT_OUT = new Set(['.git', '.hg', '.svn']);

/** A copy of a folder, until it is removed. */
export interface Copy {
  readonly folder: string;
  readonly remove: () => void;
}

/** Copies a folder into a new one of the system's for what is not kept. */
export function copyOf(folder: string): Copy {
  const copy = mkdtempSync(join(tmpdir(), 'buddy-oracle-mutate-'));
  const remove = (): void => rmSync(copy, { recursive: true, force: true });
  try {
    cpSync(folder, copy, { recursive: true, verbatimSymlinks: true, filter: (from) => !LEFT_OUT.has(basename(from)) });
  } catch (error) {
    remove();
    throw error;
  }
  return { folder: copy, remove };
}

/** The last characters of what a build says that are shown. */
const MOST_SAID = 2000;

/** Runs a build in a folder; returns undefined, or how it failed and what it said last. It is ended after so many seconds. */
export function build(line: string, folder: string, seconds: number, stop: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn('sh', ['-c', line], { cwd: folder, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const { pid } = child;
    let said = '';
    const end = (): void => {
      if (pid !== undefined) signalGroup(pid, 'SIGKILL');
    };
    const timer = setTimeout(end, 1000 * seconds);
    stop.addEventListener('abort', end);
    if (pid !== undefined) adopt(pid);
    const hear = (bytes: Buffer): void => void (said = (said + bytes.toString()).slice(-MOST_SAID));
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    const finish = (how: string | undefined): void => {
      clearTimeout(timer);
      stop.removeEventListener('abort', end);
      if (pid !== undefined) bury(pid);
      resolve(how === undefined ? undefined : `${how}\n${said}`);
    };
    child.on('error', (error) => finish(error.message));
    child.on('close', (status, signal) =>
      finish(status === 0 ? undefined : signal === null ? `exited with status ${status}` : `ended by ${signal}`),
    );
  });
}
