import { execFileSync, fork } from 'node:child_process';
import { z } from 'zod';

/** One measurement; where blocks were granted, what they were comes to a checksum. */
export interface Measured {
  readonly value: number;
  readonly checksum: string | undefined;
}

const measured: z.ZodType<Measured> = z
  .object({ value: z.number(), checksum: z.string().optional() })
  .transform(({ checksum, value }) => ({ value, checksum }));

/** What can be measured again and again. */
export interface Contender {
  again(): Promise<Measured>;
  end(): void;
}

/**
 * A process of its own for one thing that is measured, so that what ran before leaves nothing behind in it: no compiled code
 * that was made for others too, no heap that has grown.
 */
export function apart(name: string, argument = ''): Contender {
  const child = fork(`${import.meta.dirname}/measure.js`, [name, argument]);
  const again = (): Promise<Measured> =>
    new Promise((resolve, reject) => {
      const gone = (code: number | null, signal: string | null): void =>
        reject(new Error(`${name} ended with ${signal ?? code}`));
      child.once('exit', gone);
      child.once('message', (message) => {
        child.off('exit', gone);
        resolve(measured.parse(message));
      });
      child.send('again', (error) => {
        if (error !== null) reject(new Error(`${name} is gone: ${error.message}`));
      });
    });
  return { again, end: () => child.disconnect() };
}

const line: z.ZodType<{ nsPerOperation: number; checksum: string }> = z.object({
  nsPerOperation: z.number(),
  checksum: z.string(),
});

/** The allocator in C, on a trace in a file. */
export const inC = (program: string, file: string): Contender => ({
  again: () => {
    const said = execFileSync(program, [file, '1'], { encoding: 'utf8' });
    const { checksum, nsPerOperation } = line.parse(JSON.parse(said));
    return Promise.resolve({ value: nsPerOperation, checksum });
  },
  end: () => undefined,
});
