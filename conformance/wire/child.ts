/** A process in a group of its own, and its pipes. */

import { spawn } from 'node:child_process';
import { getSystemErrorMap } from 'node:util';
import { Clock } from './clock.ts';
import { meterOf } from './meter.ts';
import { adopt, bury, signalGroup } from './group.ts';
import { endsOf, holdersOf } from './holders.ts';
import { Tail } from './tail.ts';
import { show, showLines } from '../show.ts';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import type { Ends } from './holders.ts';
import type { Meter } from './meter.ts';

/** How a process ended: "exited with status 3", "killed by SIGSEGV". */
export interface End {
  readonly clean: boolean;
  readonly how: string;
}

/** Hears what a process does. */
export interface Listener {
  heard(bytes: Buffer): void;
  /** It closed one of its pipes, yet lives on. */
  lost(stream: 'stdin' | 'stdout'): void;
  /** It is gone, and all that it wrote was heard. */
  ended(end: End): void;
}

/** How long, in ms, pipes may stay open after the process is gone: one that left its group may hold them for ever. */
const DRAIN = 200;
/** How long, in ms, a process may live on without its pipes: it closes them in its last moments too. */
const LINGER = 500;
/** How long, in ms, a kill may take. */
const REAP = 2000;

/** A process in a group of its own, and its pipes. Nothing that it does is an exception here. */
export class Child {
  readonly pid: number;
  readonly meter: Meter;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #stderr = new Tail();
  readonly #ends: Ends;
  #left: readonly string[] = [];
  readonly #gone: Promise<End>;
  #exited = false;

  constructor(child: ChildProcessWithoutNullStreams, pid: number) {
    this.pid = pid;
    this.meter = meterOf(pid);
    this.#child = child;
    this.#ends = endsOf(pid);
    this.#gone = new Promise((resolve) => {
      child.once('exit', (status, signal) => this.#bury(endOf(status, signal), resolve));
    });
  }

  /** Tells one listener what it does; to be called as soon as it is there. */
  listen(listener: Listener): void {
    const child = this.#child;
    void this.#gone.then((end) => listener.ended(end));
    child.stdout.on('data', (bytes: Buffer) => listener.heard(bytes));
    child.stderr.on('data', (bytes: Buffer) => this.#stderr.push(bytes));
    child.stdout.on('close', () => this.#lost('stdout', listener));
    child.stdin.on('error', () => this.#lost('stdin', listener));
    child.stdout.on('error', () => undefined); // 'close' follows
    child.stderr.on('error', () => undefined);
  }

  /** Names the processes that left its group and held its pipes after it was gone. */
  get left(): readonly string[] {
    return this.#left;
  }

  /** Returns the last 64 KiB that it wrote on stderr, fit to be shown, and names those that it left. */
  get stderr(): string {
    const text = showLines(this.#stderr.text());
    if (this.#left.length === 0) return text;
    const end = text === '' || text.endsWith('\n') ? '' : '\n';
    return `${text}${end}${this.#left.map(warning).join('')}`;
  }

  /** Queues ASCII; what can no longer be delivered is dropped. */
  write(text: string): void {
    if (this.#child.stdin.writable) this.#child.stdin.write(text, 'latin1');
  }

  /** Lets it read the end of its input. */
  endInput(): void {
    this.#child.stdin.end();
  }

  /** Reports whether it is gone, and all that it wrote was heard, within `limit` ms of its own time. */
  goneWithin(limit: number): Promise<boolean> {
    return new Promise((resolve) => {
      const clock = new Clock(this.meter);
      clock.start(limit, () => resolve(false));
      void this.#gone.then(() => {
        clock.stop();
        resolve(true);
      });
    });
  }

  /** Ends its whole group: by TERM if there is some patience, in ms, and by KILL if that is not enough. */
  async end(patience: number): Promise<void> {
    if (patience > 0) {
      signalGroup(this.pid, 'SIGTERM');
      if (await this.goneWithin(patience)) return;
    }
    signalGroup(this.pid, 'SIGKILL');
    if (!(await this.goneWithin(REAP))) this.#release();
  }

  #lost(stream: 'stdin' | 'stdout', listener: Listener): void {
    if (this.#exited) return;
    const timer = setTimeout(() => listener.lost(stream), LINGER);
    this.#child.once('exit', () => clearTimeout(timer));
  }

  #bury(end: End, resolve: (end: End) => void): void {
    this.#exited = true;
    bury(this.pid);
    const finish = (): void => {
      clearTimeout(timer);
      this.#release();
      resolve(end);
    };
    // Timers come before what can be read: what is in the pipes is heard first.
    const timer = setTimeout(() => {
      setImmediate(() => {
        this.#left = holdersOf(this.#ends);
        finish();
      });
    }, DRAIN);
    this.#child.once('close', finish);
  }

  /** Lets go of the pipes, so that nobody at their other end keeps this process alive. */
  #release(): void {
    this.#child.stdin.destroy();
    this.#child.stdout.destroy();
    this.#child.stderr.destroy();
    this.#child.unref();
  }
}

/** Writes what a user is to know of a process that stays when the harness is gone. */
export const warning = (text: string): string => `buddy-oracle: ${text}\n`;

function endOf(status: number | null, signal: NodeJS.Signals | null): End {
  const how = signal === null ? `exited with status ${status ?? 'unknown'}` : `killed by ${signal}`;
  return { clean: status === 0, how };
}

function reasonOf(error: unknown): string {
  const known = error instanceof Error && 'errno' in error && typeof error.errno === 'number' ? error.errno : 0;
  const [name, message] = getSystemErrorMap().get(known) ?? [];
  if (name !== undefined) return `${message} (${name})`;
  return show(error instanceof Error ? error.message : String(error));
}

/** Starts a program (its path or its name, then its arguments) without a shell, in a folder; or says why it does not start. */
export function startChild(command: readonly string[], folder?: string): Promise<Child | string> {
  return new Promise((resolve) => {
    const [file = '', ...args] = command;
    const refuse = (error: unknown): void => resolve(`cannot start ${show(file)}: ${reasonOf(error)}`);
    try {
      const child = spawn(file, args, { detached: true, stdio: ['pipe', 'pipe', 'pipe'], cwd: folder });
      child.on('error', refuse);
      if (child.pid === undefined) return;
      adopt(child.pid);
      resolve(new Child(child, child.pid));
    } catch (error) {
      refuse(error);
    }
  });
}
