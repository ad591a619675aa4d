/** Tests that the lockstep of large arenas finds each slip that only a large arena shows, and shrinks it. */
import { describe, expect, test } from 'vitest';
import { LARGE_SLIPS } from './slips/large.ts';
import { brokenBy } from '../../proof/broken.ts';
import { clauseOf, fixedCase, replayBuddy } from '../judged.ts';
import { load } from '../load.ts';
import { runLarge } from '../../lockstep/buddy/large.ts';
import { transparent } from './subject.ts';
import type { Slip } from './slip.ts';

const SEED = 20240422;

test('the sound sources, loaded as the broken ones are, are not refuted', () => {
  for (const kernel of ['2.4', '2.6'] as const) {
    expect(runLarge(kernel, { runs: 10, seed: SEED, create: brokenBy() }).commands).toBeGreaterThan(200);
  }
});

describe.each(LARGE_SLIPS.map((slip) => [slip.refutes, slip.name, slip] as const))(
  '%s · %s',
  (refutes, _name, slip: Slip) => {
    const { kernel, shortest } = slip;

    test('the case worked out by hand refutes the clause, and nothing on the sound one', async () => {
      const judgement = await replayBuddy(() => Promise.resolve(transparent(kernel, load(slip))), fixedCase(shortest));
      expect([judgement.verdict, clauseOf(judgement)]).toEqual(['diverges', refutes]);
      const sound = await replayBuddy(() => Promise.resolve(transparent(kernel, load())), fixedCase(shortest));
      expect(sound.verdict).toBe('conforms');
    });

    test('the lockstep of large arenas finds it', () => {
      expect(() => runLarge(kernel, { runs: 30, seed: SEED, create: brokenBy(slip) })).toThrow('Property failed after');
    });
  },
);
