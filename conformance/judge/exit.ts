import type { Hello } from './subject.ts';
import type { VerdictName } from './verdict.ts';

/** What the exit status of a run follows from. */
interface Run {
  readonly verdict: VerdictName;
  readonly hello: Hello | undefined;
  readonly missing: readonly string[];
}

/** The exit status of a run; an output format never changes it. */
export function exitStatus({ verdict, hello, missing }: Run): 0 | 1 | 3 | 5 {
  switch (verdict) {
    case 'diverges':
    case 'crash':
    case 'flaky-crash':
    case 'nondeterministic':
      return 1;
    case 'hang':
      return hello === undefined ? 3 : 1;
    case 'protocol-error':
      return 3;
    case 'not-applicable':
      return 5;
    case 'conforms':
      return missing.length > 0 ? 5 : 0;
  }
}
