/** Counts what a run of the lockstep exercised: a test that demands an event fails when its count is zero. */
import { Reach } from './reach.ts';
import type { Command, Misuse, Observation, Outcome } from '../../../protocol/index.ts';
import { valuesOf } from '../../../spec/index.ts';
import type { Placed } from '../../../spec/index.ts';

const EVENTS = [
  'split',
  'grant of the top order',
  'join up to the top order',
  'refusal with free frames left',
  'refusal without free frames',
  'refusal of an order that the arena lacks',
  'request in pages',
  'hand-over',
  'hand-over after a grant',
  'rejected out-of-range',
  'rejected wrong-order',
  'rejected misaligned',
  'rejected inner-page',
  'rejected double-free',
  'rejected never-allocated',
  'rejected no-such-frame',
  'rejected handed-over-twice',
  'rejected no-such-order',
  'arena with holes',
  'arena of no power of two',
  'arena beyond 32 bits',
  'unaligned arena',
] as const;

export type BuddyEvent = (typeof EVENTS)[number];

const rejections: Readonly<Record<Misuse, BuddyEvent>> = {
  'out-of-range': 'rejected out-of-range',
  'wrong-order': 'rejected wrong-order',
  misaligned: 'rejected misaligned',
  'inner-page': 'rejected inner-page',
  'double-free': 'rejected double-free',
  'never-allocated': 'rejected never-allocated',
  'no-such-frame': 'rejected no-such-frame',
  'handed-over-twice': 'rejected handed-over-twice',
  'no-such-order': 'rejected no-such-order',
};

/** Counts how often a run met each event. A run that never met one is no evidence for it. */
export class Coverage {
  /** Splits, joins and toggles by order. */
  readonly reach: Reach = new Reach();
  readonly #counts = new Map<BuddyEvent, number>(EVENTS.map((event) => [event, 0]));
  /** By order, one bit for each of the first 32 pairs: set once the pair's map bit was 1 (in `ones`), or 0 (in `zeros`). */
  readonly ones: number[] = [];
  readonly zeros: number[] = [];
  commands = 0;

  saw(event: BuddyEvent): void {
    this.#counts.set(event, this.count(event) + 1);
  }

  count(event: BuddyEvent): number {
    return this.#counts.get(event) ?? 0;
  }

  sawArena({ arena }: Placed['state']): void {
    if (arena.holes.length > 0) this.saw('arena with holes');
    if (!Number.isInteger(Math.log2(arena.pages))) this.saw('arena of no power of two');
    if (arena.base >= 2 ** 31) this.saw('arena beyond 32 bits');
    if (arena.base % 2 ** (arena.orders - 1) !== 0) this.saw('unaligned arena');
  }

  sawStep(before: Placed, command: Command, outcome: Outcome, after: Placed): void {
    this.commands++;
    this.reach.step(before, command, outcome, after);
    if (outcome.kind === 'rejected') return this.saw(rejections[outcome.misuse]);
    if (command.kind === 'allocate') return this.#sawAllocate(before, command.order, outcome);
    const top = after.lists.length - 1;
    const joined = (after.lists[top]?.length ?? 0) > (before.lists[top]?.length ?? 0) && top > 0;
    if (joined && (command.kind === 'hand-over' || command.order < top)) this.saw('join up to the top order');
    if (command.kind !== 'hand-over') return;
    this.saw('hand-over');
    if (valuesOf(before.state.owners).some((owner) => owner >= 0)) this.saw('hand-over after a grant');
  }

  #sawAllocate({ lists }: Placed, order: number, outcome: Outcome): void {
    if (outcome.kind === 'granted') {
      if ((lists[order]?.length ?? 0) === 0) this.saw('split');
      if (order === lists.length - 1) this.saw('grant of the top order');
      return;
    }
    if (order >= lists.length) return this.saw('refusal of an order that the arena lacks');
    this.saw(lists.some((list) => list.length > 0) ? 'refusal with free frames left' : 'refusal without free frames');
  }

  /** Records the map bits of the first 32 pairs of each order. */
  sawMaps({ arena, maps }: Observation): void {
    for (let at = 0; at < maps.length; at++) {
      const pairs = Math.ceil(arena.pages / 2 ** (at + 1));
      const exist = pairs >= 32 ? -1 : 2 ** pairs - 1;
      const word = maps[at]?.[0] ?? 0;
      this.ones[at] = (this.ones[at] ?? 0) | word;
      this.zeros[at] = (this.zeros[at] ?? 0) | (~word & exist);
    }
  }

  /** Returns the events that never happened. */
  missing(): readonly BuddyEvent[] {
    return EVENTS.filter((event) => this.count(event) === 0);
  }
}
