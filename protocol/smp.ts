/** Several processors that use one zone at once: what each asked, what it was answered, and when. */
import type { Command, Outcome } from './buddy.ts';

/**
 * One call of one processor. `invoked` and `returned` are stamps of a clock that all processors share: the call was made after the
 * one and answered before the other. A processor makes one call at a time.
 */
export interface Call {
  readonly processor: number;
  readonly command: Command;
  readonly outcome: Outcome;
  readonly invoked: number;
  readonly returned: number;
}

/** The calls of all processors, in any sequence. No two stamps are equal. */
export type History = readonly Call[];
