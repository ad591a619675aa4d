/** Invariants of one step of a machine: which zones change, and the users of blocks. */
import { changeBetween, differ } from '../buddy/change.ts';
import { holds } from '../arithmetic.ts';
import { refuted } from '../invariant.ts';
import { zoneName } from './zone.ts';
import type { Counterexample, MachineObservation, PageCommand } from '../../protocol/index.ts';
import type { PageOutcome, Pfn, ZoneObservation } from '../../protocol/index.ts';
import type { Invariant } from '../invariant.ts';

/** A machine right before and right after one command, the answer, and whether any memory was reclaimed for it. */
export interface MachineStep {
  readonly before: MachineObservation;
  readonly after: MachineObservation;
  readonly command: PageCommand;
  readonly outcome: PageOutcome;
  readonly reclaimed: boolean;
}

type Found = Counterexample | undefined;

/** Returns the zone that a frame lies in. */
export const zoneOf = ({ zones }: MachineObservation, frame: Pfn): ZoneObservation | undefined =>
  zones.find(({ buddy: { arena } }) => holds(arena, frame));

/** The frame at which a command may change something; undefined if it may change nothing. */
function frameOf({ command, outcome }: MachineStep): Pfn | undefined {
  if (outcome.kind === 'granted') return outcome.head;
  if (outcome.kind !== 'done') return undefined;
  return command.kind === 'free-pages' || command.kind === 'get-page' ? command.head : undefined;
}

/** Returns the first difference between two snapshots of a zone, ignoring needBalance. */
const changeOf = (was: ZoneObservation, is: ZoneObservation): string | undefined =>
  changeBetween(was.buddy, is.buddy) ??
  (differ(was.counts, is.counts) ? 'its counts of users have changed' : undefined);

function refuteOthers(step: MachineStep): Found {
  const { after, before, command, reclaimed } = step;
  if (reclaimed || command.kind === 'kswapd') return undefined;
  const frame = frameOf(step);
  for (const [at, was] of before.zones.entries()) {
    const is = after.zones[at];
    if (is === undefined || (frame !== undefined && holds(was.buddy.arena, frame))) continue;
    const change = changeOf(was, is);
    const where = frame === undefined ? 'nothing was granted or freed' : `frame ${frame} lies in another zone`;
    if (change !== undefined) return refuted('ZONE-2', zoneName(was), change, where);
  }
  return undefined;
}

/** Applies to steps without reclaim. @clause ZONE-2 */
export const onlyOneZoneChanges: Invariant<MachineStep> = {
  clause: 'ZONE-2',
  statement:
    'In a zone that its block does not lie in, a command changes nothing except whether the zone asks to be balanced.',
  refute: refuteOthers,
};

const usersAt = (seen: MachineObservation, frame: Pfn): number => {
  const zone = zoneOf(seen, frame);
  return zone?.counts[frame - zone.buddy.arena.base] ?? 0;
};

/** @clause PAGE-1 */
export const grantHasOneUser: Invariant<MachineStep> = {
  clause: 'PAGE-1',
  statement: 'The first page of a block that was just granted has one user.',
  refute: ({ after, outcome }) => {
    if (outcome.kind !== 'granted' || usersAt(after, outcome.head) === 1) return undefined;
    const users = `it has ${usersAt(after, outcome.head)} users`;
    return refuted('PAGE-1', `frame ${outcome.head}`, users, 'it was granted just now, to one');
  },
};

function refuteLast({ after, before, command, outcome }: MachineStep): Found {
  if (outcome.kind !== 'done' || command.kind !== 'free-pages') return undefined;
  const [was, is] = [usersAt(before, command.head), usersAt(after, command.head)];
  const [zoneBefore, zoneAfter] = [zoneOf(before, command.head), zoneOf(after, command.head)];
  const freed = (zoneAfter?.buddy.freeCount ?? 0) - (zoneBefore?.buddy.freeCount ?? 0);
  const place = `frame ${command.head}`;
  if (is !== was - 1) return refuted('PAGE-2', place, `its users went from ${was} to ${is}`, 'one of them freed it');
  if (was === 1 ? freed > 0 : freed === 0) return undefined;
  return refuted('PAGE-2', place, `${was} users had it, and one freed it`, `${freed} frames became free`);
}

/** @clause PAGE-2 */
export const lastUserFrees: Invariant<MachineStep> = {
  clause: 'PAGE-2',
  statement: 'A free takes one user from a block, and frames become free if and only if that was the last user.',
  refute: refuteLast,
};
