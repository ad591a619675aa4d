/** An allocator of this process that several threads use at once, in memory that they share. */
import { COUNTER, WAITED } from './thread-task.ts';
import { Worker } from 'node:worker_threads';
import { describe } from './buddy-object.ts';
import type { AllocatorObject, ArenaRequest } from './buddy-object.ts';
import type { Failure, Feature } from '../judge/subject.ts';
import type { Shape } from '../kinds/buddy/case.ts';
import type { SmpOpened, SmpPort } from '../kinds/smp/port.ts';
import type { Stamped, ThreadScript } from '../kinds/smp/wire.ts';
import type { ThreadData, ThreadTask } from './thread-task.ts';

/** What the module of such an allocator exports: it is imported by this thread, and by each that uses the allocator. */
export interface ConcurrentModule {
  /** Makes an arena in new memory; or says why there is none for such an arena. */
  readonly share: (arena: ArenaRequest) => SharedArrayBuffer | { readonly unsupported: string };
  /** Returns the arena in that memory as one thread sees it; it is called in that thread. */
  readonly attach: (arena: ArenaRequest, memory: SharedArrayBuffer, thread: number) => AllocatorObject;
}

/** Where the module is, and how many threads may use it at once: 2 to 64. */
export interface ConcurrentSpec {
  readonly module: URL;
  readonly threads: number;
}

/** Returns the feature of an allocator that so many threads may use. */
export const threadsFeature = ({ threads }: ConcurrentSpec): Feature => `threads:${threads}`;

/** How long a round may take, in ms; after it, all threads are ended, and new ones take their place. */
const PATIENCE = 10_000;

const lost = (kind: 'crash' | 'hang', how: string): Failure => ({ kind, how, stderr: '' });

/** Threads that use an allocator at once. They do not keep this process alive. */
export class ThreadsObject implements SmpPort {
  readonly #spec: ConcurrentSpec;
  readonly #words = new Int32Array(new SharedArrayBuffer(8));
  #workers: Worker[] = [];
  #arena: Pick<ThreadTask, 'arena' | 'memory'> | undefined;
  #number = 0;

  constructor(spec: ConcurrentSpec) {
    this.#spec = spec;
  }

  async open({ base, orders, pages, reserved }: Shape): Promise<SmpOpened> {
    const arena: ArenaRequest = { base, pages, orders, reserved };
    try {
      const { share } = (await import(this.#spec.module.href)) as ConcurrentModule;
      const memory = share(arena);
      if ('unsupported' in memory) return { kind: 'unsupported', why: memory.unsupported };
      this.#arena = { arena, memory };
      this.#number++;
      return { kind: 'ready', usable: 'all' };
    } catch (error) {
      return { kind: 'failed', why: describe(error) };
    }
  }

  async run(scripts: readonly ThreadScript[]): Promise<readonly (readonly Stamped[])[] | Failure> {
    const opened = this.#arena;
    if (opened === undefined) return lost('crash', 'no arena is open');
    Atomics.store(this.#words, COUNTER, 0);
    Atomics.store(this.#words, WAITED, scripts.length);
    const answers = await Promise.all(
      scripts.map((script, thread) => this.#ask(thread, { ...opened, number: this.#number, script })),
    );
    const failure = answers.find((answer): answer is Failure => 'how' in answer);
    if (failure === undefined) return answers.filter((answer): answer is readonly Stamped[] => !('how' in answer));
    await this.#end();
    return failure;
  }

  /** Has a thread carry out a script. */
  #ask(thread: number, task: ThreadTask): Promise<readonly Stamped[] | Failure> {
    const worker = (this.#workers[thread] ??= this.#hire(thread));
    return new Promise((resolve) => {
      const settle = (answer: readonly Stamped[] | Failure): void => {
        clearTimeout(timer);
        worker.off('message', settle).off('error', fail).off('exit', leave);
        worker.unref();
        resolve(answer);
      };
      const fail = (error: Error): void => settle(lost('crash', describe(error)));
      const leave = (status: number): void => settle(lost('crash', `thread ${thread} exited with status ${status}`));
      const timer = setTimeout(() => settle(lost('hang', `thread ${thread} took more than ${PATIENCE} ms`)), PATIENCE);
      worker.once('message', settle).once('error', fail).once('exit', leave);
      worker.ref();
      worker.postMessage(task);
    });
  }

  #hire(thread: number): Worker {
    const workerData: ThreadData = { module: this.#spec.module.href, thread, words: this.#words };
    return new Worker(new URL('thread.js', import.meta.url), { workerData });
  }

  /** Ends all threads: one of them is lost, and the others may wait for it. */
  async #end(): Promise<void> {
    const workers = this.#workers;
    this.#workers = [];
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
