/** All invariants of a machine, of one moment and of one step. */
import { refuteAll } from '../buddy/all.ts';
import { grantHasOneUser, lastUserFrees, onlyOneZoneChanges } from './step.ts';
import { grantsComeFromZonelists, marksAreKept, onlyClassZonesAsk } from './page-alloc.ts';
import { marksFollowFromSize, zoneName, zonesAreApart } from './zone.ts';
import { usersAreOfHeads } from './users.ts';
import { zonelistsFall, zonelistsKeepToTheirNode } from './zonelist.ts';
import type { Counterexample, MachineObservation } from '../../protocol/index.ts';
import type { Invariant } from '../invariant.ts';
import type { MachineStep } from './step.ts';

/** Every invariant of a machine at one moment, in addition to those of each zone's buddy system. */
export const machineInvariants: readonly Invariant<MachineObservation>[] = [
  zonesAreApart,
  zonelistsKeepToTheirNode,
  zonelistsFall,
  marksFollowFromSize,
  usersAreOfHeads,
];

/** Returns a counterexample to each invariant that is refuted: first those of each zone's buddy system, then those of the machine. */
export function refuteMachine(seen: MachineObservation): readonly Counterexample[] {
  const inZones = seen.zones.flatMap((zone) =>
    refuteAll(zone.buddy).map((one) => ({ ...one, place: `${zoneName(zone)} ${one.place}` })),
  );
  return [...inZones, ...machineInvariants.flatMap(({ refute }) => refute(seen) ?? [])];
}

/** Every invariant of one step of a machine. */
export const machineStepInvariants: readonly Invariant<MachineStep>[] = [
  onlyOneZoneChanges,
  grantsComeFromZonelists,
  marksAreKept,
  onlyClassZonesAsk,
  grantHasOneUser,
  lastUserFrees,
];

/** Returns a counterexample to each invariant that one step of a machine refutes. */
export const refuteMachineStep = (step: MachineStep): readonly Counterexample[] =>
  machineStepInvariants.flatMap(({ refute }) => refute(step) ?? []);
