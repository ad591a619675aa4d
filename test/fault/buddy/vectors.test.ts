/** Tests that the test vectors find each slip of one zone, and nothing in the sound sources. */
import { expect, test } from 'vitest';
import { SLIPS } from './slips/all.ts';
import { generateVectors } from '../../../conformance/vectors/generate.ts';
import { load } from '../load.ts';
import { patience } from '../../arbitrary/campaign.ts';
import { runVector } from './vectored.ts';
import type { Broken } from '../load.ts';
import type { Kernel } from '../../../protocol/index.ts';

const vectors = generateVectors();

/** Returns the ids of the vectors that an allocator goes wrong in, up to the first or all of them. */
function wrongIn(broken: Broken, kernel: Kernel, most: number): readonly string[] {
  const wrong: string[] = [];
  for (const vector of vectors) {
    if (
      vector.needs.includes('range') ||
      vector.needs.includes(kernel === '2.4' ? 'placement:linux-2.6' : 'placement:linux-2.4')
    )
      continue;
    try {
      if (runVector(broken, kernel, vector) !== undefined) wrong.push(vector.id);
    } catch {
      wrong.push(vector.id);
    }
    if (wrong.length >= most) break;
  }
  return wrong;
}

test.each(['2.4', '2.6'] as const)('%s as it is goes wrong in none', { timeout: patience }, (kernel) => {
  expect(wrongIn(load(), kernel, 10)).toEqual([]);
});

/** Slips that no vector can show, because no caller of an allocator that is ready does what they go wrong in. */
const UNSEEN = new Map([['holes are handed over', 'a vector hands over what is to be handed over, and nothing else']]);

test.each(SLIPS.map((slip) => [slip.refutes, slip.name, slip] as const))(
  '%s · %s',
  { timeout: patience },
  (_refutes, _name, slip) => {
    expect(wrongIn(load(slip), slip.kernel, 1)).toHaveLength(UNSEEN.has(slip.name) ? 0 : 1);
  },
);
