/** What the tests of faults have in common: the judge over the buddy system alone, and cases as files hold them. */
import { BUDDY } from '../../conformance/kinds/buddy/kind.ts';
import { KINDS } from '../../conformance/kinds/all.ts';
import { judgeKind, replayKind } from '../../conformance/judge/judge.ts';
import { readCase } from '../../conformance/judge/file.ts';
import type { Claim, Clause, FreeMisuse } from '../../protocol/index.ts';
import type { FixedCase } from '../../conformance/kinds/buddy/case.ts';
import type { KindJudgement, Replayable } from '../../conformance/judge/judgement.ts';
import type { Options } from '../../conformance/judge/options.ts';
import type { SavedCase } from '../../conformance/kinds/buddy/saved.ts';
import type { Start } from '../../conformance/judge/subject.ts';

const MISUSES: readonly FreeMisuse[] = [
  'out-of-range',
  'wrong-order',
  'misaligned',
  'inner-page',
  'double-free',
  'never-allocated',
];

/** The claims to report every kind of misuse. */
export const EVERY_MISUSE: readonly Claim[] = MISUSES.map((misuse): Claim => `misuse:${misuse}`);

/** A saved case, and the cases that must come before it. */
export type SavedWithBefore = SavedCase & { readonly before?: readonly SavedCase[] };

/** A judgement of the buddy system. */
export type BuddyJudgement = KindJudgement<FixedCase>;

/** Judges a subject as a buddy system; 2,000 cases at most unless told otherwise. */
export const judgeBuddy = (start: Start, options: Partial<Options>): Promise<BuddyJudgement> =>
  judgeKind(BUDDY, start, { cases: 2000, ...options });

/** Carries out a case and those before it in a fresh subject. */
export const replayBuddy = (start: Start, of: Replayable<FixedCase>): Promise<BuddyJudgement> =>
  replayKind(BUDDY, start, of);

/** Reads a saved case as a user's file is read. */
export function fixedCase(saved: SavedWithBefore): Replayable<FixedCase> {
  const of = readCase(KINDS, JSON.stringify(saved));
  if ('why' in of) throw new Error(of.why);
  return of as Replayable<FixedCase>;
}

/** Returns the clause that was refuted, if one was. */
export const clauseOf = ({ finding }: BuddyJudgement): Clause | undefined =>
  finding?.what.kind === 'refuted' ? finding.what.counterexample.clause : undefined;

/** Returns the number of operations of a case, without those of the cases before it. */
export const operationsOf = ({ run }: SavedCase): number => (run === '' ? 0 : run.split(' ').length);

/** Returns a function that makes a value on its first call and keeps it. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** Returns why a case stops; undefined if it does not. */
export function stopOf(run: () => unknown): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    const first = error instanceof Error && error.cause instanceof Error ? error.cause : error; // what fast-check was told
    return first instanceof Error ? first.message : String(first);
  }
}
