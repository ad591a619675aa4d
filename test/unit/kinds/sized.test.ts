/** Tests that requests for a number of frames are generated, judged and shrunk, with faults on purpose. */
import { describe, expect, test } from 'vitest';
import { judge, objectSubject, report } from '../../../conformance/index.ts';
import { FAULTS, FirstFit, InARow } from './optional/sized.ts';
import type { AllocatorObject, ArenaRequest } from '../../../conformance/subjects/buddy-object.ts';
import type { Claim } from '../../../protocol/index.ts';
import type { Judgement } from '../../../conformance/judge/judgement.ts';

const CLAIMS: readonly Claim[] = ['complete'];

function judged(open: (arena: ArenaRequest) => AllocatorObject): Promise<Judgement> {
  const subject = objectSubject({ claims: CLAIMS, features: ['sized'], open });
  return judge(() => Promise.resolve(subject), { seed: 1, cases: 150 });
}

describe('requests for a number of frames', () => {
  test.each([
    ['from the block that would hold them', FirstFit],
    ['wherever they are in a row', InARow],
  ] as const)('SIZED-1, SIZED-2, SIZED-3 · taken %s they conform, and all of it was seen', async (_, Right) => {
    const judgement = await judged((arena) => new Right(arena));
    expect(judgement.verdict, report(judgement, [])).toBe('conforms');
    const counts = judgement.kinds[0]?.coverage.counts ?? {};
    for (const sight of ['sized grant', 'sized refusal', 'free of a sized grant', 'emptied arena', 'drained arena']) {
      expect(counts[sight], sight).toBeGreaterThan(20);
    }
  });

  test('SIZED-1 · one that refuses all of them was not seen at work', async () => {
    const subject = objectSubject({
      features: ['sized'],
      open: (arena) => {
        const right = new FirstFit(arena);
        return {
          allocate: (of) => right.allocate(of),
          free: (at, of) => right.free(at, of),
          allocateFrames: () => null,
        };
      },
    });
    const judgement = await judge(() => Promise.resolve(subject), { seed: 1, cases: 150 });
    expect(judgement.verdict).toBe('inconclusive');
    expect(judgement.missing.join(' ')).toContain('sized grant');
  });

  test.each(FAULTS)('%s: refuted in at most five operations', async (_, clause, Fault) => {
    const judgement = await judged((arena) => new Fault(arena));
    const finding = judgement.kinds[0]?.finding;
    expect(finding?.what, report(judgement, [])).toMatchObject({ counterexample: { clause } });
    const saved = judgement.kinds[0]?.kind.save(finding?.case ?? {}) as { readonly run: string };
    expect(saved.run).toMatch(/\bA\d/u);
    expect(saved.run.split(' ').length).toBeLessThanOrEqual(5);
  });

  test('without the feature none is sent', async () => {
    const subject = objectSubject({ claims: CLAIMS, open: (arena) => new FirstFit(arena) });
    const judgement = await judge(() => Promise.resolve(subject), { seed: 1, cases: 40 });
    expect(judgement.kinds[0]?.coverage.counts['sized grant']).toBe(0);
  });
});
