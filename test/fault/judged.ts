/** What the tests of faults ask of a judgement. */

import { parseCase } from '../../conformance/kinds/buddy/saved.ts';
import type { Claim, Clause, FreeMisuse } from '../../protocol/index.ts';
import type { FixedCase } from '../../conformance/kinds/buddy/case.ts';
import type { Judgement } from '../../conformance/judge/judge.ts';
import type { SavedCase } from '../../conformance/kinds/buddy/saved.ts';

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

/** Parses a saved case in the same way as a user's file. */
export function fixedCase(saved: SavedCase): FixedCase {
  const of = parseCase(JSON.stringify(saved));
  if ('kind' in of) throw new Error(of.why);
  return of;
}

/** Returns the clause that was refuted, if one was. */
export const clauseOf = ({ finding }: Judgement): Clause | undefined =>
  finding?.what.kind === 'refuted' ? finding.what.counterexample.clause : undefined;

/** Returns the number of operations of a case, without those of the cases before it. */
export const operationsOf = ({ run }: SavedCase): number => (run === '' ? 0 : run.split(' ').length);

/** Returns a function that makes a value on its first call and keeps it. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
