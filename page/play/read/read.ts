/** Reads what was pasted: which form it is in, and what it says. */
import { parseWord } from '../script.ts';
import { readCounts } from './counts.ts';
import { readCourse } from './course.ts';
import { readSaved } from './saved.ts';
import { readTrace, wordsIn } from './trace.ts';
import { unread } from './reading.ts';
import type { Play } from '../script.ts';
import type { Reading } from './reading.ts';

/** What can be pasted. */
export const FORMS = 'a case, a trace, a script of sizes, /proc/buddyinfo, or a kernel’s log';

/** Longer texts are not read. */
const MOST_CHARACTERS = 200_000;

/** Reports whether at least half of a text's words are operations of a trace. */
function isTrace(text: string): boolean {
  const words = wordsIn(text);
  return words.length > 0 && 2 * words.filter((one) => parseWord(one) !== undefined).length >= words.length;
}

/** Reports whether a text has zones as /proc/buddyinfo has them. */
export const isCounts = (text: string): boolean => /^[ \t]*Node \d+, zone\b/mu.test(text);

/** Reads a text in whichever form it is in; a trace goes to the present arena. Never throws. */
export function read(text: string, present: Play): Reading {
  if (text.trim() === '') return unread(`there is nothing to read: paste ${FORMS}`);
  if (text.length > MOST_CHARACTERS) {
    return unread(
      `it has ${text.length.toLocaleString('en-US')} characters, and ${MOST_CHARACTERS.toLocaleString('en-US')} are read at most: paste a part of it`,
    );
  }
  if (/^[^\n{]{0,80}\{\s*"/u.test(text.trimStart()) || text.trimStart().startsWith('{')) return readSaved(text);
  if (isCounts(text)) return readCounts(text);
  return isTrace(text) ? readTrace(text, present) : readCourse(text);
}
