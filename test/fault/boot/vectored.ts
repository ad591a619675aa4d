/** Test vectors run on boot memory of this process. */
import { BootReference } from '../../../conformance/subjects/boot-reference.ts';
import { allVectors, wordsWrong } from '../vectored.ts';
import { parseBootToken } from '../../../conformance/kinds/boot/wire.ts';
import { pfn } from '../../../conformance/unit.ts';
import { tokenOf } from './token.ts';
import type { Broken } from '../load.ts';
import type { Vector } from '../../../conformance/vectors/form.ts';

type BootVector = Extract<Vector, { kind: 'boot' }>;

/** Returns the vectors of boot memory. */
export const bootVectors = (): readonly BootVector[] =>
  allVectors().filter((vector): vector is BootVector => vector.kind === 'boot');

/** Returns how boot memory goes on with a vector; what is wrong then, or undefined. */
export function runBootVector(broken: Broken, vector: BootVector): string | undefined {
  const memory = new BootReference(broken);
  broken.refuel();
  const opened = memory.open(
    vector.boot.map(([start, end, map]) => ({ start: pfn(start), end: pfn(end), map: pfn(map) })),
  );
  if (opened.kind !== 'ready') return opened.why;
  return wordsWrong(vector, (word) => {
    const command = parseBootToken(word);
    if (command === undefined) return 'no word';
    broken.refuel();
    return tokenOf(memory.run(command));
  });
}
