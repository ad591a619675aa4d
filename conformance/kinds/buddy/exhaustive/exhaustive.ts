/** No search: every state of a small arena, or one of those that are alike, every order tried in each. */
import { grouped } from '../../../show.ts';
import { BUDDY, runBuddy } from '../kind.ts';
import { EVERY_STATE, ONE_OF_EACH_ORBIT } from './numbering.ts';
import { Explored } from './explored.ts';
import { FREE_MISUSES, NEEDED, isClaimed } from '../misuse.ts';
import { Tour } from './tour.ts';
import { neverSeen } from '../../../judge/coverage.ts';
import { pfn } from '../../../unit.ts';
import { z } from 'zod';
import type { Case, FixedCase } from '../case.ts';
import type { BuddyPort } from '../port.ts';
import type { Numbering } from './numbering.ts';
import type { Part } from './explored.ts';
import type { Kind, Source, Sweep } from '../../../judge/kind.ts';

/** How much of all that there is a run saw. */
export interface Exhausted {
  readonly states: number;
  readonly ofStates: number;
  readonly frees: number;
  readonly ofFrees: number;
}

/** Sizes of arenas of which every state can be built. */
export const EXHAUSTIBLE: readonly number[] = [1, 2, 4, 8, 16, 32];

/** The largest of which every state is built; of larger ones, one state of each orbit. */
const EVERY = 16;

/** States in a case: so many that opening an arena costs little, so few that what is found is found again fast. */
const STATES = 200;
/** How often the states that were not met are tried again: an allocator may take another half than it did. */
const ROUNDS = 4;

/** Yields the states that are still to be met, cut into cases. */
function* rounds(explored: Explored): Generator<readonly number[]> {
  const { numbering, ofStates, top } = explored;
  const states = numbering.size(top);
  for (let round = 0; round < ROUNDS && explored.states < ofStates; round++) {
    // What is split furthest comes first: it shows which half of each block is granted first.
    if (round === 0) yield [finest(numbering, top)];
    let next: number[] = [];
    for (let rank = 0; rank < states; rank++) {
      if (explored.owns(rank) && !explored.has(rank)) next.push(rank);
      if (next.length === STATES || (rank === states - 1 && next.length > 0)) {
        yield next;
        next = [];
      }
    }
  }
}

/** The state in which every frame is outstanding by itself. */
function finest(numbering: Numbering, of: number): number {
  if (of === 0) return 1;
  const half = finest(numbering, of - 1);
  return numbering.join(of, half, half);
}

/** Returns what was seen of all, in words. */
export const exhaustedLine = ({ states, ofStates, frees, ofFrees }: Exhausted, of = 'states'): string =>
  `${grouped(states)} of ${grouped(ofStates)} ${of}, every order tried in each; ${grouped(frees)} of ${grouped(ofFrees)} frees passed through`;

function summaryOf({ frees, numbering, ofFrees, ofStates, states }: Explored): { text: string; record: Exhausted } {
  const record = { states, ofStates, frees, ofFrees };
  return { text: exhaustedLine(record, numbering === EVERY_STATE ? 'states' : 'states, one of each orbit'), record };
}

function sourceOf(explored: Explored, { claims }: Pick<Sweep, 'claims'>): Source<Case> {
  const { top } = explored;
  const shape = { base: pfn(0), pages: 2 ** top, orders: top + 1, reserved: [] };
  const left = rounds(explored);
  const misuses = new Set(FREE_MISUSES.filter((misuse) => isClaimed(claims, misuse)));
  /** The last two cases: the tour depends on what was granted, and cannot be made again. */
  let recent: readonly [n: number, of: Case][] = [];
  let supported = true;
  return {
    draw: (n) => {
      const next = left.next();
      if (next.done === true || !supported) return undefined;
      const tour = new Tour(explored, misuses);
      for (const rank of next.value) tour.visit(rank);
      const of: Case = { shape, script: tour.finish(), drain: false };
      recent = [...recent.slice(-1), [n, of]];
      return of;
    },
    at: (nth) => recent.find(([at]) => at === nth)?.[1],
    learn: (_, isSupported) => {
      supported = isSupported;
    },
    unseen: (coverage) => {
      const { states, ofStates } = explored;
      const possible = [...misuses].filter((misuse) => shape.pages >= NEEDED[misuse].pages);
      const frees = misuses.size === 0 ? [] : ['free by frame', ...possible.map((misuse) => `rejected ${misuse}`)];
      return [
        ...(states === ofStates ? [] : [{ sight: 'states', seen: states, wanted: ofStates }]),
        ...neverSeen(frees, coverage),
      ];
    },
    summary: () => summaryOf(explored),
    absorb: (records) => explored.absorb(records.map(readExhausted)),
  };
}

const count = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);

/** Reads what a part came to, as its record says; undefined if that says nothing of the kind. */
const readExhausted = (record: unknown): Exhausted | undefined =>
  z.object({ states: count, ofStates: count, frees: count, ofFrees: count }).safeParse(record).data;

/**
 * Returns the buddy system with a source of cases that puts it into every state of an arena of `pages` frames, a power of two up
 * to 16, and tries every order in each; at 32 frames into one state of each orbit, states that differ in swapped buddies being one.
 * A state that it did not get into is missed by the judgement. `part`: those of them that are wanted.
 */
export function exhaustively(
  pages: number,
  part?: Part,
): {
  kind: Kind<BuddyPort, Case, FixedCase>;
  source: (sweep: Pick<Sweep, 'claims'>) => Source<Case>;
} {
  const explored = new Explored(Math.log2(pages), pages > EVERY ? ONE_OF_EACH_ORBIT : EVERY_STATE, part);
  const kind: typeof BUDDY = {
    ...BUDDY,
    run: (port, of, how) =>
      runBuddy(port, of, how, (state, command, outcome) => explored.watch(state, command, outcome)),
  };
  return { kind, source: (sweep) => sourceOf(explored, sweep) };
}
