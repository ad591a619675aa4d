/** What a run can come to, and the exit status of each verdict. */
import type { Failure } from './subject.ts';

/** From what weighs most to what weighs least: a run over several kinds comes to the first that one of them came to. */
export const VERDICTS = [
  'diverges',
  'crash',
  'hang',
  'nondeterministic',
  'flaky-crash',
  'protocol-error',
  'unexpected-conform',
  'inconclusive',
  'expected-divergence',
  'conforms',
  'not-applicable',
] as const;

/** What a run can come to; protocol/README.md says which exit status each has. */
export type VerdictName = (typeof VERDICTS)[number];

/** What something that went wrong is called. */
export const VERDICT_OF: Readonly<Record<Failure['kind'] | 'refuted', VerdictName>> = {
  refuted: 'diverges',
  crash: 'crash',
  hang: 'hang',
  'protocol-error': 'protocol-error',
  'no-start': 'protocol-error',
};

/** Returns what a run over several kinds came to. What is not applicable does not count beside what is. */
export const worstOf = (verdicts: readonly VerdictName[]): VerdictName =>
  VERDICTS.find((verdict) => verdicts.includes(verdict)) ?? 'not-applicable';

/** Returns the exit status of a verdict; an output format never changes it. */
export function exitStatus(verdict: VerdictName): 0 | 1 | 3 | 4 | 5 {
  switch (verdict) {
    case 'diverges':
    case 'crash':
    case 'flaky-crash':
    case 'nondeterministic':
    case 'hang':
      return 1;
    case 'protocol-error':
      return 3;
    case 'unexpected-conform':
      return 4;
    case 'not-applicable':
    case 'inconclusive':
      return 5;
    case 'expected-divergence':
    case 'conforms':
      return 0;
  }
}
