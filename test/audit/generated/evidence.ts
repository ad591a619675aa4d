/** Counts which evidence exercises which order of which kernel, for the table of test/README.md. */
import { MORE_SHIFTS, QUICK_SHIFTS } from '../../../proof/exhaustive/buddy/shapes.ts';
import { allocatorOver } from '../../lockstep/buddy/real.ts';
import {
  LruReclaimer,
  createAllocator,
  createBootmem,
  createMachine,
  createMachine26,
  regionBytes,
} from '../../../src/index.ts';
import { firstFrame, recordings, shapeOf } from '../../trace/buddy/recording.ts';
import { handOverAll } from '../../trace/played.ts';
import { judgeBuddy } from '../../fault/judged.ts';
import { order, pfn } from '../../../spec/unit.ts';
import { regionFor } from '../../arbitrary/region.ts';
import { runLarge } from '../../lockstep/buddy/large.ts';
import { transparent } from '../../fault/buddy/subject.ts';
import type { Create, Playable } from '../../trace/played.ts';
import type { Kernel, Observation } from '../../../protocol/index.ts';

const SEED = 1;
const ORDERS = 11;
/** The orders of 16 pages. */
const EXHAUSTIVE_TOP = 4;
/** The first cases of the judge's run. */
const CASES = 150;

/** By order: grants that split a block of it, and frees that joined blocks into one of it. */
export interface Counts {
  readonly splits: number[];
  readonly joins: number[];
}

const add = (counts: number[], at: number): void => {
  counts[at] = (counts[at] ?? 0) + 1;
};

/** The first node of an order's list; the list's head if it is empty. */
const firstOf = ({ arena, links }: Observation, at: number): number => links[2 * (arena.pages + at)] ?? NaN;

/** The smallest order from `least` on whose list has a block. */
function smallestFree(seen: Observation, least: number): number | undefined {
  const { orders, pages } = seen.arena;
  for (let at = Math.max(0, least); at < orders; at++) if (firstOf(seen, at) < pages) return at;
  return undefined;
}

/** The order of the free block that a frame lies in and that is first on its list. */
function joinedOrder(seen: Observation, index: number): number | undefined {
  const { orders } = seen.arena;
  for (let at = orders - 1; at >= 0; at--) {
    const first = firstOf(seen, at);
    if (first <= index && index < first + 2 ** at) return at;
  }
  return undefined;
}

/** Returns an allocator that answers as another, and counts its splits and joins. Hand-overs do not count. */
export function counted(allocator: Playable, counts: Counts): Playable {
  const seen = allocator.observe();
  return {
    observe: () => seen,
    handOver: (frame) => allocator.handOver(frame),
    allocate: (of) => {
      const from = smallestFree(seen, of);
      const outcome = allocator.allocate(of);
      if (outcome.kind === 'granted' && from !== undefined && from > of) add(counts.splits, from);
      return outcome;
    },
    free: (head, of) => {
      const outcome = allocator.free(head, of);
      const to = outcome.kind === 'done' ? joinedOrder(seen, head - seen.arena.base) : undefined;
      if (to !== undefined && to > of) add(counts.joins, to);
      return outcome;
    },
  };
}

/** Counts the splits and joins of all recorded steps of a kernel. */
export function recordedCounts(kernel: Kernel): Counts {
  const counts: Counts = { splits: [], joins: [] };
  for (const recording of recordings(kernel)) {
    const shape = shapeOf(kernel, recording);
    const first = firstFrame(kernel, recording);
    const allocator = counted(allocatorOver(shape, regionFor(shape)), counts);
    handOverAll(allocator, shape);
    for (const [text] of recording.steps) {
      const [word, one, two] = text.split(' ');
      if (word === 'alloc') allocator.allocate(order(Number(one)));
      else allocator.free(pfn(first + Number(one)), order(Number(two)));
    }
  }
  return counts;
}

/** Counts the splits and joins that the judge asks for in the first cases of a run with default options. */
export async function judgedCounts(kernel: Kernel): Promise<Counts> {
  const counts: Counts = { splits: [], joins: [] };
  const counting: Create = (shape, region) => {
    const created = createAllocator(shape, region);
    return created.kind === 'rejected' ? created : { ...created, allocator: counted(created.allocator, counts) };
  };
  const refuel = (): void => undefined;
  const sources = {
    createAllocator: counting,
    LruReclaimer,
    createBootmem,
    createMachine,
    createMachine26,
    regionBytes,
    refuel,
  };
  await judgeBuddy(() => Promise.resolve(transparent(kernel, sources)), { seed: SEED, cases: CASES });
  return counts;
}

const yes = ({ splits, joins }: Counts, at: number): string => {
  const both = [(splits[at] ?? 0) > 0 ? 'split' : '', (joins[at] ?? 0) > 0 ? 'join' : ''];
  return both.filter((word) => word !== '').join(', ');
};

const shiftsAt = (at: number, shifts: readonly number[]): string =>
  shifts.filter((s) => s <= at && at <= s + EXHAUSTIVE_TOP).join(', ');

function rowOf(kernel: Kernel, at: number, lockstep: Counts, recorded: Counts, judged: Counts): string {
  const cells = [
    String(at),
    kernel,
    yes(lockstep, at),
    `${recorded.splits[at] ?? 0}, ${recorded.joins[at] ?? 0}`,
    at <= EXHAUSTIVE_TOP ? 'all' : '',
    shiftsAt(at, QUICK_SHIFTS),
    shiftsAt(at, MORE_SHIFTS),
    yes(judged, at),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** Returns the table of orders and kernels. */
export async function ordersPart(): Promise<string> {
  const head = [
    'order',
    'kernel',
    'lockstep',
    'recordings: splits, joins',
    'exhaustive, 16 pages',
    'shifted by (`prove`)',
    'shifted by (`prove:full`)',
    `judge, first ${CASES} cases`,
  ];
  const rows: string[] = [];
  for (const kernel of ['2.4', '2.6'] as const) {
    const lockstep = runLarge(kernel, { runs: 20, seed: SEED }).reach;
    const recorded = recordedCounts(kernel);
    const judged = await judgedCounts(kernel);
    for (let at = 0; at < ORDERS; at++) rows.push(rowOf(kernel, at, lockstep, recorded, judged));
  }
  return [`| ${head.join(' | ')} |`, `|${' --- |'.repeat(head.length)}`, ...rows].join('\n');
}
