/** Tests what a run over the buddy system must have seen, and what it says that it could not see. */

import { describe, expect, test } from 'vitest';
import { BUDDY } from '../../../conformance/kinds/buddy/kind.ts';
import { BOOT } from '../../../conformance/kinds/boot/kind.ts';
import { MACHINE } from '../../../conformance/kinds/machine/kind.ts';
import { BUDDY_SIGHTS } from '../../../conformance/kinds/buddy/sights.ts';
import { BuddySets } from '../../fault/buddy/opaque/buddy-sets.ts';
import { Coverage } from '../../../conformance/judge/coverage.ts';
import { EVERY_MISUSE } from '../../fault/judged.ts';
import { VIEWS } from '../../fault/buddy/opaque/answers.ts';
import { helloOf } from './piped.ts';
import { judgeKind } from '../../../conformance/judge/judge.ts';
import { objectSubject } from '../../../conformance/subjects/object.ts';
import { together } from '../../../conformance/judge/judge.ts';
import { records } from '../../../conformance/judge/report/records.ts';
import { report } from '../../../conformance/judge/report/report.ts';
import { unseenIn } from '../../../conformance/kinds/buddy/draw/source.ts';
import type { BuddyJudgement } from '../../fault/judged.ts';
import type { BuddySight } from '../../../conformance/kinds/buddy/sights.ts';
import type { Claim } from '../../../protocol/index.ts';
import type { ObjectArena } from '../../fault/buddy/opaque/buddy-sets.ts';
import type { Feature } from '../../../conformance/judge/subject.ts';
import type { Sweep } from '../../../conformance/judge/kind.ts';
import type { Options } from '../../../conformance/judge/options.ts';

const sweep = (more: Partial<Sweep> = {}): Sweep => ({
  ...{ seed: 1, operations: 1, pages: [], orders: [], bases: [], claims: new Set<Claim>(), hello: helloOf([]) },
  ...more,
});

/** A run that has seen everything that often, in that many arenas. */
function all(times: number, arenas: number, ...but: readonly (readonly [BuddySight, number])[]): Coverage<BuddySight> {
  const coverage = new Coverage(BUDDY_SIGHTS);
  for (const sight of BUDDY_SIGHTS) coverage.counts[sight] = times;
  coverage.counts['arena not a power of two unsupported'] = 0;
  for (const [sight, count] of but) coverage.counts[sight] = count;
  coverage.ready = arenas;
  return coverage;
}

describe('what must have been seen', () => {
  test.each([
    [1, 3],
    [49, 3],
    [50, 4],
    [849, 19],
    [850, 20],
    [1e6, 20],
  ])('in %d arenas, %d times each', (arenas, times) => {
    expect(unseenIn(sweep(), all(times, arenas))).toEqual([]);
    const little = unseenIn(sweep(), all(times - 1, arenas));
    expect(little.map(({ sight }) => sight)).toEqual(
      expect.arrayContaining(['arena ready', 'refusal', 'split', 'arena not a power of two']),
    );
    expect(little.every(({ seen, wanted }) => seen === times - 1 && wanted === times)).toBe(true);
  });

  test('of odd arenas fewer where some are unsupported, and none where all are, or none was asked for', () => {
    const odd = 'arena not a power of two';
    const some = [`${odd} unsupported`, 5] as const;
    expect(unseenIn(sweep(), all(9, 100, [odd, 1], some))).toEqual([]);
    expect(unseenIn(sweep(), all(9, 100, [odd, 0], some))).toEqual([]);
    expect(unseenIn(sweep(), all(9, 100, [odd, 1]))).toEqual([{ sight: odd, seen: 1, wanted: 5 }]);
    expect(unseenIn(sweep({ pages: [4, 8] }), all(9, 100, [odd, 0]))).toEqual([]);
  });

  test('misuse of each claimed kind, and legal frees by frame if any is claimed', () => {
    const claims = new Set<Claim>(['misuse:inner-page']);
    const none = all(9, 1, ['rejected inner-page', 0], ['rejected misaligned', 0], ['free by frame', 0]);
    expect(unseenIn(sweep({ claims }), none).map(({ sight }) => sight)).toEqual([
      'rejected inner-page',
      'free by frame',
    ]);
    expect(unseenIn(sweep(), none)).toEqual([]);
  });
});

type Make = (arena: ObjectArena) => BuddySets | { unsupported: string };

