/** What went wrong in a case, and when two findings are the same. */
import type { Clause, Counterexample } from '../../protocol/index.ts';
import type { Failure } from './subject.ts';

/** A clause refuted, or no answer. */
export type Wrong = { readonly kind: 'refuted'; readonly counterexample: Counterexample } | Failure;

/** The operation that a fault was seen at. */
export interface Moment {
  /** What it asks, in words. */
  readonly asked: string;
  /** Draws the state before it and after it: lines of text, none longer than so many characters. */
  readonly draw: (columns: number) => readonly string[];
  /** A mistake of the harness that would explain what was seen. */
  readonly hint?: string;
}

/** Where a run went wrong. */
export interface Finding<F> {
  readonly what: Wrong;
  /** The case up to and with the operation at fault, which is its last. */
  readonly case: F;
  /** Cases that the same subject must have seen before. */
  readonly before: readonly F[];
  /** Undefined if no operation is at fault. */
  readonly moment: Moment | undefined;
}

/** How often a case was tried, and how often it went wrong. */
export interface Recurrence {
  readonly tried: number;
  readonly wrong: number;
}

/** Returns a finding: a clause refuted by the last operation done, or by what is seen after it. */
export const refutedBy = <F>(counterexample: Counterexample, at: F, moment?: Moment): Finding<F> => ({
  what: { kind: 'refuted', counterexample },
  case: at,
  before: [],
  moment,
});

/** Returns a finding: no answer to the last operation done. */
export const failedBy = <F>(failure: Failure, at: F, moment?: Moment): Finding<F> => ({
  what: failure,
  case: at,
  before: [],
  moment,
});

/** Returns the clause that a finding refutes, if it refutes one. */
export const clauseOf = ({ what }: Finding<unknown>): Clause | undefined =>
  what.kind === 'refuted' ? what.counterexample.clause : undefined;

/** Returns what findings that are the same have in common: the clause that is refuted, or the kind of silence. */
export const nameOf = (found: Finding<unknown>): string => clauseOf(found) ?? found.what.kind;

/** Reports whether a finding is that no answer came. */
export const isSilence = ({ what }: Finding<unknown>): boolean => what.kind === 'crash' || what.kind === 'hang';

/**
 * Reports whether `found` may stand for `sought`: the same clause or the same kind of silence; or a refutation where a crash
 * or a hang was sought, because a process that dies soon after it did wrong must not hide what it did.
 */
export function standsFor(found: Finding<unknown>, sought: Finding<unknown>): boolean {
  if (found.what.kind === 'refuted' && isSilence(sought)) return true;
  return found.what.kind === sought.what.kind && clauseOf(found) === clauseOf(sought);
}

/**
 * Reports whether `found` confirms `sought`: what stands for it, or a refutation of any clause instead of another one, or a hang
 * instead of a crash and the other way round: what memory that is torn leads to depends on what is asked of it.
 */
export const confirms = (found: Finding<unknown>, sought: Finding<unknown>): boolean =>
  standsFor(found, sought) ||
  (found.what.kind === 'refuted' && sought.what.kind === 'refuted') ||
  (isSilence(found) && isSilence(sought));
