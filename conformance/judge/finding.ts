import type { Buddy } from '../../spec/index.ts';
import type { Counterexample } from '../../protocol/index.ts';
import type { Failure, Operation, Result } from './subject.ts';
import type { FixedCase } from '../kinds/buddy/case.ts';

/** Where a run went wrong: a clause refuted, or no answer. */
export interface Finding {
  readonly what: { readonly kind: 'refuted'; readonly counterexample: Counterexample } | Failure;
  /** The case up to and with the operation at fault, which is the script's last. */
  readonly case: FixedCase;
  /** The state before that operation; undefined where no operation is at fault. */
  readonly state: Buddy | undefined;
  readonly operation: Operation | undefined;
  readonly result: Result | undefined;
  /** The state that the allocator made of it, where there is one: what was granted though it must not be is not in it. */
  readonly after: Buddy | undefined;
}

/** Whether two findings are the same kind of fault: a refuted clause, whichever, or the same kind of silence. */
export const isLike = (a: Finding, b: Finding): boolean => a.what.kind === b.what.kind;
