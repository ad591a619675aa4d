/** All invariants of the buddy system, of one moment and of one step. */
import { bitTellsListed, bitTellsWhollyFree, innerBitsAreClear, onlyPairsHaveBits } from './pair.ts';
import { blocksAreAligned, buddiesAreJoined, freeFramesAreCounted, onlyHeadsAreMarked } from './maximal.ts';
import { framesArePartitioned } from './partition.ts';
import { freeFramesAreListed, linksAreMutual, listedBlocksAreFree, listsComeBack } from './list.ts';
import { onlyTheBlockChanges, refusalChangesNothing } from './step.ts';
import { read } from './reading.ts';
import type { Counterexample, Observation } from '../../protocol/index.ts';
import type { Invariant, Step } from '../invariant.ts';
import type { ReadInvariant } from './reading.ts';

/** Ordered from the bytes upwards: if several are refuted, the first is the nearest to the cause. */
const READ_INVARIANTS: readonly ReadInvariant[] = [
  linksAreMutual,
  listsComeBack,
  blocksAreAligned,
  listedBlocksAreFree,
  framesArePartitioned,
  freeFramesAreListed,
  buddiesAreJoined,
  freeFramesAreCounted,
  onlyPairsHaveBits,
  bitTellsListed,
  bitTellsWhollyFree,
  innerBitsAreClear,
  onlyHeadsAreMarked,
];

/** Every invariant of a zone at one moment. */
export const invariants: readonly Invariant[] = READ_INVARIANTS.map(({ clause, statement, refute }) => ({
  clause,
  statement,
  refute: (observation) => refute(read(observation)),
}));

/** Returns a counterexample to each invariant that is refuted, in the order of `invariants`. Reads the zone once for all of them. */
export function refuteAll(observation: Observation): readonly Counterexample[] {
  const reading = read(observation);
  const found: Counterexample[] = [];
  for (const { refute } of READ_INVARIANTS) {
    const counterexample = refute(reading);
    if (counterexample !== undefined) found.push(counterexample);
  }
  return found;
}

/** Every invariant of one step of a zone. */
export const stepInvariants: readonly Invariant<Step>[] = [onlyTheBlockChanges, refusalChangesNothing];

/** Returns a counterexample to each invariant that one step refutes. */
export function refuteStep(step: Step): readonly Counterexample[] {
  return stepInvariants.flatMap(({ refute }) => refute(step) ?? []);
}
