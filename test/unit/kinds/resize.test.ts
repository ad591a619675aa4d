/** Tests that arenas are resized, judged and shrunk, with faults on purpose. */
import { describe, expect, test } from 'vitest';
import { patience } from '../../arbitrary/campaign.ts';
import { judge, objectSubject, report } from '../../../conformance/index.ts';
import type { AllocatorObject, ArenaRequest } from '../../../conformance/subjects/buddy-object.ts';
import type { Judgement } from '../../../conformance/judge/judgement.ts';

/** First fit over a map of frames, of which those from `end` on are not in the arena at the moment. */
class FirstFit implements AllocatorObject {
  readonly arena: ArenaRequest;
  readonly taken: boolean[];
  end: number;

  constructor(arena: ArenaRequest) {
    this.arena = arena;
    this.end = arena.pages;
    this.taken = new Array<boolean>(arena.pages).fill(false);
    for (const [first, count] of arena.reserved) this.taken.fill(true, first - arena.base, first - arena.base + count);
  }

  allocate(order: number): number | null {
    const size = 2 ** order;
    for (let at = 0; order < this.arena.orders && at + size <= this.end; at += size) {
      if (this.taken.slice(at, at + size).includes(true)) continue;
      this.taken.fill(true, at, at + size);
      return this.arena.base + at;
    }
    return null;
  }

  free(frame: number, order: number): void {
    const at = frame - this.arena.base;
    this.taken.fill(false, at, at + 2 ** order);
  }

  resize(pages: number): boolean {
    if (this.taken.slice(pages).includes(true)) return false;
    this.end = pages;
    return true;
  }
}

/** Becomes smaller, and hands out what is beyond its end all the same. */
class Forgets extends FirstFit {
  override resize(pages: number): boolean {
    return !this.taken.slice(pages).includes(true);
  }
}

/** Looks for outstanding blocks from one frame too far on. */
class CutsOff extends FirstFit {
  override resize(pages: number): boolean {
    if (this.taken.slice(pages + 1).includes(true)) return false;
    this.end = pages;
    return true;
  }
}

/** Never hands out what it grows by. */
class NeverGrows extends FirstFit {
  override resize(pages: number): boolean {
    const { end } = this;
    const isDone = super.resize(pages);
    this.end = Math.min(end, this.end);
    return isDone;
  }
}

/** Takes the frame before its new end for free when it becomes smaller. */
class Loses extends FirstFit {
  override resize(pages: number): boolean {
    const isSmaller = pages < this.end;
    const isDone = super.resize(pages);
    if (isDone && isSmaller) this.taken[pages - 1] = false;
    return isDone;
  }
}

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

  test.each([
    ['TAKE-1 · what lies beyond the end is granted', 'TAKE-1', Forgets],
    ['RESIZE-1 · an outstanding block is cut off', 'RESIZE-1', CutsOff],
    ['TAKE-6 · what the arena grew by is never granted', 'TAKE-6', NeverGrows],
    ['TAKE-4 · a block is lost while the arena becomes smaller', 'TAKE-4', Loses],
  ] as const)('%s: refuted in at most five operations', { timeout: patience }, async (_, clause, Fault) => {
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
