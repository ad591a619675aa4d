/** Tests of slips that show only in memory that another zone has used, or only once. */

import { describe, expect, test } from 'vitest';
import { MEMORY_SLIPS } from './slips/memory.ts';
import { ONCE_SLIPS } from './slips/once.ts';
import { clauseOf, fixedCase, once, judgeBuddy, replayBuddy } from '../judged.ts';
import { load } from '../load.ts';
import { transparent } from './subject.ts';
import type { Slip } from './slip.ts';
import type { Start } from '../../../conformance/judge/subject.ts';

const SEED = 20240422;

const sound = load();

test('the sound allocators pass in memory that another zone has used', async () => {
  for (const kernel of ['2.4', '2.6'] as const) {
    const judgement = await judgeBuddy(() => Promise.resolve(transparent(kernel, sound, 'reused')), {
      seed: SEED,
      cases: 40,
    });
    expect(judgement).toMatchObject({ verdict: 'conforms', missing: [] });
  }
});

describe.each(MEMORY_SLIPS.map((slip) => [slip.refutes, slip.name, slip] as const))(
  '%s · %s',
  (_refutes, _name, slip: Slip) => {
    const { kernel, refutes, or = [], shortest } = slip;
    const broken = once(() => load(slip));
    const start: Start = () => Promise.resolve(transparent(kernel, broken(), 'reused'));

    test('the case worked out by hand needs the case before it', async () => {
      const of = fixedCase(shortest);
      const judgement = await replayBuddy(start, of);
      expect([judgement.verdict, clauseOf(judgement)]).toEqual(['diverges', refutes]);
      expect((await replayBuddy(start, { ...of, before: [] })).verdict).toBe('conforms');
      expect((await replayBuddy(() => Promise.resolve(transparent(kernel, sound, 'reused')), of)).verdict).toBe(
        'conforms',
      );
    });

    test('so does the one that a search finds; replayed, it refutes the clause again', async () => {
      const judgement = await judgeBuddy(start, { seed: SEED });
      expect(judgement.verdict).toBe('diverges');
      expect([refutes, ...or]).toContain(clauseOf(judgement));
      const found = judgement.finding ?? expect.fail('no case');
      expect(found.before).toHaveLength(1);

      expect(clauseOf(await replayBuddy(start, found))).toBe(clauseOf(judgement));
      expect((await replayBuddy(start, { ...found, before: [] })).verdict).toBe('conforms');
      expect((await replayBuddy(() => Promise.resolve(transparent(kernel, sound, 'reused')), found)).verdict).toBe(
        'conforms',
      );
    });
  },
);

test.each(ONCE_SLIPS.map((slip) => [slip.name, slip] as const))(
  '%s: seen once, it is nondeterministic',
  async (_, slip) => {
    const broken = load(slip);
    const judgement = await judgeBuddy(() => Promise.resolve(transparent(slip.kernel, broken)), { seed: SEED });
    expect(judgement.verdict).toBe('nondeterministic');
    expect(judgement.finding?.what.kind).toBe('refuted');
  },
);
