/** Counts by order what the commands of a run did to the blocks and the maps: splits, joins, toggles of the map. */
import { buddy, entryOf } from '../../../spec/index.ts';
import { exactlyOne } from '../../../spec/buddy/pair.ts';
import type { Command, Outcome, Pfn } from '../../../protocol/index.ts';
import type { Placed } from '../../../spec/index.ts';

const WORD_BITS = 32;

/** The frame that a command took or gave; undefined if it changed nothing. */
function frameOf(command: Command, outcome: Outcome): Pfn | undefined {
  if (outcome.kind === 'granted') return outcome.head;
  if (outcome.kind !== 'done' || command.kind === 'allocate') return undefined;
  return command.kind === 'free' ? command.head : command.frame;
}

/** Counts splits, joins and toggles by order, told from the specification's states alone. */
export class Reach {
  /** By order: grants that split a block of this order. */
  readonly splits: number[] = [];
  /** By order: frees and hand-overs that joined blocks and left one of this order on its list. */
  readonly joins: number[] = [];
  /** By order: map bits that changed in a word beyond the order's first, if the kernel has maps. */
  readonly farToggles: number[] = [];

  /** Counts one step from a state to the next. */
  step(before: Placed, command: Command, outcome: Outcome, after: Placed): void {
    const frame = frameOf(command, outcome);
    if (frame === undefined) return;
    if (command.kind === 'allocate') {
      const from = before.lists.findIndex((list, at) => at >= command.order && list.length > 0);
      if (from > command.order) add(this.splits, from);
    } else {
      const to = after.lists.findIndex((list, at) => list.length > (before.lists[at]?.length ?? 0));
      if (to > (command.kind === 'free' ? command.order : 0)) add(this.joins, to);
    }
    this.#toggles(before, after, frame);
  }

  /** A step changes at most one bit of each map: that of the pair which the frame lies in. */
  #toggles(before: Placed, after: Placed, frame: Pfn): void {
    const { origin, pairs } = after.state;
    for (let at = 0; at < pairs.length - 1; at++) {
      const pair = (frame - origin) >> (at + 1);
      if (pair < WORD_BITS) return;
      const [was, is] = [before.state, after.state].map((state) => entryOf(buddy.pairsOf(state, at), pair));
      if (was !== is && was !== undefined && is !== undefined && exactlyOne(was) !== exactlyOne(is)) {
        add(this.farToggles, at);
      }
    }
  }
}

function add(counts: number[], at: number): void {
  counts[at] = (counts[at] ?? 0) + 1;
}
