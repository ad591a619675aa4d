/** Tests what is said of errors, and the claim that misuse is noticed, whichever kind it is reported as. */
import { describe, expect, test } from 'vitest';
import { judge, objectSubject, report } from '../../../conformance/index.ts';
import { Sets } from './sets.ts';
import type { AllocatorObject, ArenaRequest } from '../../../conformance/subjects/buddy-object.ts';
import type { Claim } from '../../../protocol/index.ts';
import type { Judgement } from '../../../conformance/judge/judgement.ts';

const SWEEP = { seed: 1, cases: 30, pages: [8, 12], orders: [4], bases: [0] };

const judged = (claims: readonly Claim[], open: (arena: ArenaRequest) => AllocatorObject): Promise<Judgement> =>
  judge(() => Promise.resolve(objectSubject({ claims, open })), SWEEP);

const refuted = ({ kinds }: Judgement): object | undefined => {
  const what = kinds[0]?.finding?.what;
  return what?.kind === 'refuted' ? what.counterexample : undefined;
};

type Answer = ReturnType<AllocatorObject['free']>;

/** An allocator that knows what is outstanding, and answers misuse as it is told. */
const noticing =
  (answer: (frame: number) => Answer) =>
  (arena: ArenaRequest): AllocatorObject => {
    const right = new Sets(arena);
    const held = new Map<number, number>();
    return {
      allocate(order) {
        const frame = right.allocate(order);
        if (frame !== null) held.set(frame, order);
        return frame;
      },
      free(frame, order) {
        if (held.get(frame) !== order) return answer(frame);
        held.delete(frame);
        right.free(frame, order);
      },
    };
  };

describe('the claim misuse', () => {
  test('MISUSE-5 · one kind for all, or an assertion that fires, will do', async () => {
    for (const kind of ['double-free', 'internal'] as const) {
      const judgement = await judged(
        ['complete', 'misuse'],
        noticing(() => kind),
      );
      expect(judgement.verdict, report(judgement, [])).toBe('conforms');
      expect(judgement.kinds[0]?.coverage.counts['rejected wrong-order']).toBeGreaterThan(0);
    }
  });

  test('MISUSE-6 · misuse that is not noticed is refuted', async () => {
    const open = noticing((frame) => (frame === 3 ? undefined : 'double-free'));
    expect(refuted(await judged(['misuse'], open))).toMatchObject({
      facts: ['it was answered done', expect.anything()],
    });
  });

  test('MISUSE-2 · a kind that is claimed beside it must be that kind', async () => {
    const open = noticing(() => 'double-free');
    expect(refuted(await judged(['misuse', 'misuse:wrong-order'], open))).toMatchObject({
      clause: 'MISUSE-2',
      facts: ['it was rejected as double-free', 'it was misuse: wrong-order'],
    });
  });
});

describe('what is said of an error', () => {
  const answering =
    (answer: Answer) =>
    (arena: ArenaRequest): AllocatorObject => {
      const right = new Sets(arena);
      return { allocate: (order) => right.allocate(order), free: () => answer };
    };

  test('TAKE-2 · a grant that is no frame', async () => {
    const open = (): AllocatorObject => ({ allocate: () => 2.5, free: () => undefined });
    expect(refuted(await judged([], open))).toMatchObject({
      clause: 'TAKE-2',
      facts: ['what was granted is no frame: 2.5', 'a block begins at a frame, at a multiple of its size'],
    });
  });

  test('USE-3 · whose contents have changed', async () => {
    expect(refuted(await judged([], answering('payload')))).toMatchObject({
      clause: 'USE-3',
      facts: [
        expect.stringMatching(/^the contents of the order \d block at frame \d+ were overwritten$/u) as string,
        'it was outstanding, and only its owner writes to it',
      ],
    });
  });

  test('USE-3 · a check of the allocator itself', async () => {
    expect(refuted(await judged([], answering('internal')))).toMatchObject({
      clause: 'USE-3',
      facts: ['a check of the allocator itself failed', 'the operation was legal'],
    });
  });

  test('GIVE-1 · a legal free that is rejected', async () => {
    expect(refuted(await judged([], answering('inner-page')))).toMatchObject({
      clause: 'GIVE-1',
      facts: ['it was rejected as inner-page', 'it was legal'],
    });
  });
});

test('USE-1 · which order lacks blocks after use', async () => {
  const forgets = (arena: ArenaRequest): AllocatorObject => {
    const right = new Sets(arena);
    let frees = 0;
    return {
      allocate: (order) => right.allocate(order),
      free: (frame, order) => (order === 1 && ++frees % 3 === 0 ? undefined : right.free(frame, order)),
    };
  };
  const found = refuted(await judged([], forgets)) as { place: string; facts: readonly [string, string] };
  expect(found).toMatchObject({ clause: 'USE-1', place: expect.stringMatching(/^order \d$/u) as string });
  expect(found.facts[0]).toMatch(/^emptied and drained, the arena granted \d blocks of order \d$/u);
});
