import { arithmetic, buddy, pfn } from '../../../spec/index.ts';
import type { Pfn } from '../../../protocol/index.ts';
import type { Buddy } from '../../../spec/index.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Frames in a line of a picture: a power of two. */
const WIDTH = 64;

/** One frame's character, and whether a block begins there. */
interface Cell {
  readonly mark: string;
  readonly begins: boolean;
}

function cellsOf(state: Buddy): readonly Cell[] {
  const { base, pages } = state.arena;
  const cells: Cell[] = [];
  let letter = 0;
  while (cells.length < pages) {
    const frame = pfn(base + cells.length);
    const outstanding = buddy.outstandingAround(state, frame);
    const free = buddy.isFree(state, frame) ? buddy.freeBlockAround(state, frame) : undefined;
    const block = outstanding ?? free;
    const mark =
      outstanding !== undefined ? (LETTERS[letter++ % LETTERS.length] ?? '?') : free !== undefined ? '.' : '#';
    const size = block === undefined ? 1 : arithmetic.sizeOf(block.order);
    for (let at = 0; at < size; at++) cells.push({ mark, begins: at === 0 });
  }
  return cells;
}

/**
 * An arena in text, 64 frames a line: a letter for each outstanding block, `.` free, `#` never handed out, `|` between
 * blocks. Frames of `marked` get a `^` below.
 */
export function drawArena(state: Buddy, marked: readonly Pfn[] = []): string {
  const { base, pages } = state.arena;
  const cells = cellsOf(state);
  const width = String(base + pages - 1).length;
  const lines: string[] = [];
  for (let first = 0; first < pages; first += WIDTH) {
    const row = cells.slice(first, first + WIDTH);
    const drawn = row.map(({ mark, begins }, n) => (begins || n === 0 ? `|${mark}` : ` ${mark}`)).join('');
    lines.push(`${String(base + first).padStart(width)} ${drawn}|`);
    const under = row
      .map((_, n) => (marked.includes(pfn(base + first + n)) ? ' ^' : '  '))
      .join('')
      .trimEnd();
    if (under !== '') lines.push(`${' '.repeat(width)} ${under}`);
  }
  return lines.join('\n');
}
