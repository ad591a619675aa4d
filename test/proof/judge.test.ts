/** Tests of the judge's exhaustive search of tiny arenas. */
import {
  EVERY_STATE,
  ONE_OF_EACH_ORBIT,
  freesOf,
  orbitsOf,
  statesOf,
} from '../../conformance/kinds/buddy/exhaustive/numbering.ts';
import { Explored, numberIn } from '../../conformance/kinds/buddy/exhaustive/explored.ts';
import { Tour } from '../../conformance/kinds/buddy/exhaustive/tour.ts';
import { Random } from '../../conformance/random.ts';
import { referenceSubject } from '../../conformance/subjects/reference.ts';
import { brokenSubject } from '../../conformance/subjects/broken.ts';
import { everyState } from '../../proof/exhaustive/buddy/census.ts';
import { exhaustedLine, exhaustively } from '../../conformance/kinds/buddy/exhaustive/exhaustive.ts';
import { judgeKind } from '../../conformance/judge/judge.ts';
import { tellUnseen } from '../../conformance/judge/coverage.ts';
import { exitStatus } from '../../conformance/judge/verdict.ts';
import { buddy } from '../../spec/index.ts';
import { expect, test } from 'vitest';
import { objectSubject } from '../../conformance/subjects/object.ts';
import { treeOf, whole } from '../../proof/exhaustive/buddy/tree.ts';
import type { AllocatorObject } from '../../conformance/subjects/buddy-object.ts';
import type { Exhausted } from '../../conformance/kinds/buddy/exhaustive/exhaustive.ts';
import type { FixedCase } from '../../conformance/kinds/buddy/case.ts';
import type { KindJudgement } from '../../conformance/judge/judgement.ts';
import type { Start } from '../../conformance/judge/subject.ts';

/** Puts a subject into every state of an arena. */
async function judgeExhaustively(
  start: Start,
  pages: number,
): Promise<Omit<KindJudgement<FixedCase>, 'missing'> & { exhausted: Exhausted; missing: readonly string[] }> {
  const { kind, source } = exhaustively(pages);
  const judged = await judgeKind(kind, start, {}, source);
  const missing = judged.missing.map(tellUnseen);
  return { ...judged, missing, exhausted: judged.summary?.record as Exhausted };
}

test('states and frees are as many as the closed forms say', () => {
  expect([0, 1, 2, 3, 4].map(statesOf)).toEqual([2, 5, 26, 677, 458_330]);
  expect([0, 1, 2, 3, 4].map(freesOf)).toEqual([1, 5, 51, 2653, 3_592_163]);
  expect([0, 1, 2, 3, 4, 5].map(orbitsOf)).toEqual([2, 4, 11, 67, 2279, 2_598_061]);
});

test('STATE-1 · of the states that swapped buddies make of one another one has a number, and each number is one', () => {
  const numbers: number[] = [];
  let frees = 0;
  const arena = whole(3);
  everyState({ kernel: '2.4', arena, boot: false }, treeOf(arena), (state) => {
    const number = numberIn(ONE_OF_EACH_ORBIT, state, 3);
    if (number < 0) return;
    numbers.push(number);
    frees += buddy.outstandingBlocks(state).length;
  });
  expect(numbers.toSorted((one, other) => one - other)).toEqual(Array.from({ length: 67 }, (_, number) => number));
  expect(frees).toBe(ONE_OF_EACH_ORBIT.frees(3));
});

test.each([EVERY_STATE, ONE_OF_EACH_ORBIT])('a number is that of its halves', (numbering) => {
  for (const of of [1, 2, 3]) {
    for (let n = 0; n < numbering.size(of) - 1; n++) expect(numbering.join(of, ...numbering.halves(of, n))).toBe(n);
  }
});

test('STATE-1 · every state has a number of its own', () => {
  const ranks: number[] = [];
  const arena = whole(3);
  everyState({ kernel: '2.4', arena, boot: false }, treeOf(arena), (state) =>
    ranks.push(numberIn(EVERY_STATE, state, 3)),
  );
  expect(ranks.toSorted((one, other) => one - other)).toEqual(Array.from({ length: 677 }, (_, rank) => rank));
});

