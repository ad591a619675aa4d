/** Replays of what 2.4.22's boot memory was recorded to do. */

import { expect, test } from 'vitest';
import { mutating } from '../../arbitrary/campaign.ts';
import { bootRecordings } from './recording.ts';
import { bootSpecificationSide, bootmemSide } from './side.ts';
import { departureOf, retirementDeparture, takesLastPage } from './departure.ts';
import type { BootNode, BootOutcome } from '../../../protocol/index.ts';
import type { BootRecording, BootState, BootStep, RecordedRetirement } from './recording.ts';
import type { BootSide } from './side.ts';

const PAGE = 4096;

/** An outcome as it is recorded. */
function recorded(outcome: BootOutcome): number | string {
  if (outcome.kind === 'granted') return outcome.address;
  if (outcome.kind === 'exhausted') return -1;
  return outcome.kind === 'rejected' ? outcome.misuse : 'ok';
}

/** The addresses, counted from the node, of the pages that are reported as reserved twice. */
const twiceOf = (outcome: BootOutcome, { start }: BootNode): readonly number[] =>
  outcome.kind === 'warned' ? outcome.pages.map((page) => (page - start) * PAGE) : [];

/** What a replay met: steps, retirements, and each departure by its name. */
class Tally {
  steps = 0;
  retirements = 0;
  readonly departures: Record<string, number> = {};

  met(departure: string): void {
    this.departures[departure] = (this.departures[departure] ?? 0) + 1;
  }
}

/** One recorded life. Where the kernel departs, its state is adopted, so that every step is compared. */
class Replay {
  readonly #node: BootNode;
  readonly #side: BootSide;
  readonly #tally: Tally;
  /** Whether the last page was reserved or freed since it was granted. */
  #gone = false;

  constructor(node: BootNode, side: BootSide, tally: Tally) {
    this.#node = node;
    this.#side = side;
    this.#tally = tally;
  }

  step(step: BootStep, place: string): void {
    this.#tally.steps++;
    const before = this.#side.state();
    const departing = departureOf(this.#node, before, this.#gone, step);
    const outcome = this.#side.answer(step.command);
    const given = recorded(outcome);
    if (departing !== undefined) return this.#depart(departing, given, before, step, place);

    expect(given, place).toBe(step.answer);
    expect(twiceOf(outcome, this.#node), place).toEqual(step.twice);
    if (takesLastPage(this.#node, before, step)) {
      this.#gone = true;
      this.#tally.met('LAST-PAGE-GONE');
    }
    if (outcome.kind === 'granted') this.#gone = false;
    if (step.state !== undefined) expect(this.#side.state(), place).toEqual(this.#right(step.state));
  }

  /** What is right where the kernel's state is this: a last page that is gone has no rest. */
  #right(state: BootState): BootState {
    return this.#gone ? { ...state, lastOffset: 0 } : state;
  }

  #depart(
    { name, right }: { name: string; right: number | string },
    given: number | string,
    before: BootState,
    step: BootStep,
    place: string,
  ): void {
    this.#tally.met(name);
    if (name === 'MAP-KEPT') expect(given, place).not.toBe(step.answer);
    else expect(given, place).toBe(right);
    const { state } = step;
    if (state === undefined) return expect(typeof step.answer, place).toBe('string');
    // A kernel that granted a page of its map has zeroed the map with it: then its last page is free in there.
    const isFree = state.bits[state.lastPos] === '0' && state.lastOffset !== 0;
    this.#gone = isFree || (this.#gone && state.lastPos === before.lastPos);
    this.#side.adopt(this.#right(state));
  }

  retire(retirement: RecordedRetirement, place: string): void {
    this.#tally.retirements++;
    const departing = retirementDeparture(this.#node, this.#side.state(), retirement);
    const { bits, lists, outcome } = this.#side.retire(retirement.orders);
    if (departing === undefined) {
      const total = outcome.kind === 'retired' ? outcome.free + outcome.map : outcome;
      return expect({ total, lists, bits, orders: lists.length }, place).toEqual(retirement);
    }
    this.#tally.met(departing.name);
    if (departing.free === 'rejected') return expect(recorded(outcome), place).toBe('map-not-reserved');
    const frames = lists.flatMap((list, order) =>
      list.flatMap((head) => Array.from({ length: 2 ** order }, (_, n) => head + n)),
    );
    expect(
      frames.toSorted((one, other) => one - other),
      place,
    ).toEqual(departing.free);
    expect(outcome, place).toEqual({ kind: 'retired', free: frames.length - 1, map: 1 });
  }
}

/** Under Stryker each twelfth life is enough to kill what any of them kills. */
const NTH = mutating ? 12 : 1;

function replay(sideOf: (node: BootNode) => BootSide): Tally {
  const tally = new Tally();
  const all: readonly BootRecording[] = bootRecordings(NTH);
  for (const [number, { node, retirement, steps }] of all.entries()) {
    const life = new Replay(node, sideOf(node), tally);
    for (const [at, step] of steps.entries()) life.step(step, `life ${number}, step ${at}: ${step.text}`);
    if (retirement !== undefined) life.retire(retirement, `life ${number}, retirement`);
  }
  return tally;
}

/** How often the recording meets each departure. */
const DEPARTURES = {
  'BUG-AS-DATA': 67,
  'TWO-SCANS': 20,
  'REST-WILL-DO': 63,
  'GOAL-ONCE': 11,
  'LAST-PAGE-GONE': 44,
  'MAP-KEPT': 7,
  'MAP-RESERVED': 1,
  'WHOLE-MAP': 8,
};

const both: [string, (node: BootNode) => BootSide][] = [
  ['the allocator', bootmemSide],
  ['the specification', bootSpecificationSide],
];

test.each(both)(
  'FIT-1, FIT-2, BOOT-2, BOOT-3, BOOT-5, RETIRE-1, RETIRE-2, PLACE-5 · %s does in every recorded step what 2.4.22 did, or departs as listed',
  (_, sideOf) => {
    const { departures, retirements, steps } = replay(sideOf);
    if (mutating) return expect(steps).toBeGreaterThan(500);
    expect([steps, retirements]).toEqual([8794, 234]);
    expect(departures).toEqual(DEPARTURES);
  },
);
