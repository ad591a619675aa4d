import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { startProcess } from '../../conformance/subjects/process.ts';
import { parseScript } from '../../conformance/kinds/buddy/wire/tokens.ts';
import { pfn } from '../../conformance/unit.ts';
import { PipedBuddy } from '../../conformance/kinds/buddy/port.ts';
import type { Failure, Limits } from '../../conformance/judge/subject.ts';
import type { Operation, Shape } from '../../conformance/kinds/buddy/case.ts';
import type { ProcessSubject } from '../../conformance/subjects/process.ts';

export const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** The files of `harnesses/`, by their names: the folder that groups them does not matter, so names are unique. */
export const HARNESSES: ReadonlyMap<string, string> = new Map(
  readdirSync(path('harnesses'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js') && file !== 'serve.js')
    .map((file) => [basename(file, '.js'), path(`harnesses/${file}`)] as const),
);

/** Returns the command that starts a harness of `harnesses/`; throws if there is none of that name. */
export function harness(name: string): readonly string[] {
  if (name.includes('/')) return [process.execPath, path(`${name}.js`)];
  const file = HARNESSES.get(name);
  if (file === undefined) throw new Error(`there is no ${name}.js in test/process/harnesses`);
  return [process.execPath, file];
}

export const SHAPE: Shape = { base: pfn(0), pages: 16, orders: 5, reserved: [[pfn(3), 1]] };
/** Limits for harnesses that stay silent; all others get the usual ones. */
export const SHORT: Limits = { start: 1500, request: 300, operation: 1, goodbye: 200 };

export const script = (text: string): readonly Operation[] => {
  const operations = parseScript(text);
  if ('kind' in operations) throw new Error(operations.token);
  return operations;
};
export const THREE: readonly Operation[] = script('a0 a0 a0');

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Blocks this process for a number of milliseconds: it does not even read. */
export function block(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/** State and group of a process, from /proc/<id>/stat; its name may hold anything, even parentheses. */
function statOf(id: string): readonly [state: string, group: number] {
  try {
    const [state = '', , group] = readFileSync(`/proc/${id}/stat`, 'utf8').replace(/.*\) /s, '').split(' ');
    return [state, Number(group)];
  } catch {
    return ['gone', 0];
  }
}

/** Reports whether a process of a group still runs; a zombie does not count. */
function isThere(group: number): boolean {
  try {
    process.kill(-group, 0);
  } catch {
    return false;
  }
  if (!existsSync('/proc/self/stat')) return true;
  return readdirSync('/proc').some((id) => {
    const [state, itsGroup] = statOf(id);
    return itsGroup === group && state !== 'Z';
  });
}

export async function expectGone(group: number): Promise<void> {
  expect(group).toBeGreaterThan(1);
  for (let tries = 0; tries < 100 && isThere(group); tries++) await sleep(10);
  expect(isThere(group)).toBe(false);
}

export const numberAfter = (word: string, text: string): number =>
  Number(new RegExp(`^${word} (\\d+)$`, 'm').exec(text)?.[1]);

/** A harness that is asked what the judge asks of a buddy allocator. */
export class StartedBuddy extends PipedBuddy {
  readonly pid: number;
  readonly greeting: string;
  readonly #process: ProcessSubject;

  constructor(process: ProcessSubject) {
    super(process);
    this.pid = process.pid;
    this.greeting = process.greeting;
    this.#process = process;
  }

  close(): Promise<Failure | undefined> {
    return this.#process.close();
  }
}

/** Starts a harness. */
export async function started(name: string, limits?: Limits): Promise<StartedBuddy> {
  const subject = await startProcess(harness(name), limits);
  if (subject.kind !== 'piped') throw new Error(`${subject.how}\n${subject.stderr}`);
  return new StartedBuddy(subject);
}
