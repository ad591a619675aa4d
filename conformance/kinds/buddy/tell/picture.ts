/** Draws an arena in text, and what an operation made of it. */
import { arithmetic, buddy, order, pfn } from '../../../../spec/index.ts';
import { asked } from '../case.ts';
import type { Pfn } from '../../../../protocol/index.ts';
import type { Buddy } from '../../../../spec/index.ts';
import type { Operation, Result } from '../case.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

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
 * An arena in text, 64 frames a line or another power of two: a letter for each outstanding block, `.` free, `#` never handed
 * out, `|` between blocks. Frames of `marked` get a `^` below.
 */
export function drawArena(state: Buddy, marked: readonly Pfn[] = [], across = 64): string {
  const { base, pages } = state.arena;
  const cells = cellsOf(state);
  const width = String(base + pages - 1).length;
  const lines: string[] = [];
  for (let first = 0; first < pages; first += across) {
    const row = cells.slice(first, first + across);
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

const framesFrom = (head: Pfn, count: number): readonly Pfn[] => Array.from({ length: count }, (_, n) => pfn(head + n));

/** Returns how many frames an allocation asks for. */
function countOf(operation: Operation): number {
  if (operation.kind === 'allocate-frames') return operation.frames;
  return operation.kind === 'allocate' ? 2 ** operation.order : 0;
}

/** Returns the frames that a picture points at: a block that would have done for an allocation, or the frame that a free names. */
export function pointedAt(state: Buddy, operation: Operation): readonly Pfn[] {
  if (operation.kind === 'free-frame') return [operation.head];
  if (operation.kind !== 'allocate') return [];
  if (!arithmetic.isOrder(state.arena, operation.order)) return [];
  const size = arithmetic.sizeOf(operation.order);
  const heads = Array.from({ length: Math.ceil(state.arena.pages / size) + 1 }, (_, n) => pfn(state.origin + n * size));
  const head = heads.find((at) => buddy.isWhollyFree(state, at, order(operation.order)));
  return head === undefined ? [] : framesFrom(head, size);
}

/** An arena of more frames is not drawn. */
const MOST_DRAWN = 1024;

/** An operation, what came back, and the states around it. */
interface Drawn {
  readonly state: Buddy;
  readonly operation: Operation;
  readonly result: Result | undefined;
  readonly after: Buddy | undefined;
}

/** Draws the arena before an operation, and what the allocator made of it; `across`: frames in a line, a power of two. */
export function drawMoment({ state, operation, result, after }: Drawn, across: number): readonly string[] {
  const { pages } = state.arena;
  if (pages > MOST_DRAWN) return [`the arena has ${pages} frames: too many to draw`];
  const granted = result?.kind === 'granted' ? framesFrom(result.head, Math.min(countOf(operation), pages)) : undefined;
  const then = `then    ${asked(operation)}${granted === undefined ? '' : `: granted at frame ${granted[0]}`}`;
  if (after === undefined && granted !== undefined) {
    const marked = drawArena(state, granted, across);
    return ['before', drawArena(state, [], across), '', then, '', 'after: ^ is what was granted', marked];
  }
  const before = ['before', drawArena(state, pointedAt(state, operation), across), '', then];
  return after === undefined ? before : [...before, '', 'after', drawArena(after, [], across)];
}
