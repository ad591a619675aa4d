/** The file /proc/buddyinfo: a zone's free blocks, as an arena that begins with these lists. */
import { MOST_ORDERS, MOST_PAGES } from '../script.ts';
import { arenaWith } from '../address.ts';
import { fitting } from '../layout.ts';
import { parseBuddyinfo } from '../../../src/index.ts';
import { quoted, readAs, unread } from './reading.ts';
import type { BuddyinfoLine } from '../../../src/index.ts';
import type { Reading } from './reading.ts';

const INSTEAD = 'a line reads "Node 0, zone   Normal   12   7   3   0   1"';

const nameOf = ({ node, zone }: BuddyinfoLine): string => `node ${node} ${zone}`;

/** Says which blocks are not shown. */
function notShown(counts: readonly number[], shown: readonly number[]): readonly string[] {
  return counts.flatMap((count, order) => {
    const here = shown[order] ?? 0;
    if (here === count) return [];
    const why = order < MOST_ORDERS ? '' : `: an arena here has at most ${MOST_ORDERS} orders`;
    return [`order ${order}: ${here} of ${count.toLocaleString('en-US')} free blocks are shown${why}`];
  });
}

/** Reads a zone as an arena of at most `MOST_PAGES` frames. */
function readZone(line: BuddyinfoLine): Reading {
  const counts = line.blocks.slice(0, MOST_ORDERS);
  const shown = fitting(counts, MOST_PAGES);
  const play = arenaWith(shown);
  if (play === undefined) return unread(`${nameOf(line)} cannot be shown; ${INSTEAD}`);
  const left = notShown(line.blocks, shown);
  return readAs(`/proc/buddyinfo, ${nameOf(line)}`, play, [
    'where its free blocks lie, and who has the other frames, it does not say: they are laid out here, and reserved frames keep them apart',
    ...(left.length === 0
      ? ['every free block is shown']
      : [`an arena here has at most ${MOST_PAGES} frames`, ...left]),
  ]);
}

/** Zones that are offered. */
const MOST_ZONES = 32;

/** Reads /proc/buddyinfo; shows its first zone, and offers the others. */
export function readCounts(text: string): Reading {
  const lines = text.split('\n').map((line) => line.trim().replaceAll(/\s+/gu, ' '));
  const isZone = (line: string): boolean => /^Node\b/u.test(line);
  const parsed = parseBuddyinfo(lines.map((line) => (isZone(line) ? line : '')).join('\n'));
  if ('why' in parsed) return unread(`line ${parsed.line}: ${parsed.why}; ${INSTEAD}`);
  const [first] = parsed;
  const reading = first === undefined ? unread(`no line of it is a zone; ${INSTEAD}`) : readZone(first);
  if (reading.kind === 'unread') return reading;
  const passed = lines.flatMap((line, at) =>
    line === '' || isZone(line) ? [] : [`line ${at + 1}, ${quoted(line)}, is left out: it is no zone`],
  );
  const others = parsed.slice(0, MOST_ZONES).map((line) => ({ name: nameOf(line), read: () => readZone(line) }));
  const more = parsed.length - others.length;
  return {
    ...reading,
    notes: [...reading.notes, ...passed, ...(more === 0 ? [] : [`${more} more zones are left out`])],
    others: parsed.length > 1 ? others : [],
  };
}
