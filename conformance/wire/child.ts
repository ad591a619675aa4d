import { spawn } from 'node:child_process';
import { getSystemErrorMap } from 'node:util';
import { show } from './requests.ts';
import { adopt, bury, signalGroup } from './group.ts';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';

/** How a process ended: "exited with status 3", "killed by SIGSEGV". */
export interface End {
  readonly clean: boolean;
  readonly how: string;
}

/** Who is told what a process does. */
export interface Listener {
  heard(bytes: Buffer): void;
  /** It closed one of its pipes, yet lives on. */
  lost(stream: 'stdin' | 'stdout'): void;
  /** It is gone, and all that it wrote was heard. */
  ended(end: End): void;
}

/** Bytes of stderr that are kept. */
const TAIL = 65536;
/** How long, in ms, pipes may stay open after the process is gone: somebody who left its group may hold them for ever. */
const DRAIN = 200;
/** How long, in ms, a process may live on without its pipes: it closes them in its last moments too. */
const LINGER = 500;
/** How long, in ms, a kill may take. */
const REAP = 2000;

/** The last bytes of a stream. */
class Tail {
  #chunks: Buffer[] = [];
  #length = 0;

  push(bytes: Buffer): void {
    this.#chunks.push(bytes);
    this.#length += bytes.length;
    if (this.#length <= 2 * TAIL) return;
    const kept = Buffer.concat(this.#chunks).subarray(-TAIL);
    this.#chunks = [kept];
    this.#length = kept.length;
  }

  text(): string {
    return Buffer.concat(this.#chunks).subarray(-TAIL).toString();
  }
}

/** A process in a group of its own, and its pipes. Nothing that it does is an exception here. */
export class Child {
  readonly pid: number;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #stderr = new Tail();
  readonly #gone: Promise<End>;
  #exited = false;

  constructor(child: ChildProcessWithoutNullStreams, pid: number) {
    this.pid = pid;
    this.#child = child;
    this.#gone = new Promise((resolve) => {
      child.once('exit', (status, signal) => this.#bury(endOf(status, signal), resolve));
    });
  }

  /** Has what it does told to one listener; to be called as soon as it is there. */
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

  /** The last 64 KiB that it wrote on stderr, read as UTF-8. */
  get stderr(): string {
    return this.#stderr.text();
  }

  /** Queues ASCII; what can no longer be delivered is dropped. */
  write(text: string): void {
    if (this.#child.stdin.writable) this.#child.stdin.write(text, 'latin1');
  }

  /** Lets it read the end of its input. */
  endInput(): void {
    this.#child.stdin.end();
  }

  /** Whether it is gone, and all that it wrote was heard, within `limit` ms. */
  goneWithin(limit: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), limit);
      void this.#gone.then(() => {
        clearTimeout(timer);
        resolve(true);
      });
    });
  }

  /** Ends its whole group: by TERM if there is some patience, in ms, and by KILL where that is not enough. */
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
    const timer = setTimeout(() => setImmediate(finish), DRAIN);
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

/** Starts a program (its path or its name, then its arguments) without a shell; or says why it does not start. */
export function startChild(command: readonly string[]): Promise<Child | string> {
  return new Promise((resolve) => {
    const [file = '', ...args] = command;
    const refuse = (error: unknown): void => resolve(`cannot start ${show(file)}: ${reasonOf(error)}`);
    try {
      const child = spawn(file, args, { detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
      child.on('error', refuse);
      if (child.pid === undefined) return;
      adopt(child.pid);
      resolve(new Child(child, child.pid));
    } catch (error) {
      refuse(error);
    }
  });
}
