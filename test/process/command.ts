import { existsSync, readFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { harness, path, sleep } from './started.ts';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import type { BuddySight } from '../../conformance/kinds/buddy/sights.ts';
import type { SavedWithBefore } from '../fault/judged.ts';

const CLI = path('../../dist/conformance/cli/main.js');

/** A run of the command that is over. */
export interface Ran {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The last record of `--json`. */
export interface Summary {
  readonly record: 'summary';
  readonly complete: true;
  readonly verdict: string;
  readonly property?: string;
  readonly clause?: string;
  readonly place?: string;
  readonly seed: number;
  readonly cases: number;
  readonly ops: number;
  readonly opsPerSecond: number;
  readonly case?: SavedWithBefore;
  readonly because?: readonly string[];
  readonly hint?: string;
  readonly missing?: readonly string[];
  readonly sometimes: Readonly<Record<BuddySight, number>>;
}

/** The command as it is installed, in a process of its own; in another folder, if one is named. */
export function start(args: readonly string[], cwd?: string): ChildProcessWithoutNullStreams {
  if (!existsSync(CLI)) throw new Error(`${CLI} is not there: npm run build`);
  return spawn(process.execPath, [CLI, ...args], { stdio: 'pipe', ...(cwd === undefined ? {} : { cwd }) });
}

/** What a process has said when it is over. */
export function end(child: ChildProcessWithoutNullStreams): Promise<Ran> {
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve) => {
    child.once('close', (status, signal) => resolve({ status, signal, stdout, stderr }));
  });
}

/** Waits until a harness has noted its process id and what it was asked for; throws if the run ends before. */
export async function pidIn(file: string, ended: Promise<Ran>): Promise<number> {
  let over: Ran | undefined;
  void ended.then((ran) => (over = ran));
  while (over === undefined) {
    const [first = '', second = ''] = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    if (second !== '') return (JSON.parse(first) as { pid: number }).pid;
    await sleep(20);
  }
  throw new Error(`it ended before anything was asked for: ${over.stdout}${over.stderr}`);
}

export function run(args: readonly string[], input = ''): Promise<Ran> {
  const child = start(args);
  child.stdin.on('error', () => undefined); // who needs no input does not read it
  child.stdin.end(input);
  return end(child);
}

/** The last record of what a run printed. */
export function summaryOf({ stdout }: Ran): Summary {
  const last = stdout.trimEnd().split('\n').at(-1) ?? '';
  return JSON.parse(last) as Summary;
}

/** Judges with `--json`: the exit status and the summary. */
export async function check(args: readonly string[]): Promise<readonly [status: number | null, summary: Summary]> {
  const ran = await run(['check', '--json', ...args]);
  if (ran.stdout === '') throw new Error(ran.stderr);
  return [ran.status, summaryOf(ran)];
}

/** What starts a harness of `fixtures`. */
export const fixture = (name: string, ...args: readonly string[]): readonly string[] => [
  '--',
  process.execPath,
  path(`fixtures/${name}.js`),
  ...args,
];

/** Returns the arguments that attach a harness of `harnesses/`, by its name alone. */
export const talking = (name: string): readonly string[] => ['--', ...harness(name)];

/** What starts buddy-tree, an allocator of somebody else. */
export const buddyTree = (version: string): readonly string[] => [
  '--',
  process.execPath,
  path('../../conformance/harness/javascript/buddy-tree.js'),
  version,
];