function judged(open: Make, options: Partial<Options>, usable?: () => [number, number][]): Promise<BuddyJudgement> {
  const spec = { claims: ['complete', ...EVERY_MISUSE] as const, features: VIEWS, open, ...(usable ? { usable } : {}) };
  return judgeKind(BUDDY, () => Promise.resolve(objectSubject(spec)), options);
}

const onPowers: Make = (arena) =>
  Number.isInteger(Math.log2(arena.pages)) && arena.base % arena.pages === 0 && arena.reserved.length === 0
    ? new BuddySets(arena)
    : { unsupported: 'pages must be a power of two' };

test('an allocator that supports few arenas can conform: those that it supports are drawn', async () => {
  const { cases, coverage, missing, verdict } = await judged(onPowers, { cases: 1280, operations: 40 });
  expect([verdict, missing, coverage.ready]).toEqual(['conforms', [], 1280]);
  expect(cases - coverage.unsupported).toBe(1280);
  // Of five that are drawn at random more than three are unsupported; once that is known, one of eight is drawn at random.
  expect(coverage.unsupported).toBeLessThan(640);
});

test('a search of arenas that are all unsupported ends', async () => {
  const { coverage, verdict } = await judged(() => ({ unsupported: 'no' }), { cases: 5 });
  expect([verdict, coverage.unsupported]).toEqual(['not-applicable', 200]);
});

test('an arena without usable frames is not ready, and no odd one', async () => {
  const { coverage, missing, verdict } = await judged(
    (arena) => new BuddySets({ ...arena, reserved: [[arena.base, arena.pages]] }),
    { cases: 20 },
    () => [],
  );
  expect(verdict).toBe('inconclusive');
  expect([coverage.counts['arena ready'], coverage.counts['arena not a power of two']]).toEqual([0, 0]);
  expect(missing.map(({ sight }) => sight)).toContain('arena ready');
});

test.each<[string, readonly Feature[], readonly Claim[], readonly string[]]>([
  ['boot', [], [], ['BOOT-4', 'BOOT-6', 'BOOT-7', 'BOOT-13']],
  ['boot', ['boot:misuse'], [], ['BOOT-13']],
  ['machine', [], [], ['COUNT-1', 'LIST-2', 'LIST-3', 'LIST-4']],
  ['machine', ['observe:zones'], ['best-fit'], ['LIST-2', 'LIST-3', 'LIST-4', 'PAIR-4', 'MAP-2']],
])(
  'what a subject of kind %s with features %j and claims %j cannot show is named',
  (name, features, claims, clauses) => {
    const kind = [BOOT, MACHINE].find((one) => one.name === name);
    const offered = { ...helloOf([]), features: new Set(features) };
    expect(kind?.notObservable?.(offered, new Set(claims), new Coverage(kind.sights))).toEqual(clauses);
  },
);

test.each<[string, readonly (typeof VIEWS)[number][], readonly Claim[], readonly string[]]>([
  ['nothing', [], ['complete', 'best-fit'], ['COUNT-1', 'LIST-2', 'LIST-3', 'LIST-4', 'PAIR-4', 'MAP-2']],
  ['nothing, of little', [], [], ['COUNT-1', 'LIST-2', 'LIST-3', 'LIST-4']],
  ['the count', ['observe:free-count'], [], ['LIST-2', 'LIST-3', 'LIST-4']],
  ['sets of blocks', ['observe:free-blocks'], ['best-fit', 'placement:linux-2.6'], ['COUNT-1', 'MAP-2', 'PLACE-4']],
  ['all', [...VIEWS], ['best-fit'], []],
])(
  'a subject that shows %s: the clauses that nothing could refute are named',
  async (_what, features, claims, clauses) => {
    const subject = objectSubject({ claims, features, open: (arena) => new BuddySets(arena) });
    const one = await judgeKind(BUDDY, () => Promise.resolve(subject), {
      cases: 1,
      noClaim: ['placement:linux-2.6'],
      claim: [],
    });
    const kept = { ...one, claims: new Set(claims) };
    const judgement = together(subject.hello, 1, [kept]);
    expect(records(judgement)[1]).toMatchObject({ notObservable: clauses });
    const line = /^not observable: (.*)$/mu.exec(report(judgement, []))?.[1];
    expect(line).toBe(clauses.length === 0 ? undefined : clauses.join(', '));
  },
);
