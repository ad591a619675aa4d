import { describe, expect, test } from 'vitest';
import { EVERY_MISUSE, clauseOf, fixedCase, operationsOf } from './judged.ts';
import { INERT_SLIPS } from './slips-inert.ts';
import { SLIPS } from './slips.ts';
import { judge, judgeCase } from '../../conformance/judge.ts';
import { load } from './load.ts';
import { opaque, transparent } from './subject.ts';
import type { Claim, Clause } from '../../protocol/index.ts';
import type { Slip } from './slip.ts';

const SEED = Number(process.env['SEED'] ?? 20240422);
/** Cases of a run that must find nothing. */
const FEW = 40;

const sound = await load();

describe.each(SLIPS.map((slip) => [slip.refutes, slip.name, slip] as const))('%s · %s', (_refutes, _name, slip: Slip) => {
  const { kernel, refutes, or = [], shortest, outside = {} } = slip;
  const most = slip.most ?? operationsOf(shortest);
  const broken = load(slip);
  const whole = async () => transparent(kernel, await broken);

  test('the case worked out by hand refutes the clause, and nothing on the sound allocator', async () => {
    const of = fixedCase(shortest);
    const judgement = await judgeCase(whole, of);
    expect([judgement.verdict, clauseOf(judgement)]).toEqual(['diverges', refutes]);
    expect((await judgeCase(() => Promise.resolve(transparent(kernel, sound)), of)).verdict).toBe('conforms');
  });

  test('a search finds it, and a case as short; replayed, that refutes it again, and nothing on the sound allocator', async () => {
    const judgement = await judge(whole, { seed: SEED });
    expect(judgement.verdict).toBe('diverges');
    expect([refutes, ...or]).toContain(clauseOf(judgement));
    const found = judgement.finding?.case ?? expect.fail('no case');
    expect(found.script.length).toBeLessThanOrEqual(most);
    expect(found.before).toEqual([]);

    const again = await judgeCase(whole, found);
    expect(clauseOf(again)).toBe(clauseOf(judgement));
    expect((await judgeCase(() => Promise.resolve(transparent(kernel, sound)), found)).verdict).toBe('conforms');
  });

  test.each<[seen: string, claims: readonly Claim[], clauses: readonly Clause[] | undefined]>([
    ['complete', ['complete'], outside.complete],
    ['best-fit', ['complete', 'best-fit'], outside.fit],
    ...(outside.misuse === undefined
      ? []
      : [['misuse', ['complete', ...EVERY_MISUSE], outside.misuse] as [string, Claim[], readonly Clause[]]]),
  ])('seen from outside, by its answers and %s', async (_, claims, clauses) => {
    const start = async () => opaque(kernel, await broken, claims);
    const judgement = await judge(start, clauses === undefined ? { seed: SEED, cases: FEW } : { seed: SEED });
    if (clauses === undefined) expect(judgement).toMatchObject({ verdict: 'conforms', missing: [] });
    else expect(clauses).toContain(clauseOf(judgement));
  });
});

test.each(INERT_SLIPS.map((slip) => [slip.name, slip.why, slip] as const))('%s: %s', async (_name, _why, slip) => {
  const broken = await load(slip);
  const judgement = await judge(() => Promise.resolve(transparent(slip.kernel, broken)), { seed: SEED, cases: FEW });
  expect(judgement).toMatchObject({ verdict: 'conforms', missing: [] });
});
