/** Tests that the test vectors find each slip of one zone, and nothing in the sound sources. */
import { expect, test } from 'vitest';
import { SLIPS } from './slips/all.ts';
import { allVectors, wrongIn } from '../vectored.ts';
import { load } from '../load.ts';
import { runVector } from './vectored.ts';
import type { ArenaVector } from './vectored.ts';
import type { Broken } from '../load.ts';
import type { Kernel } from '../../../protocol/index.ts';

const vectors = allVectors().filter((vector): vector is ArenaVector => vector.kind === 'buddy');

/** Returns the ids of the vectors that an allocator goes wrong in, up to so many: of those that are for its kernel. */
function found(broken: Broken, kernel: Kernel, most: number): readonly string[] {
  const other = kernel === '2.4' ? 'placement:linux-2.6' : 'placement:linux-2.4';
  const lacked = [other, 'range', 'resize', 'sized', 'bulk'];
  const own = vectors.filter(({ needs }) => !needs.some((need) => lacked.includes(need)));
  return wrongIn(own, most, (vector) => runVector(broken, kernel, vector));
}

test.each(['2.4', '2.6'] as const)('%s as it is goes wrong in none', (kernel) => {
  expect(found(load(), kernel, 10)).toEqual([]);
});

test.each(SLIPS.map((slip) => [slip.refutes, slip.name, slip] as const))('%s · %s', (_refutes, _name, slip) => {
  expect(found(load(slip), slip.kernel, 1)).toHaveLength(1);
});
