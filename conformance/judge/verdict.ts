import type { Failure } from './subject.ts';

/** What a run can come to; protocol/README.md says which exit status each has. */
export type VerdictName =
  'conforms' | 'diverges' | 'crash' | 'flaky-crash' | 'hang' | 'protocol-error' | 'nondeterministic' | 'not-applicable';

/** What something that went wrong is called. */
export const VERDICT_OF: Readonly<Record<Failure['kind'] | 'refuted', VerdictName>> = {
  refuted: 'diverges',
  crash: 'crash',
  hang: 'hang',
  'protocol-error': 'protocol-error',
  'no-start': 'protocol-error',
};
