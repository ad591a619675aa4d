/** A trace of operations, as reports print it: `a0 a1 f0`, with or without the line about its arena. */
import { MOST_WORDS, areApart, badSize, parseWord } from '../script.ts';
import { quoted, readAs, unread } from './reading.ts';
import type { Play, Run, Word } from '../script.ts';
import type { Reading, Unread } from './reading.ts';

const INSTEAD = 'a0 asks for a block of order 0, f0 frees what the first request got, F12:0 frees frame 12 as order 0';

/** Words that were read, and what of them is left out. */
interface Words {
  readonly run: readonly Word[];
  readonly notes: readonly string[];
}

/** Reads operations, one after the other. */
export function readWords(words: readonly string[]): Words | Unread {
  const at = words.findIndex((one) => parseWord(one) === undefined);
  const bad = words[at];
  if (bad !== undefined && /^r\d+:/u.test(bad)) {
    return unread(
      `operation ${at + 1}, ${quoted(bad)}, asks for a block within a range, which cannot be asked for here: "npx buddy-oracle replay CASE --html FILE" shows such a case`,
    );
  }
  if (bad !== undefined) return unread(`operation ${at + 1}, ${quoted(bad)}, is no operation: ${INSTEAD}`);
  const run = words.slice(0, MOST_WORDS).flatMap((one) => parseWord(one) ?? []);
  const left = words.length - run.length;
  return {
    run,
    notes: left === 0 ? [] : [`the first ${MOST_WORDS} operations are shown, and ${left} after them left out`],
  };
}

/** How a report writes an arena: `16 frames from 0, orders 0 to 4, reserved 3+1`. */
const ARENA = /(\d{1,9}) frames? from (\d{1,15}), orders 0 to (\d{1,3})(?:, reserved ((?:\d{1,15}\+\d{1,9} ?)+))?/u;
/** What a report says of the words right after them. */
const AFTER = /, then emptied and drained|\(\d{1,9} operations?\)|^[ \t]*(?:\$ |the case\b).*$/gmu;

/** Returns the words of a text, without what a report puts around them. */
export const wordsIn = (text: string): readonly string[] =>
  text
    .replace(ARENA, ' ')
    .replaceAll(AFTER, ' ')
    .split(/[\s,;+]+/u)
    .filter((one) => one !== '');

/** Reads the arena that a report names; undefined if there is none in a text. */
function arenaIn(text: string): Pick<Play, 'pages' | 'orders' | 'reserved'> | Unread | undefined {
  const [all, count, base, top, kept = ''] = ARENA.exec(text) ?? [];
  if (all === undefined) return undefined;
  const [pages, orders] = [Number(count), Number(top) + 1];
  const runs = kept
    .trim()
    .split(' ')
    .filter((one) => one !== '');
  const reserved = runs.map((one): Run => {
    const [first = NaN, frames = NaN] = one.split('+').map(Number);
    return [first - Number(base), frames];
  });
  const wrong = badSize(pages, orders);
  if (wrong !== undefined) return unread(`${quoted(all)}: ${wrong}`);
  if (Number(base) !== 0) return unread(`${quoted(all)}: an arena here begins at frame 0`);
  return areApart(reserved, pages)
    ? { pages, orders, reserved }
    : unread(`${quoted(all)}: reserved frames ascend, and lie in the arena`);
}

/** Reads a trace; it goes to the present arena if it names none. */
export function readTrace(text: string, present: Play): Reading {
  const arena = arenaIn(text) ?? present;
  if ('why' in arena) return arena;
  const words = readWords(wordsIn(text));
  if ('why' in words) return words;
  const { run, notes } = words;
  return readAs(
    `a trace of ${run.length} ${run.length === 1 ? 'operation' : 'operations'}`,
    {
      kind: 'buddy',
      ...arena,
      run,
    },
    [...(arena === present ? ['it goes to the arena that was shown'] : []), ...notes],
  );
}
