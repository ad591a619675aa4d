/** Tests that frees by frame, legal ones and misuse, are sent by the search and in every state of a small arena. */

import { describe, expect, test } from 'vitest';
import { BUDDY } from '../../../conformance/kinds/buddy/kind.ts';
import { EVERY_MISUSE, clauseOf } from '../../fault/judged.ts';
import { Harness, helloOf, pipedWords } from './piped.ts';
import { exhaustively } from '../../../conformance/kinds/buddy/exhaustive/exhaustive.ts';
import { judgeKind } from '../../../conformance/judge/judge.ts';
import type { BuddyJudgement } from '../../fault/judged.ts';
import type { Claim } from '../../../protocol/index.ts';

type Mode = (make: () => Harness, claims: readonly Claim[]) => Promise<BuddyJudgement>;

const starting = (make: () => Harness, claims: readonly Claim[]) => () =>
  Promise.resolve(pipedWords(helloOf(claims), make()));

const bySearch: Mode = (make, claims) => judgeKind(BUDDY, starting(make, claims), { cases: 60 });
const inEveryState: Mode = (make, claims) => {
  const { kind, source } = exhaustively(4);
  return judgeKind(kind, starting(make, claims), {}, source);
};

const isLegal = ({ buddy }: Harness, frame: number, order: number): boolean =>
  buddy.misuseOf(frame - buddy.arena.base, order) === undefined;

class Accepting extends Harness {
  override freeFrame(frame: number, order: number): string {
    return isLegal(this, frame, order) ? super.freeFrame(frame, order) : '.';
  }
}

class Rejecting extends Harness {
  override freeFrame(frame: number, order: number): string {
    return isLegal(this, frame, order) ? '!never-allocated' : super.freeFrame(frame, order);
  }
}

class Ignoring extends Harness {
  override freeFrame(frame: number, order: number): string {
    return isLegal(this, frame, order) ? '.' : super.freeFrame(frame, order);
  }
}

/** Keeps the slot of a block that was freed by frame. */
class Holding extends Harness {
  override freeSlot(slot: number): string {
    const held = this.slots[slot];
    const misuse = held === undefined ? undefined : this.buddy.free(...held);
    return misuse === undefined ? '.' : `!${misuse}`;
  }

  override freeFrame(frame: number, order: number): string {
    const misuse = this.buddy.free(frame, order);
    return misuse === undefined ? '.' : `!${misuse}`;
  }
}

describe.each([
  ['a search', bySearch],
  ['every state of 4 frames', inEveryState],
] as const)('%s', (_mode, judge) => {
  test('a harness that does both right conforms, and was asked both', async () => {
    const { coverage, missing, verdict } = await judge(() => new Harness(), ['complete', ...EVERY_MISUSE]);
    expect({ verdict, missing }).toEqual({ verdict: 'conforms', missing: [] });
    expect(coverage.counts['free by frame']).toBeGreaterThan(10);
    expect(coverage.leftOut).toEqual([]);
  });

  test('without a claim of misuse none is sent', async () => {
    const { coverage, verdict } = await judge(() => new Rejecting(), ['complete']);
    expect([verdict, coverage.counts['free by frame']]).toEqual(['conforms', 0]);
  });

  test.each(EVERY_MISUSE)('%s: one that accepts it is refuted, if that alone is claimed', async (claim) => {
    const judgement = await judge(() => new Accepting(), [claim]);
    expect([judgement.verdict, clauseOf(judgement)]).toEqual(['diverges', expect.stringMatching(/^MISUSE-[1-6]$/u)]);
  });

  test.each<[string, () => Harness, RegExp]>([
    ['rejected', () => new Rejecting(), /^GIVE-1$/u],
    ['ignored', () => new Ignoring(), /^(TAKE-6|MISUSE-[1-6])$/u],
    ['done, and the slot kept', () => new Holding(), /^USE-3$/u],
  ])('GIVE-1 · a free by frame that is legal, and is %s, is refuted', async (_what, make, clause) => {
    const judgement = await judge(make, ['complete', ...EVERY_MISUSE]);
    expect([judgement.verdict, clauseOf(judgement)]).toEqual(['diverges', expect.stringMatching(clause)]);
    expect(judgement.finding?.case.script.length).toBeLessThanOrEqual(4);
  });
});
