/** The invariant of the users of pages. */
import { firstOf, refuted } from '../invariant.ts';
import { ownerName } from '../buddy/owner.ts';
import type { Counterexample, MachineObservation, ZoneObservation } from '../../protocol/index.ts';
import type { Invariant } from '../invariant.ts';

function refuteUsers({ buddy, counts }: ZoneObservation): Counterexample | undefined {
  const { arena, owners } = buddy;
  for (let n = 0; n < arena.pages; n++) {
    const users = counts[n] ?? NaN;
    const owner: number = owners[n] ?? NaN;
    if (owner >= 0 ? users >= 1 : users === 0) continue;
    const fact = owner >= 0 ? 'it heads an outstanding block' : 'it heads no outstanding block';
    return refuted('PAGE-3', `frame ${arena.base + n}`, `it has ${users} users`, `${fact}: ${ownerName(owner)}`);
  }
  return undefined;
}

/** @clause PAGE-3 */
export const usersAreOfHeads: Invariant<MachineObservation> = {
  clause: 'PAGE-3',
  statement:
    'A page has users if and only if it heads an outstanding block: such a head has at least one, any other page has none.',
  refute: ({ zones }) => firstOf(zones, refuteUsers),
};
