/** The frames around a fault in text: who held them right before it, and which of them it is about. */
import { blocksOf } from './moment.ts';
import type { Fault } from './fault.ts';
import type { Around } from './moment.ts';
import type { FilmBlock } from '../../protocol/index.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The frames of a line, and the most of all; of more, those are drawn that the line is about. */
const [ACROSS, MOST] = [32, 128];

const hex = (pfn: number): string => `0x${pfn.toString(16)}`;

/** One frame's character, and whether a block begins there. */
type Cell = readonly [mark: string, begins: boolean];

/** Returns a letter for each block that is held, `.` for what is free, `#` for what nothing is known of. */
function cellsOf(blocks: readonly FilmBlock[]): ReadonlyMap<number, Cell> {
  const cells = new Map<number, Cell>();
  let held = 0;
  for (const [head, order, use] of blocks) {
    const mark = use < 0 ? '.' : (LETTERS[held++ % LETTERS.length] ?? '?');
    for (let n = 0; n < 2 ** order; n++) cells.set(head + n, [mark, n === 0]);
  }
  return cells;
}

/** Returns the frames that are drawn, as the first one of each line. */
function startsOf({ count, first }: Around, { order, pfn }: Fault): readonly number[] {
  const all = Array.from({ length: Math.ceil(count / ACROSS) }, (_, n) => first + n * ACROSS);
  if (count <= MOST) return all;
  return all.filter((from) => from + ACROSS > pfn && from < pfn + 2 ** order).slice(0, MOST / ACROSS);
}

/** Returns the lines that show a fault, none if nothing is known of its frames. */
export function pictureOf(fault: Fault): readonly string[] {
  const { line, moment, order, pfn } = fault;
  if (moment === undefined) return [];
  const { count, first } = moment;
  const cells = cellsOf(blocksOf(moment));
  const width = hex(first + count).length;
  const lines = [
    `before line ${line}: a letter for each block that is held, . free, # unknown; ^ what the line is about`,
  ];
  for (const from of startsOf(moment, fault)) {
    const frames = Array.from({ length: Math.min(ACROSS, first + count - from) }, (_, n) => from + n);
    const drawn = frames.map((frame, n) => {
      const [mark, begins] = cells.get(frame) ?? ['#', true];
      return `${begins || n === 0 ? '|' : ' '}${mark}`;
    });
    const under = frames.map((frame) => (frame >= pfn && frame < pfn + 2 ** order ? ' ^' : '  ')).join('');
    lines.push(`${hex(from).padStart(width)} ${drawn.join('')}|`);
    if (under.trim() !== '') lines.push(`${' '.repeat(width)} ${under.trimEnd()}`);
  }
  return lines;
}
