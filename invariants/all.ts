import { bitTellsListed, bitTellsWhollyFree, innerBitsAreClear, onlyPairsHaveBits } from './buddy/pair.ts';
import { blocksAreAligned, buddiesAreJoined, freeFramesAreCounted, onlyHeadsAreMarked } from './buddy/maximal.ts';
import { framesArePartitioned } from './buddy/partition.ts';
import { freeFramesAreListed, linksAreMutual, listedBlocksAreFree, listsComeBack } from './buddy/list.ts';
import { onlyTheBlockChanges, refusalChangesNothing } from './buddy/step.ts';
import { read } from './buddy/reading.ts';
import type { Counterexample, Observation } from '../protocol/index.ts';
import type { Invariant, Step } from './invariant.ts';
import type { ReadInvariant } from './buddy/reading.ts';

/** From what is near the bytes to what is far: where several are refuted, the first is nearest to the cause. */
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

/** Every invariant of one moment. */
export const invariants: readonly Invariant[] = READ_INVARIANTS.map(({ clause, statement, refute }) => ({
  clause,
  statement,
  refute: (observation) => refute(read(observation)),
}));

/** The counterexample to each invariant that is refuted, in the order of `invariants`; none where all hold. Reads once for all. */
export function refuteAll(observation: Observation): readonly Counterexample[] {
  const reading = read(observation);
  const found: Counterexample[] = [];
  for (const { refute } of READ_INVARIANTS) {
    const counterexample = refute(reading);
    if (counterexample !== undefined) found.push(counterexample);
  }
  return found;
}

/** Every invariant of one step. */
export const stepInvariants: readonly Invariant<Step>[] = [onlyTheBlockChanges, refusalChangesNothing];

/** The counterexample to each invariant that one step refutes; none where both hold. */
export function refuteStep(step: Step): readonly Counterexample[] {
  return stepInvariants.flatMap(({ refute }) => refute(step) ?? []);
}
