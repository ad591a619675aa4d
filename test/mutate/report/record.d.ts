/** What tests use of the record of runs. */
import type { Entry } from '../ledger/ledger.js';
import type { Report } from './scores.js';

export interface FileRecord {
  readonly date: string;
  readonly commit: string;
  readonly hash: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly kinds: Readonly<Record<string, number>>;
  readonly cited: readonly string[];
  readonly witnessed: readonly string[];
}
export interface Recorded {
  readonly files: Readonly<Record<string, FileRecord>>;
  readonly notRun: readonly string[];
}
export const recorded: (
  before: Recorded,
  report: Report,
  ledger: readonly Entry[],
  files: readonly string[],
  about: { readonly date: string; readonly commit: string },
) => Recorded;
export const hashOf: (text: string) => string;
export const cleanFiles: (record: Recorded) => readonly string[];
export const page: (record: Recorded) => string;
