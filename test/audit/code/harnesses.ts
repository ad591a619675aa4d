/** The audit of harnesses: each can be read in one sitting by somebody who puts an allocator behind it. */

import type { Finding } from '../tree.ts';

/** The most lines of a harness, or of each half if it has two. */
export const MOST_HARNESS_LINES = 200;
/** The most characters of a line of one, so that few lines are not long ones. */
const MOST_CHARACTERS = 120;

function auditHarness(place: string, text: string): readonly Finding[] {
  const lines = text.trimEnd().split('\n');
  if (lines.length > MOST_HARNESS_LINES)
    return [{ place, what: `has ${lines.length} lines, not ${MOST_HARNESS_LINES}` }];
  const wide = lines.find((line) => line.replaceAll('\t', '    ').length > MOST_CHARACTERS);
  return wide === undefined ? [] : [{ place, what: `has too wide a line: ${wide.trim()}` }];
}

/** Reports harnesses, or halves of one, that are too long or too wide. */
export const auditHarnesses = (harnesses: ReadonlyMap<string, string>): readonly Finding[] =>
  [...harnesses].flatMap(([place, text]) => auditHarness(place, text));
