/** Processes that share a search. */
import { availableParallelism } from 'node:os';
import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Crew, Hand, Task, Told } from '../../judge/search/crew.ts';
import type { Kernel } from '../../../protocol/index.ts';

/** What a process is asked: which part, and of what. */
export interface Asked {
  readonly command: readonly string[];
  readonly reference?: Kernel;
  readonly task: Task;
}

/** Time, in ms, in which a process that was told to end may close its subject. */
const CLOSING = 5000;

/** Seconds that a search goes on alone before processes are started. */
const ALONE = 1;

const HAND = join(import.meta.dirname, 'hand.js');

/** Starts a process for a part of a search. It ends when it is over, when it is told to, and when this process is gone. */
function hire(asked: Asked, tell: (told: Told) => void): Hand {
  const child = fork(HAND, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], serialization: 'advanced' });
  let isOver = false;
  const take = (told: Told): void => {
    if (isOver) return;
    isOver = told.kind === 'over';
    tell(told);
  };
  child.on('message', take);
  child.on('error', (error) => take({ kind: 'over', flaky: 0, failure: lost(error.message) }));
  child.on('exit', (code, signal) =>
    take({ kind: 'over', flaky: 0, failure: lost(`it ended with ${signal ?? code}`) }),
  );
  child.send(asked, () => undefined);
  return {
    until: (n) => {
      if (child.connected) child.send({ until: n }, () => undefined);
    },
    end: () => {
      if (!child.connected) return;
      child.disconnect();
      take({ kind: 'over', flaky: 0 });
      setTimeout(() => child.kill('SIGKILL'), CLOSING).unref();
    },
  };
}

const lost = (how: string): { kind: 'no-start'; how: string; stderr: string } => ({
  kind: 'no-start',
  how: `a process that shares the search was lost: ${how}`,
  stderr: '',
});

/** Returns the processes that share the judging of a command, or of a reference: `jobs`, or as many as there are cores. */
export function crewFor(
  command: readonly string[],
  { reference }: { readonly reference?: Kernel },
  jobs: number = availableParallelism(),
): Crew | undefined {
  const judged = reference === undefined ? { command } : { command, reference };
  return jobs < 2 ? undefined : { hands: jobs, after: ALONE, hire: (task, tell) => hire({ ...judged, task }, tell) };
}
