/** All invariants of boot memory, of one step and of retirement. */
import {
  bootRefusalChangesNothing,
  freeClearsWholePages,
  grantTakesFreePages,
  mapIsNotGranted,
  reserveTakesTouchedPages,
  warnedPagesWereTaken,
} from './step.ts';
import { retirementHandsOverTheFree, retirementLosesNothing } from './retirement.ts';
import type { BootStep } from './step.ts';
import type { Counterexample } from '../../protocol/index.ts';
import type { HandOver } from './retirement.ts';
import type { Invariant } from '../invariant.ts';

/** Every invariant of one step of boot memory. */
export const bootInvariants: readonly Invariant<BootStep>[] = [
  bootRefusalChangesNothing,
  mapIsNotGranted,
  grantTakesFreePages,
  freeClearsWholePages,
  reserveTakesTouchedPages,
  warnedPagesWereTaken,
];

/** Every invariant of a retirement. */
export const handOverInvariants: readonly Invariant<HandOver>[] = [retirementHandsOverTheFree, retirementLosesNothing];

/** Returns a counterexample to each invariant that one step of boot memory refutes. */
export const refuteBootStep = (step: BootStep): readonly Counterexample[] =>
  bootInvariants.flatMap(({ refute }) => refute(step) ?? []);

/** Returns a counterexample to each invariant that a retirement refutes. */
export const refuteHandOver = (handOver: HandOver): readonly Counterexample[] =>
  handOverInvariants.flatMap(({ refute }) => refute(handOver) ?? []);