test('while a plan builds a state, at most one block is free; and it frees what it allocates', () => {
  const plan = new Tour(new Explored(2, EVERY_STATE), new Set());
  plan.visit(1); // frame 3 outstanding by itself: rank 0 for frames 0 and 1, and 0 and 1 for frames 2 and 3
  const script = plan.operations.map((one) =>
    one.kind === 'allocate' ? `a${one.order}` : one.kind === 'free-slot' ? `f${one.slot}` : '',
  );
  expect(script.join(' ')).toBe('a2 f0 a1 a1 f1 a0 a0 f2 f4 a0 f5 a1 f6 a2 f7 f3');
});

/** Splits whichever way it likes: `upper` says, of a block, whether its upper half is granted first. */
class Whimsical implements AllocatorObject {
  readonly #free: Set<number>[];
  readonly #upper: (block: number, order: number) => boolean;

  constructor(orders: number, upper: (block: number, order: number) => boolean) {
    this.#free = Array.from({ length: orders }, () => new Set<number>());
    this.#free[orders - 1]?.add(0);
    this.#upper = upper;
  }

  allocate(order: number): number | undefined {
    const from = this.#free.findIndex((blocks, at) => at >= order && blocks.size > 0);
    let [block] = this.#free[from] ?? [];
    if (block === undefined) return undefined;
    this.#free[from]?.delete(block);
    for (let at = from - 1; at >= order; at--) {
      const upper = this.#upper(block, at + 1);
      this.#free[at]?.add(upper ? block : block + 2 ** at);
      if (upper) block += 2 ** at;
    }
    return block;
  }

  free(frame: number, order: number): undefined {
    let [block, joined] = [frame, order];
    while (joined < this.#free.length - 1 && this.#free[joined]?.delete(block ^ (2 ** joined)) === true) {
      block &= ~(2 ** joined);
      joined++;
    }
    this.#free[joined]?.add(block);
  }
}

const whimsical =
  (upper: (block: number, order: number) => boolean): Start =>
  () =>
    Promise.resolve(
      objectSubject({ claims: ['complete', 'best-fit'], open: ({ orders }) => new Whimsical(orders, upper) }),
    );

test.each(['2.4', '2.6'] as const)(
  'TAKE-6, TAKE-7, GIVE-1 · the %s reference conforms in every state of 8 frames',
  async (kernel) => {
    const judgement = await judgeExhaustively(() => Promise.resolve(referenceSubject(kernel)), 8);
    expect([judgement.verdict, judgement.missing, judgement.exhausted.states]).toEqual(['conforms', [], 677]);
    expect(judgement.exhausted.frees).toBeGreaterThan(677);
  },
);

test.each([
  ['the lower half always', () => false],
  ['the upper half of every other block', (block: number, order: number) => ((block >> order) & 1) === 1],
] as const)('an allocator that grants %s is put into every state', async (_name, upper) => {
  const judgement = await judgeExhaustively(whimsical(upper), 8);
  expect([judgement.verdict, judgement.missing, judgement.exhausted.states]).toEqual(['conforms', [], 677]);
});

test('what an allocator of no fixed habit is not put into is missed, and that is no pass', async () => {
  const random = new Random(7);
  const judgement = await judgeExhaustively(
    whimsical(() => random.chance(0.5)),
    8,
  );
  const states = judgement.exhausted.states;
  expect(states).toBeGreaterThan(100);
  expect(states).toBeLessThan(677);
  expect(judgement.missing).toEqual([`states (${states} of 677)`]);
  expect(exitStatus(judgement.verdict)).toBe(5);
});

test('TAKE-4 · an allocator that looks at one frame of a buddy is refuted, in a case that is short', async () => {
  const judgement = await judgeExhaustively(() => Promise.resolve(brokenSubject()), 8);
  expect(judgement.verdict).toBe('diverges');
  expect(judgement.finding?.case.script.length).toBeLessThan(8);
});

test('an arena that is unsupported is not applicable', async () => {
  const start: Start = () => Promise.resolve(objectSubject({ open: () => ({ unsupported: 'too small' }) }));
  expect((await judgeExhaustively(start, 4)).verdict).toBe('not-applicable');
});

test('what was seen is told beside what there is', () => {
  expect(exhaustedLine({ states: 1000, ofStates: 458_330, frees: 2, ofFrees: 3_592_163 })).toBe(
    '1,000 of 458,330 states, every order tried in each; 2 of 3,592,163 frees passed through',
  );
});
