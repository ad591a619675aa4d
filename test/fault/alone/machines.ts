/** What lives of machines have in common, of 2.4 and of 2.6.24. */
import type { Alone } from './alone.ts';
import type { Block, Command26, Observation, Outcome26, PageCommand, PageOutcome } from '../../../protocol/index.ts';
import type { Invariant } from '../../../invariants/index.ts';

/** How many lives are drawn, of which seed, and the most commands of each. */
export const SEED = 20240422;
export const LIVES = 20;
export const MOST_CALLS = 80;

/** What a machine shows of its zones. */
interface Zones {
  readonly zones: readonly { readonly buddy: Observation }[];
}

/** Returns what holds the invariants of each step, of the moment after it, and of the zones then. */
export const holder =
  <Seen extends Zones, Step extends { readonly after: Seen }>(
    alone: Alone,
    ofMoment: readonly Invariant<Seen>[],
    ofStep: readonly Invariant<Step>[],
  ) =>
  (step: Step): void => {
    alone.calls++;
    for (const { buddy } of step.after.zones) alone.askZone(buddy);
    alone.ask(ofMoment, step.after);
    alone.ask(ofStep, step);
  };

/** Reports whether some zone has a block's order as the owner of its head. */
const isOutstanding = ({ zones }: Zones, { head, order }: Block): boolean =>
  zones.some(({ buddy: { arena, owners } }) => owners[head - arena.base] === order);

/** Returns the blocks that a caller may still free after a command, by the machine's own books. */
export function heldAfter(
  held: readonly Block[],
  command: Command26 | PageCommand,
  outcome: Outcome26 | PageOutcome,
  seen: Zones,
): readonly Block[] {
  const granted = outcome.kind === 'granted' && 'gfp' in command ? [{ head: outcome.head, order: command.order }] : [];
  return [...held, ...granted].filter((block) => isOutstanding(seen, block));
}
