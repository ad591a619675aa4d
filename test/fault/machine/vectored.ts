/** Test vectors run on a machine of this process. */
import { MachineReference } from '../../../conformance/subjects/machine-reference.ts';
import { allVectors, wordsWrong } from '../vectored.ts';
import { parseMachineCase } from '../../../conformance/kinds/machine/saved.ts';
import { tokenOf } from './token.ts';
import type { Broken } from '../load.ts';
import type { Vector } from '../../../conformance/vectors/form.ts';

type MachineVector = Extract<Vector, { kind: 'machine' }>;

/** Returns the vectors of machines. */
export const machineVectors = (): readonly MachineVector[] =>
  allVectors().filter((vector): vector is MachineVector => vector.kind === 'machine');

/** Returns the words of a script step by step: those that plan a reclaim belong to the next one. */
const stepsOf = (run: string): readonly (readonly string[])[] =>
  [...run.matchAll(/(?:p\S+ )*[^p ]\S*/gu)].map(([step]) => step.split(' '));

/** Returns how a machine goes on with a vector; what is wrong then, or undefined. */
export function runMachineVector(broken: Broken, vector: MachineVector): string | undefined {
  const read = parseMachineCase({ init: { machine: vector.machine }, run: '' });
  if (read === undefined || !('machine' in read)) throw new Error('no machine');
  const memory = new MachineReference(broken.createMachine);
  broken.refuel();
  const opened = memory.open(read.machine);
  if (opened.kind !== 'ready') return opened.why;
  const answers = stepsOf(vector.run).flatMap((step) => {
    broken.refuel();
    return [...step.slice(1).map(() => '.'), tokenOf(memory.run(step))];
  });
  const wrong = wordsWrong(vector, () => answers.shift() ?? '');
  if (wrong !== undefined || vector.shows === undefined) return wrong;
  const zones = memory.shown()?.zones.map(({ buddy, needBalance }) => [buddy.freeCount, needBalance]);
  const shown = JSON.stringify({ zones });
  return shown === JSON.stringify(vector.shows) ? undefined : `shows ${shown}`;
}
