/** The audit of harnesses: each can be read in one sitting by somebody who puts an allocator behind it. */

import type { Finding } from '../tree.ts';

/** The most lines of a harness. */
export const MOST_HARNESS_LINES = 200;
/** The most characters of a line of one, so that few lines are not long ones. */
const MOST_CHARACTERS = 120;

/** What a harness has that is longer: its lines, how many of them are wider, and why. */
export interface Longer {
  readonly lines: number;
  readonly wide: number;
  readonly reason: string;
}

function auditHarness(place: string, text: string, longer: Longer | undefined): readonly Finding[] {
  const lines = text.trimEnd().split('\n');
  const wide = lines.filter((line) => line.replaceAll('\t', '    ').length > MOST_CHARACTERS);
  const allowed = longer ?? { lines: MOST_HARNESS_LINES, wide: 0 };
  if (lines.length > allowed.lines) return [{ place, what: `has ${lines.length} lines, not ${allowed.lines}` }];
  if (wide.length > allowed.wide) return [{ place, what: `has too wide a line: ${(wide[0] ?? '').trim()}` }];
  if (longer === undefined || (lines.length === longer.lines && wide.length === longer.wide)) return [];
  return [{ place, what: `has become shorter: ${lines.length} lines, ${wide.length} wide; say so in LONG_HARNESSES` }];
}

/** Reports harnesses that are too long or too wide, and those whose own limit is larger than need be. */
export const auditHarnesses = (
  harnesses: ReadonlyMap<string, string>,
  longer: Readonly<Record<string, Longer>>,
): readonly Finding[] => [
  ...[...harnesses].flatMap(([place, text]) => auditHarness(place, text, longer[place])),
  ...Object.keys(longer)
    .filter((place) => !harnesses.has(place))
    .map((place) => ({ place, what: 'is no harness, yet has a limit of its own' })),
];
