/** What tests use of the scores. */
import type { Entry, Raw } from '../ledger/ledger.js';

export interface Report {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Reported[] }>>;
  readonly testFiles?: Readonly<
    Record<string, { readonly tests: readonly { readonly id: string; readonly name: string }[] }>
  >;
}
export interface Reported extends Raw {
  readonly testsCompleted?: number;
  readonly killedBy?: readonly string[];
  readonly statusReason?: string;
}
export const NOT_RUN: string;
export const toldAtOnce: (mutant: Raw & { readonly fileName: string }) => string;
export const scores: (report: Report, ledger?: readonly Entry[]) => string;
export const failures: (report: Report, ledger?: readonly Entry[]) => readonly string[];
