/** What every command says in one way: complaints on stderr, records as lines, reasons of the system. */
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { show } from '../../show.ts';

/** The exit status of what cannot be meant, and of files that are not there. */
export const USAGE = 2;

/** Tells the user what went wrong, on stderr. */
export const complain = (what: string): void => void process.stderr.write(`buddy-oracle: ${what}\n`);

export const reasonOf = (error: unknown): string => show(error instanceof Error ? error.message : String(error));

/** Returns records as lines of JSON. */
export const linesOf = (records: readonly object[]): string =>
  records.map((record) => JSON.stringify(record)).join('\n');

/** Returns why nothing can be written to a file; found out before the search, not after it. */
export function refuseFile(file: string): string | undefined {
  try {
    if (existsSync(file) && !statSync(file).isFile() && !statSync(file).isCharacterDevice()) {
      return `${show(file)} is no file`;
    }
    accessSync(existsSync(file) ? file : dirname(file), constants.W_OK);
    return undefined;
  } catch (error) {
    return `${show(file)} cannot be written: ${reasonOf(error)}`;
  }
}
