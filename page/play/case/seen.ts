/** What is seen of a case at one moment. */
import type { Row } from '../../film/reel.ts';

/** What memory holds after some steps, and what the last of them did. */
export interface CaseWorld {
  readonly rows: readonly Row[];
  readonly asked: string;
  readonly said: readonly string[];
  /** Whether every answer, and what is held after it, was as `spec` has it. */
  readonly agrees: boolean;
}
