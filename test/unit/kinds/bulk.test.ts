/** Tests that several blocks are freed at once, judged and shrunk, with faults on purpose. */
import { Sets } from './sets.ts';
import { describe, expect, test } from 'vitest';
import { judge, objectSubject, report } from '../../../conformance/index.ts';
import { patience } from '../../arbitrary/campaign.ts';
import type { AllocatorObject, ArenaRequest } from '../../../conformance/subjects/buddy-object.ts';
import type { Claim } from '../../../protocol/index.ts';
import type { Judgement } from '../../../conformance/judge/judgement.ts';

type Blocks = readonly (readonly [frame: number, order: number])[];

/** Frees blocks one by one. */
class OneByOne extends Sets {
  freeAll(blocks: Blocks): 'double-free' | undefined {
    for (const [frame, order] of blocks) this.free(frame, order);
    return undefined;
  }
}

/** Forgets the last of them. */
class ForgetsLast extends OneByOne {
  override freeAll(blocks: Blocks): 'double-free' | undefined {
    return super.freeAll(blocks.length > 1 ? blocks.slice(0, -1) : blocks);
  }
}

/** Takes all of them for blocks of the first one's order. */
class OneOrder extends OneByOne {
  override freeAll(blocks: Blocks): 'double-free' | undefined {
    return super.freeAll(blocks.map(([frame]) => [frame, blocks[0]?.[1] ?? 0]));
  }
}

/** Thinks that frames come ascending. */
class Ascending extends OneByOne {
  override freeAll(blocks: Blocks): 'double-free' | undefined {
    return super.freeAll(blocks.filter(([frame], at) => at === 0 || frame > (blocks[at - 1]?.[0] ?? 0)));
  }
}

/** Rejects more than two. */
class AtMostTwo extends OneByOne {
  override freeAll(blocks: Blocks): 'double-free' | undefined {
    return blocks.length > 2 ? 'double-free' : super.freeAll(blocks);
  }
}

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

  test.each([
    ['BULK-1 · the last one is forgotten', 'TAKE-6', 5, ForgetsLast],
    ['BULK-1 · all are taken for blocks of one order', undefined, 6, OneOrder],
    ['BULK-1 · those that do not ascend are left out', 'TAKE-6', 5, Ascending],
    ['BULK-1 · three of them are rejected', 'BULK-1', 4, AtMostTwo],
  ] as const)('%s: refuted in few operations', { timeout: patience }, async (_, clause, most, Fault) => {
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
