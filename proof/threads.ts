/** Runs parts of the proofs in several threads at a time, each part in one of them. */
import { PARTS } from './parts.ts';
import { Worker } from 'node:worker_threads';
import { failed } from './result.ts';
import type { Named } from './parts.ts';
import type { Result } from './result.ts';

/** Who is told which part begins, and what it came to. */
export interface Listener {
  readonly begins: (part: Named) => void;
  readonly ended: (part: Named, result: Result) => void;
}

const started = (): Worker => new Worker(new URL('./thread.js', import.meta.url));

/** Has a thread run a part. Throws if the thread dies of it. */
function ask(thread: Worker, part: Named): Promise<Result> {
  return new Promise((resolve, reject) => {
    const dies = (code: number): void => reject(new Error(`its thread ended with ${code}`));
    thread.once('error', reject).once('exit', dies);
    thread.once('message', (result: Result) => {
      thread.off('error', reject).off('exit', dies);
      resolve(result);
    });
    thread.postMessage(PARTS.indexOf(part));
  });
}

/** Returns the results of parts, in their sequence, from so many threads; a part that its thread dies of is refuted. */
export async function resultsOf(
  parts: readonly Named[],
  threads: number,
  { begins, ended }: Listener,
): Promise<readonly Result[]> {
  const results = new Map<Named, Result>();
  const rest = parts.values();
  const work = async (): Promise<void> => {
    let thread = started();
    for (const part of rest) {
      const from = performance.now();
      begins(part);
      const result = await ask(thread, part).catch((error: unknown) => {
        thread = started();
        return failed(part, error, from);
      });
      results.set(part, result);
      ended(part, result);
    }
    await thread.terminate();
  };
  await Promise.all(Array.from({ length: Math.min(threads, parts.length) }, work));
  return parts.flatMap((part) => results.get(part) ?? []);
}
