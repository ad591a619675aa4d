/** Tests that histories of threads are never refuted if they are right, and mostly refuted if one answer in them was corrupted. */

import { expect, test } from 'vitest';
import { arenaOf } from '../../../conformance/kinds/buddy/drive/arena.ts';
import { Coverage } from '../../../conformance/judge/coverage.ts';
import { drawSchedule } from '../../../conformance/kinds/smp/picture.ts';
import { generateThreads } from '../../../conformance/kinds/smp/generate.ts';
import { order, pfn } from '../../../conformance/unit.ts';
import { Random } from '../../../conformance/random.ts';
import { Scheduled } from './scheduled.ts';
import { SMP_SIGHTS } from '../../../conformance/kinds/smp/sights.ts';
import { SmpOracle } from '../../../conformance/kinds/smp/oracle.ts';
import type { Claim, History } from '../../../protocol/index.ts';
import type { Result } from '../../../conformance/kinds/buddy/case.ts';
import type { SmpCase } from '../../../conformance/kinds/smp/case.ts';
import type { Stamped } from '../../../conformance/kinds/smp/wire.ts';
import type { Weighed } from '../../../conformance/kinds/smp/oracle.ts';

const SWEEP = { seed: 5, pages: [], orders: [], bases: [] };

const caseAt = (n: number): SmpCase => generateThreads(SWEEP, n, { threads: 4, operations: 32 });

type Answers = readonly (readonly Stamped[])[];

/** Weighs a case round by round, up to the first that is not right; `change` may corrupt the answers of a round. */
function weighed(
  n: number,
  claims: readonly Claim[],
  change: (answers: Answers, round: number) => Answers = (answers) => answers,
): Weighed {
  const { rounds, shape } = caseAt(n);
  const arena = arenaOf(shape, 'all', 'base');
  const threads = new Scheduled(arena, n);
  const oracle = new SmpOracle(new Set(claims), arena, new Coverage(SMP_SIGHTS));
  for (const [at, round] of rounds.entries()) {
    const asked = oracle.asks(round);
    const now = oracle.weigh(asked, change(threads.run(asked.map(({ words }) => words)), at));
    if (now.kind !== 'right') return now;
  }
  return { kind: 'right' };
}

const CLAIMS: readonly Claim[] = ['complete', 'best-fit'];
const CASES = Array.from({ length: 250 }, (_, n) => n);

test('SMP-1 · a right allocator is never refuted, whatever it claims and however its threads take turns', () => {
  for (const n of CASES) expect([n, weighed(n, CLAIMS)]).toEqual([n, { kind: 'right' }]);
  for (const n of CASES) expect([n, weighed(n, [])]).toEqual([n, { kind: 'right' }]);
});

const isGrant = ({ result }: Stamped): boolean => result.kind === 'granted';

/** Returns the answers of a round with one of those that `which` is true of replaced; as they were if there is none. */
function corrupt(
  answers: Answers,
  random: Random,
  which: (one: Stamped) => boolean,
  by: (one: Stamped) => Result,
): Answers {
  const wanted = answers.flat().filter(which);
  const chosen = wanted[random.below(wanted.length)];
  return answers.map((thread) => thread.map((one) => (one === chosen ? { ...one, result: by(one) } : one)));
}

/** How an answer is corrupted, and of a hundred corrupted histories how many are to be noticed at least. */
type Corruption = readonly [
  name: string,
  which: (one: Stamped) => boolean,
  by: (answers: Answers, random: Random) => Result,
  claims: readonly Claim[],
  least: number,
];

const frameOf = ({ result }: Stamped): number => (result.kind === 'granted' ? result.head : 0);

const CORRUPTIONS: readonly Corruption[] = [
  [
    'a grant is the block of another grant of its round',
    isGrant,
    (answers, random) => {
      const others = answers.flat().filter(isGrant);
      const one = others[random.below(others.length)];
      return { kind: 'granted', head: pfn(one === undefined ? 0 : frameOf(one)) };
    },
    [],
    75,
  ],
  ['a grant lies outside of the arena', isGrant, () => ({ kind: 'granted', head: pfn(2 ** 40) }), [], 100],
  ['a grant is a refusal', isGrant, () => ({ kind: 'exhausted' }), ['complete'], 90],
  [
    'a refusal is a grant',
    ({ result }) => result.kind === 'exhausted',
    (answers) => ({ kind: 'granted', head: pfn(Math.max(0, ...answers.flat().map(frameOf))) }),
    [],
    90,
  ],
];

test.each(CORRUPTIONS)('SMP-1 · if %s, most histories are refuted', (...corruption) => {
  const [, which, by, claims, least] = corruption;
  let [corrupted, noticed] = [0, 0];
  for (const n of CASES) {
    const random = new Random(n);
    const changes: boolean[] = [];
    const found = weighed(n, claims, (answers, round) => {
      if (round > 0) return answers;
      const changed = corrupt(answers, random, which, () => by(answers, random));
      changes.push(JSON.stringify(changed) !== JSON.stringify(answers));
      return changed;
    });
    if (!changes.includes(true)) continue;
    corrupted++;
    if (found.kind === 'wrong') noticed++;
  }
  expect(corrupted).toBeGreaterThan(100);
  expect((100 * noticed) / corrupted).toBeGreaterThanOrEqual(least);
});

test('SMP-1 · an answer that no order explains comes with the calls that show it, as a schedule', () => {
  const call = (processor: number, invoked: number, returned: number): History[number] => ({
    processor,
    command: { kind: 'allocate', order: order(0) },
    outcome: { kind: 'granted', head: pfn(3) },
    invoked,
    returned,
  });
  expect(drawSchedule([call(0, 4, 9), call(1, 5, 7)], 60)).toEqual([
    'processor 0             processor 1',
    'asks order 0',
    '|                       asks order 0',
    '|                       -> frame 3',
    '-> frame 3',
  ]);
});

test.each([
  [10, 'wrong', 0],
  [15, 'undecided', 1],
] as const)('of %i calls at once, the last of which is wrong, the history is %s', (threads, kind, undecided) => {
  const shape = { base: pfn(0), pages: 64, orders: 1, reserved: [] };
  const coverage = new Coverage(SMP_SIGHTS);
  const oracle = new SmpOracle(new Set(), arenaOf(shape, 'all', 'base'), coverage);
  const round = Array.from({ length: threads }, (_, slot) => [{ kind: 'allocate', order: order(0), slot } as const]);
  // All are under way until all have begun, so that any may come first.
  const answers = round.map((_, at): readonly Stamped[] => {
    const head = pfn(at === threads - 1 ? 0 : at);
    return [{ result: { kind: 'granted', head }, before: at, after: threads + at }];
  });
  expect(oracle.weigh(oracle.asks(round), answers).kind).toBe(kind);
  expect(coverage.counts['history undecided']).toBe(undecided);
});
