/** Tests that the test vectors find each slip of one zone, and nothing in the sound sources. */
import { expect, test } from 'vitest';
import { SLIPS } from './slips/all.ts';
import { kernelVectors, runVector } from './vectored.ts';
import { load } from '../load.ts';
import { wrongIn } from '../vectored.ts';
import type { Broken } from '../load.ts';
import type { Kernel } from '../../../protocol/index.ts';

/** Returns the ids of the vectors that an allocator goes wrong in, up to so many: of those that are for its kernel. */
const found = (broken: Broken, kernel: Kernel, most: number): readonly string[] =>
  wrongIn(kernelVectors(kernel), most, (vector) => runVector(broken, kernel, vector));

test.each(['2.4', '2.6'] as const)('%s as it is goes wrong in none', (kernel) => {
  expect(found(load(), kernel, 10)).toEqual([]);
});

test.each(SLIPS.map((slip) => [slip.refutes, slip.name, slip] as const))('%s · %s', (_refutes, _name, slip) => {
  expect(found(load(slip), slip.kernel, 1)).toHaveLength(1);
});
