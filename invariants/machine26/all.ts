/** All invariants of a machine of 2.6.24, of one moment and of one step. */
import { grantsComeFromPermittedZones, marksAreKept26, settingsMoveNoPage } from './step.ts';
import { marksFollowFromKbytes, reservesFollowFromSizes } from './settings.ts';
import { refuteAll } from '../buddy/all.ts';
import type { Counterexample, Observation26 } from '../../protocol/index.ts';
import type { Invariant } from '../invariant.ts';
import type { MachineStep26 } from './step.ts';

/** Every invariant of a machine at one moment, in addition to those of each zone's buddy system. */
export const machine26Invariants: readonly Invariant<Observation26>[] = [
  marksFollowFromKbytes,
  reservesFollowFromSizes,
];

/** Returns a counterexample to each invariant that is refuted: first those of each zone's buddy system, then those of the machine. */
export function refuteMachine26(seen: Observation26): readonly Counterexample[] {
  const inZones = seen.zones.flatMap(({ buddy, name }) =>
    refuteAll(buddy).map((one) => ({ ...one, place: `${name} ${one.place}` })),
  );
  return [...inZones, ...machine26Invariants.flatMap(({ refute }) => refute(seen) ?? [])];
}

/** Every invariant of one step. */
export const machine26StepInvariants: readonly Invariant<MachineStep26>[] = [
  grantsComeFromPermittedZones,
  marksAreKept26,
  settingsMoveNoPage,
];

/** Returns a counterexample to each invariant that one step refutes. */
export const refuteMachine26Step = (step: MachineStep26): readonly Counterexample[] =>
  machine26StepInvariants.flatMap(({ refute }) => refute(step) ?? []);
