/** One state of a film in text: a strip of frames for each row, and its free lists. */
import { blockAround, freeOf } from '../draw/words.ts';
import { captionOf } from './caption.ts';
import { markOf } from '../film/mark.ts';
import { sayNode } from '../draw/pages.ts';
import { sayLevel } from '../draw/lists.ts';
import type { Film } from '../../protocol/index.ts';
import type { Mark } from '../draw/tree.ts';
import type { Row } from '../film/reel.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Rows of more frames are not drawn as a strip. */
const MOST_DRAWN = 4096;

/** Heads of a list that are written out. */
const MOST_HEADS = 12;

/** Returns a character for a frame, with what separates it from the one before. */
function cellOf({ blocks, ground }: Row, frame: number): string {
  const block = blockAround(blocks, ground, frame);
  if (block === undefined) return '|#';
  const [head, , use] = block;
  return `${head === frame ? '|' : ' '}${use < 0 ? '.' : (LETTERS[use % LETTERS.length] ?? '?')}`;
}

const bootCell = ({ taken }: Row, page: number): string => {
  const [from, to] = [page * 4096, (page + 1) * 4096];
  return taken.some(([first, end]) => first < to && end > from) ? ' 1' : ' 0';
};

/** Returns the strip of a row, so many frames a line, and below each line what is marked in it. */
function stripOf(row: Row, mark: Mark | undefined, across: number): readonly string[] {
  const { base, map, pages } = row.ground;
  if (pages > MOST_DRAWN) return [`${row.ground.name} has ${pages} frames: too many to draw`];
  const isBoot = map !== undefined && !row.retired;
  const width = String(base + pages - 1).length;
  const lines: string[] = [];
  for (let first = base; first < base + pages; first += across) {
    const frames = Array.from({ length: Math.min(across, base + pages - first) }, (_, n) => first + n);
    const cells = frames.map((frame) => (isBoot ? bootCell(row, frame) : cellOf(row, frame))).join('');
    lines.push(`${String(first).padStart(width)} ${isBoot ? cells : `|${cells.slice(1)}|`}`);
    const isMarked = (frame: number): boolean =>
      mark !== undefined && frame >= mark.first && frame < mark.first + mark.count;
    const under = frames.map((frame) => (isMarked(frame) ? ` ${mark?.wrong === true ? 'x' : '^'}` : '  ')).join('');
    if (under.trim() !== '') lines.push(`${' '.repeat(width)} ${under.trimEnd()}`);
  }
  return lines;
}

/** Returns the free lists of a row that are not empty. */
function listLines(row: Row): readonly string[] {
  const { ground, lists } = row;
  const filled = lists.flatMap((list, order) => {
    if (list.length === 0) return [];
    const more = list.length > MOST_HEADS ? ` and ${list.length - MOST_HEADS} more` : '';
    const heads = list.slice(0, MOST_HEADS).join(ground.ordered ? ' -> ' : ' ');
    return [`order ${String(order).padStart(2)}  ${String(list.length).padStart(4)}  ${heads}${more}`];
  });
  return [`${freeOf(row)} of ${ground.pages} frames free`, ...filled];
}

/** Returns the lines that show a row. */
function rowLines(row: Row, mark: Mark | undefined, across: number): readonly string[] {
  const level = sayLevel(row);
  const node = sayNode(row);
  return [
    '',
    row.ground.name,
    ...stripOf(row, mark, across),
    ...[level, node].filter((said) => said !== ''),
    ...(row.ground.glimpsed === true || (row.ground.map !== undefined && !row.retired) ? [] : listLines(row)),
  ];
}

/** Returns the state of a film after a number of its steps in text; `across`: frames in a line, a power of two. */
export function textOf(film: Film, step: number, rows: readonly Row[], across: number): string {
  const { head, lines } = captionOf(film, step);
  return [
    head,
    ...lines.map(([text]) => text),
    ...rows.flatMap((row, n) => rowLines(row, markOf(film, step, n), across)),
  ].join('\n');
}
