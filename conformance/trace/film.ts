/** The film of a fault: the last events on its frames, one a step, up to the one that cannot be. */
import { ALLOC, FREE, IN } from './event.ts';
import { BUDDY, IDLE, LIVE, UNKNOWN } from './pages.ts';
import { CLAUSES } from '../../spec/clauses.ts';
import { blocksOf, note } from './moment.ts';
import type { Fault } from './fault.ts';
import type { Film, FilmBlock, FilmChange, FilmStep, Reel } from '../../protocol/index.ts';
import type { Moment } from './moment.ts';
import type { TraceEvent } from './event.ts';

/** The most events that are shown one by one. */
const MOST_STEPS = 200;

const hex = (pfn: number): string => `0x${pfn.toString(16)}`;

const frameOf = (pfn: number): string => `frame ${pfn} (${hex(pfn)})`;

/** Returns what an event makes of its frames. */
const stateAfter = ({ kind, order }: TraceEvent): number =>
  kind === ALLOC ? LIVE + order : kind === IN ? BUDDY : IDLE;

/** Returns the state before some events: of frames that they are the first to speak of nothing is known but what is older. */
function before({ count, first, lines, states }: Moment, events: readonly TraceEvent[]): Moment {
  const since = events[0]?.line ?? Infinity;
  const known = states.map((state, n) => ((lines[n] ?? 0) < since ? state : UNKNOWN));
  return { first, count, states: known, lines: lines.slice() };
}

/** Returns what became of the blocks of a row. */
function changeOf(old: readonly FilmBlock[], now: readonly FilmBlock[]): readonly FilmChange[] {
  const keyOf = (block: FilmBlock): string => block.join(' ');
  const [had, has] = [new Set(old.map(keyOf)), new Set(now.map(keyOf))];
  const gone = old.filter((block) => !has.has(keyOf(block))).map(([head]) => head);
  const come = now.filter((block) => !had.has(keyOf(block)));
  if (gone.length + come.length === 0) return [];
  return [{ ground: 0, ...(gone.length === 0 ? {} : { gone }), ...(come.length === 0 ? {} : { come }) }];
}

/** Returns an event as what was asked, what came of it, and what would have been right. */
function wordsOf({ kind, order, pfn }: TraceEvent): readonly [asked: string, answered: string, permitted: string] {
  const block = `a block of order ${order}`;
  if (kind === ALLOC) return [`allocate ${block}`, `granted ${frameOf(pfn)}`, 'frames that nobody holds'];
  if (kind === FREE) return [`free ${block} at ${frameOf(pfn)}`, 'done', 'whatever it is: a free proves nothing'];
  const moves = kind === IN ? 'enters' : 'leaves';
  return [`${block} ${moves} the buddy system`, frameOf(pfn), 'frames that nobody holds'];
}

function timeOf({ counter, time }: TraceEvent): string {
  return counter ? `at ${time}` : `at ${(time / 1e6).toFixed(6)} s`;
}

function stepOf(event: TraceEvent, { count, first }: Moment, changes: readonly FilmChange[]): FilmStep {
  const [asked, answered, permitted] = wordsOf(event);
  const from = Math.max(first, event.pfn);
  const end = Math.min(first + count, event.pfn + 2 ** event.order);
  return {
    asked,
    answered,
    permitted,
    notes: [`line ${event.line}, processor ${event.cpu}, ${timeOf(event)}`],
    ...(end > from ? { at: { ground: 0, first: from, count: end - from } } : {}),
    changes,
  };
}

/** Returns the steps up to a fault, the last of them the fault itself, after which nothing is as it says. */
function reelOf(moment: Moment, story: readonly TraceEvent[], fault: TraceEvent): Reel {
  const now = before(moment, story);
  const skipped = Math.max(0, story.length - MOST_STEPS + 1);
  const play = (event: TraceEvent): void => note(now, event.pfn, event.order, stateAfter(event), event.line);
  story.slice(0, skipped).forEach(play);
  const start = changeOf([], blocksOf(now));
  const steps = story.slice(skipped).map((event) => {
    const old = blocksOf(now);
    play(event);
    return stepOf(event, moment, changeOf(old, blocksOf(now)));
  });
  const { count, first } = moment;
  const ground = {
    name: `frames ${hex(first)} to ${hex(first + count - 1)}`,
    base: first,
    pages: count,
    origin: first,
    orders: Math.log2(count) + 1,
    ordered: false,
    glimpsed: true,
  } as const;
  return { grounds: [ground], start, skipped, steps: [...steps, stepOf(fault, moment, [])] };
}

/** Returns the film of a fault; undefined if its frames are too many, or if what went before it was not held. */
export function filmOf(fault: Fault, file: string, replay: string): Film | undefined {
  const { because, clause, line, moment, story } = fault;
  if (moment === undefined || story === undefined) return undefined;
  const { property, sentence } = CLAUSES[clause];
  return {
    kind: 'trace',
    title: 'history of pages',
    subject: file,
    verdict: 'diverges',
    refuted: { clause, place: `line ${line}`, facts: because, property, sentence },
    description: ['the last events on the frames around the fault, as the trace has them'],
    replay,
    ...reelOf(moment, story.before, story.last),
  };
}
