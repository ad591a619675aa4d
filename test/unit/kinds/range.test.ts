/** Tests that requests within a range are generated, judged and shrunk, with faults on purpose. */
import { Sets } from './sets.ts';
import { describe, expect, test } from 'vitest';
import { judge, objectSubject, report } from '../../../conformance/index.ts';
import type { AllocatorObject, ArenaRequest } from '../../../conformance/subjects/buddy-object.ts';
import type { Claim } from '../../../protocol/index.ts';
import type { Judgement } from '../../../conformance/judge/judgement.ts';

/** First fit over a map: it takes the first block of a range that is wholly free. */
class FirstFit implements AllocatorObject {
  readonly #arena: ArenaRequest;
  readonly #taken: boolean[];
  constructor(arena: ArenaRequest) {
    this.#arena = arena;
    this.#taken = new Array<boolean>(arena.pages).fill(false);
    for (const [first, count] of arena.reserved) this.#taken.fill(true, first - arena.base, first - arena.base + count);
  }
  allocate(order: number): number | null {
    return this.allocateIn(order, this.#arena.base, this.#arena.base + this.#arena.pages);
  }
  allocateIn(order: number, low: number, end: number): number | null {
    const { base, orders, pages } = this.#arena;
    const size = 2 ** order;
    for (let at = 0; order < orders && at + size <= pages; at += size) {
      if (base + at < low || base + at + size > end || this.#taken.slice(at, at + size).includes(true)) continue;
      this.#taken.fill(true, at, at + size);
      return base + at;
    }
    return null;
  }
  free(frame: number, order: number): void {
    const at = frame - this.#arena.base;
    this.#taken.fill(false, at, at + 2 ** order);
  }
}

const CLAIMS: readonly Claim[] = ['complete'];

function judged(open: (arena: ArenaRequest) => AllocatorObject): Promise<Judgement> {
  const subject = objectSubject({ claims: CLAIMS, features: ['range'], open });
  return judge(() => Promise.resolve(subject), { seed: 1, cases: 120 });
}

describe('requests within a range', () => {
  test('TAKE-8 · one that is right conforms, and both answers were seen', async () => {
    const judgement = await judged((arena) => new FirstFit(arena));
    expect(judgement.verdict, report(judgement, [])).toBe('conforms');
    expect(judgement.kinds[0]?.coverage.counts['grant within a range']).toBeGreaterThan(20);
    expect(judgement.kinds[0]?.coverage.counts['refusal within a range']).toBeGreaterThan(20);
  });

  test.each([
    ['TAKE-8 · the end is taken for one more frame', 'TAKE-8', (low: number, end: number) => [low, end + 1]],
    ['TAKE-8 · the range is ignored', 'TAKE-8', () => [0, Infinity]],
    ['TAKE-6 · the last block of the range is never given', 'TAKE-6', (low: number, end: number) => [low, end - 1]],
  ] as const)('%s: refuted in at most four operations', async (_, clause, change) => {
    const judgement = await judged((arena) => {
      const right = new FirstFit(arena);
      return {
        allocate: (order) => right.allocate(order),
        allocateIn: (order, low, end) => right.allocateIn(order, ...(change(low, end) as [number, number])),
        free: (frame, order) => right.free(frame, order),
      };
    });
    const finding = judgement.kinds[0]?.finding;
    expect(finding?.what).toMatchObject({ counterexample: { clause } });
    const saved = judgement.kinds[0]?.kind.save(finding?.case ?? {}) as { readonly run: string };
    expect(saved.run.split(' ').length).toBeLessThanOrEqual(4);
  });

  test('without the feature none is sent', async () => {
    const subject = objectSubject({ claims: CLAIMS, open: (arena) => new Sets(arena) });
    const judgement = await judge(() => Promise.resolve(subject), { seed: 1, cases: 40 });
    expect(judgement.kinds[0]?.coverage.counts['grant within a range']).toBe(0);
  });
});
