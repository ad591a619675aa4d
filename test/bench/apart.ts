/** Contenders: each thing that is timed runs in a process of its own, or is a program in C. */

import { execFileSync, fork } from 'node:child_process';
import { z } from 'zod';
import type { Timed } from './timed.ts';

const timed: z.ZodType<Timed> = z
  .object({ nanoseconds: z.array(z.number()).min(1), operations: z.number(), checksum: z.string().optional() })
  .transform(({ checksum, ...rest }) => (checksum === undefined ? rest : { ...rest, checksum }));

/** Something that is timed, again and again. */
export interface Contender {
  again(): Promise<Timed>;
  end(): void;
}

/**
 * Starts a process for one measurement, so that nothing that ran before affects it: no code compiled for other calls too, no
 * heap that has grown.
 */
export function apart(name: string, argument = ''): Contender {
  const child = fork(`${import.meta.dirname}/measure.js`, [name, argument]);
  const again = (): Promise<Timed> =>
    new Promise((resolve, reject) => {
      const gone = (code: number | null, signal: string | null): void =>
        reject(new Error(`${name} ended with ${signal ?? code}`));
      child.once('exit', gone);
      child.once('message', (message) => {
        child.off('exit', gone);
        resolve(timed.parse(message));
      });
      child.send('again', (error) => {
        if (error !== null) reject(new Error(`${name} is gone: ${error.message}`));
      });
    });
  return { again, end: () => child.disconnect() };
}

/** Returns a program that prints its times as records, on a trace in a file; `more`: what else it is given. */
export const inC = (program: string, file: string, ...more: readonly string[]): Contender => ({
  again: () => Promise.resolve(timed.parse(JSON.parse(execFileSync(program, [file, ...more], { encoding: 'utf8' })))),
  end: () => undefined,
});
