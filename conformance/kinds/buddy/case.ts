import type { Operation, Shape } from '../../judge/subject.ts';
import type { FreeMisuse } from '../../../protocol/index.ts';

/** Misuse on purpose, of which only the kind is fixed: which frame and order make it is chosen where the state is known. */
export interface MisuseIntent {
  readonly kind: 'misuse';
  readonly misuse: FreeMisuse;
  /** Fixes the choice. */
  readonly seed: number;
}

export type Intent = Operation | MisuseIntent;

/** One arena and what is done to it. */
export interface Case {
  readonly shape: Shape;
  readonly script: readonly Intent[];
  /** Whether at the end the arena is emptied and drained, and must grant what a fresh one does. */
  readonly drain: boolean;
}

/** A case whose every operation is fixed: what is saved and replayed. */
export interface FixedCase extends Case {
  readonly script: readonly Operation[];
  /** Cases that the same process must have seen before. */
  readonly before: readonly FixedCase[];
}
