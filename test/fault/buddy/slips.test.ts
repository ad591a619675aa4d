/** Tests that every slip in the buddy system is found, from inside and from outside. */

import { describe, expect, test } from 'vitest';
import { EVERY_MISUSE, clauseOf, fixedCase, once, operationsOf, judgeBuddy, replayBuddy } from '../judged.ts';
import { INERT_SLIPS } from './slips/inert.ts';
import { SLIPS } from './slips/all.ts';
import { load } from '../load.ts';
import { opaque, transparent } from './subject.ts';
import { playTraces } from '../../trace/buddy/worked.ts';
import type { Broken } from '../load.ts';
import type { Claim, Clause } from '../../../protocol/index.ts';
import type { Slip } from './slip.ts';
import type { Start } from '../../../conformance/judge/subject.ts';

const SEED = 20240422;
/** Cases of a run that must find nothing. */
const FEW = 40;

const sound = load();
const brokens = new Map(SLIPS.map((slip) => [slip, once(() => load(slip))] as const));

describe.each(SLIPS.map((slip) => [slip.refutes, slip.name, slip] as const))(
  '%s · %s',
  (_refutes, _name, slip: Slip) => {
    const { kernel, refutes, or = [], shortest, outside = {} } = slip;
    const most = slip.most ?? operationsOf(shortest);
    const broken = brokens.get(slip) ?? expect.fail('not loaded');
    const whole: Start = () => Promise.resolve(transparent(kernel, broken()));

    test('the case worked out by hand refutes the clause, and nothing on the sound one', async () => {
      const of = fixedCase(shortest);
      const judgement = await replayBuddy(whole, of);
      expect([judgement.verdict, clauseOf(judgement)]).toEqual(['diverges', refutes]);
      expect((await replayBuddy(() => Promise.resolve(transparent(kernel, sound)), of)).verdict).toBe('conforms');
    });

    test('a search finds it, and a case as short; replayed, that refutes it again, and nothing on the sound one', async () => {
      const judgement = await judgeBuddy(whole, { seed: SEED });
      expect(judgement.verdict).toBe('diverges');
      expect([refutes, ...or]).toContain(clauseOf(judgement));
      const found = judgement.finding ?? expect.fail('no case');
      expect(found.case.script.length).toBeLessThanOrEqual(most);
      expect(found.before).toEqual([]);

      const again = await replayBuddy(whole, found);
      expect(clauseOf(again)).toBe(clauseOf(judgement));
      expect((await replayBuddy(() => Promise.resolve(transparent(kernel, sound)), found)).verdict).toBe('conforms');
    });

    test.each<[seen: string, claims: readonly Claim[], clauses: readonly Clause[] | undefined]>([
      ['complete', ['complete'], outside.complete],
      ['best-fit', ['complete', 'best-fit'], outside.fit],
      ...(outside.misuse === undefined
        ? []
        : [['misuse', ['complete', ...EVERY_MISUSE], outside.misuse] as [string, Claim[], readonly Clause[]]]),
    ])('seen from outside, by its answers and %s', async (_, claims, clauses) => {
      const start: Start = () => Promise.resolve(opaque(kernel, broken(), claims));
      const judgement = await judgeBuddy(start, clauses === undefined ? { seed: SEED, cases: FEW } : { seed: SEED });
      if (clauses === undefined) expect(judgement).toMatchObject({ verdict: 'conforms', missing: [] });
      else expect(clauses).toContain(clauseOf(judgement));
    });
  },
);

test.each(INERT_SLIPS.map((slip) => [slip.name, slip.why, slip] as const))('%s: %s', async (_name, _why, slip) => {
  const broken = load(slip);
  const judgement = await judgeBuddy(() => Promise.resolve(transparent(slip.kernel, broken)), {
    seed: SEED,
    cases: FEW,
  });
  expect(judgement).toMatchObject({ verdict: 'conforms', missing: [] });
});

/** Reports whether an allocator does in every worked trace what the kernel did. */
const playsTraces = ({ createAllocator, refuel }: Broken): boolean =>
  playTraces((shape, region) => {
    refuel(); // each zone's loops get all of their turns
    return createAllocator(shape, region);
  }) === undefined;

test('the worked traces miss many of them', () => {
  expect(playsTraces(sound)).toBe(true);
  const missed = SLIPS.filter((slip) => playsTraces(brokens.get(slip)?.() ?? sound));
  expect(missed.length, missed.map(({ name }) => name).join('\n')).toBeGreaterThanOrEqual(8);
  expect(missed.length).toBeLessThan(SLIPS.length / 2);
});
