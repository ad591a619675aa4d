/** Tests that several blocks are freed at once, judged and shrunk, with faults on purpose. */
import { Sets } from './sets.ts';
import { describe, expect, test } from 'vitest';
import { judge, objectSubject, report } from '../../../conformance/index.ts';
import { FAULTS, OneByOne } from './optional/bulk.ts';
import type { AllocatorObject, ArenaRequest } from '../../../conformance/subjects/buddy-object.ts';
import type { Claim } from '../../../protocol/index.ts';
import type { Judgement } from '../../../conformance/judge/judgement.ts';

const CLAIMS: readonly Claim[] = ['complete', 'best-fit'];

function judged(open: (arena: ArenaRequest) => AllocatorObject): Promise<Judgement> {
  const subject = objectSubject({ claims: CLAIMS, features: ['bulk'], open });
  return judge(() => Promise.resolve(subject), { seed: 1, cases: 120 });
}

describe('blocks that are freed at once', () => {
  test('BULK-1 · one that is right conforms, and it was seen', async () => {
    const judgement = await judged((arena) => new OneByOne(arena));
    expect(judgement.verdict, report(judgement, [])).toBe('conforms');
    expect(judgement.kinds[0]?.coverage.counts['bulk free']).toBeGreaterThan(20);
  });

  test.each(FAULTS)('%s: refuted in few operations', async (_, clause, most, Fault) => {
    const judgement = await judged((arena) => new Fault(arena));
    const finding = judgement.kinds[0]?.finding;
    if (clause !== undefined)
      expect(finding?.what, report(judgement, [])).toMatchObject({ counterexample: { clause } });
    const saved = judgement.kinds[0]?.kind.save(finding?.case ?? {}) as { readonly run: string };
    expect(saved.run).toMatch(/\bb\d+:\d/u);
    expect(saved.run.split(' ').length).toBeLessThanOrEqual(most);
  });

  test('without the feature none is sent', async () => {
    const subject = objectSubject({ claims: CLAIMS, open: (arena) => new Sets(arena) });
    const judgement = await judge(() => Promise.resolve(subject), { seed: 1, cases: 40 });
    expect(judgement.kinds[0]?.coverage.counts['bulk free']).toBe(0);
  });
});
