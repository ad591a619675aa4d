/** Answers as words of the protocol. */
import type { Outcome, PageOutcome } from '../../protocol/index.ts';

/** Returns what an arena or a machine answers as a word. */
export function wordOf(outcome: Outcome | PageOutcome): string {
  switch (outcome.kind) {
    case 'granted':
      return String(outcome.head);
    case 'exhausted':
      return '-';
    case 'stalled':
      return '~';
    case 'done':
      return '.';
    case 'rejected':
      return `!${outcome.misuse}`;
  }
}
