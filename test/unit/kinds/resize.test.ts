/** Tests that arenas are resized, judged and shrunk, with faults on purpose. */
import { describe, expect, test } from 'vitest';
import { FAULTS, FirstFit } from './optional/resize.ts';
import { judge, objectSubject, report } from '../../../conformance/index.ts';
import type { AllocatorObject, ArenaRequest } from '../../../conformance/subjects/buddy-object.ts';
import type { Judgement } from '../../../conformance/judge/judgement.ts';

function judged(open: (arena: ArenaRequest) => AllocatorObject): Promise<Judgement> {
  const subject = objectSubject({ claims: ['complete'], features: ['resize'], open });
  return judge(() => Promise.resolve(subject), { seed: 1, cases: 150 });
}

describe('an arena that is resized', () => {
  test('RESIZE-1 · one that is right conforms, and all of it was seen', async () => {
    const judgement = await judged((arena) => new FirstFit(arena));
    expect(judgement.verdict, report(judgement, [])).toBe('conforms');
    const counts = judgement.kinds[0]?.coverage.counts ?? {};
    for (const sight of ['arena made larger', 'arena made smaller', 'resize refused that cuts something off']) {
      expect(counts[sight], sight).toBeGreaterThan(20);
    }
  });

  test('RESIZE-1 · one that refuses all but what must be refused was not seen at work', async () => {
    const judgement = await judged((arena) => {
      const right = new FirstFit(arena);
      return { allocate: (of) => right.allocate(of), free: (at, of) => right.free(at, of), resize: () => false };
    });
    expect(judgement.verdict).toBe('inconclusive');
    expect(judgement.missing.join(' ')).toContain('arena made smaller');
  });

  test.each(FAULTS)('%s: refuted in at most five operations', async (_, clause, Fault) => {
    const judgement = await judged((arena) => new Fault(arena));
    const finding = judgement.kinds[0]?.finding;
    expect(finding?.what, report(judgement, [])).toMatchObject({ counterexample: { clause } });
    const saved = judgement.kinds[0]?.kind.save(finding?.case ?? {}) as { readonly run: string };
    expect(saved.run).toMatch(/\bz\d/u);
    expect(saved.run.split(' ').length).toBeLessThanOrEqual(5);
  });

  test('without the feature none is sent', async () => {
    const subject = objectSubject({ claims: ['complete'], open: (arena) => new FirstFit(arena) });
    const judgement = await judge(() => Promise.resolve(subject), { seed: 1, cases: 40 });
    expect(judgement.kinds[0]?.coverage.counts['arena made smaller']).toBe(0);
  });
});
