import {
  bootRefusalChangesNothing,
  freeClearsWholePages,
  grantTakesFreePages,
  mapIsNotGranted,
  reserveTakesTouchedPages,
  warnedPagesWereTaken,
} from './state.ts';
import { retirementHandsOverTheFree, retirementLosesNothing } from './retirement.ts';
import type { BootStep } from './state.ts';
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

/** The counterexample to each invariant that one step of boot memory refutes; none where all hold. */
export const refuteBootStep = (step: BootStep): readonly Counterexample[] =>
  bootInvariants.flatMap(({ refute }) => refute(step) ?? []);

/** The counterexample to each invariant that a retirement refutes; none where both hold. */
export const refuteHandOver = (handOver: HandOver): readonly Counterexample[] =>
  handOverInvariants.flatMap(({ refute }) => refute(handOver) ?? []);
