/** What was known of the frames around a fault right before it. */
import { LIVE, UNKNOWN } from './pages.ts';
import type { FilmBlock } from '../../protocol/index.ts';
import type { Pages } from './pages.ts';

/** Frames side by side. */
export interface Around {
  readonly first: number;
  readonly count: number;
}

/** Frames, with the state of each and the line that says it; what events say of them is noted in it. */
export interface Moment extends Around {
  readonly states: Uint8Array;
  readonly lines: Float64Array;
}

/** The fewest frames that are looked at, and the most: no block of Linux is larger. */
const [FEWEST, MOST] = [16, 2048];

/** Returns the frames around some blocks of these orders, in which no block ends halfway; undefined if they are too many. */
export function around(pfn: number, order: number, other = 0): Around | undefined {
  const size = Math.max(FEWEST, 2 ** order, 2 ** other);
  const first = pfn - (pfn % size);
  const count = pfn + 2 ** order > first + size ? 2 * size : size;
  return count <= MOST ? { first, count } : undefined;
}

/** Returns what is known of frames now. */
export function momentOf(pages: Pages, { count, first }: Around): Moment {
  const [states, lines] = [new Uint8Array(count), new Float64Array(count)];
  for (let n = 0; n < count; n++) {
    states[n] = pages.stateOf(first + n);
    lines[n] = pages.lineOf(first + n);
  }
  return { first, count, states, lines };
}

/** Notes in a moment what an event said of a block. */
export function note(moment: Moment, pfn: number, order: number, state: number, line: number): void {
  const end = Math.min(pfn + 2 ** order, moment.first + moment.count);
  for (let at = Math.max(pfn, moment.first); at < end; at++) {
    moment.states[at - moment.first] = state;
    moment.lines[at - moment.first] = line;
  }
}

/** Returns how many frames from one on are alike: the size of a block that lies at a multiple of its size, or 1. */
function alike({ count, first, states }: Moment, at: number, most: number, isLike: (n: number) => boolean): number {
  let size = 1;
  while (size < most && (first + at) % (2 * size) === 0 && at + 2 * size <= count) {
    for (let n = at + size; n < at + 2 * size; n++) if (states[n] === UNKNOWN || !isLike(n)) return size;
    size *= 2;
  }
  return size;
}

/** Returns the blocks of a moment: each that is held has the line that granted it, each that is free -1. */
export function blocksOf(moment: Moment): readonly FilmBlock[] {
  const { count, first, lines, states } = moment;
  const blocks: FilmBlock[] = [];
  for (let at = 0; at < count;) {
    const [state = UNKNOWN, line = 0] = [states[at], lines[at]];
    if (state === UNKNOWN) {
      at++;
      continue;
    }
    const isHeld = state >= LIVE;
    const size = isHeld
      ? alike(moment, at, 2 ** (state - LIVE), (n) => states[n] === state && lines[n] === line)
      : alike(moment, at, count, (n) => (states[n] ?? LIVE) < LIVE);
    blocks.push([first + at, Math.log2(size), isHeld ? line : -1]);
    at += size;
  }
  return blocks;
}
