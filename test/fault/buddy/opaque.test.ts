/** Tests that allocators with a rare fault are found by their answers and reports alone. */

import { expect, test } from 'vitest';
import { EVERY_MISUSE, clauseOf, judgeBuddy, replayBuddy } from '../judged.ts';
import { BuddySets } from './opaque/buddy-sets.ts';
import { ANSWER_FAULTS, VIEWS } from './opaque/answers.ts';
import { VIEW_FAULTS } from './opaque/views.ts';
import { startingFault } from './opaque/start.ts';
import type { Start } from '../../../conformance/judge/subject.ts';

const SEED = 20240422;

const starting =
  (fault: Parameters<typeof startingFault>[0]): Start =>
  () =>
    Promise.resolve(startingFault(fault)());

const faultless: Start = starting({
  name: 'faultless',
  claims: ['complete', 'best-fit', 'capacity', ...EVERY_MISUSE],
  features: VIEWS,
  open: (arena) => new BuddySets(arena),
});

test('an allocator without a fault passes, whatever its make', async () => {
  const judgement = await judgeBuddy(faultless, { seed: SEED, cases: 200 });
  expect(judgement).toMatchObject({ verdict: 'conforms', missing: [] });
});

test.each([...ANSWER_FAULTS, ...VIEW_FAULTS].map((fault) => [fault.refutes.join(' or '), fault.name, fault] as const))(
  '%s · %s',
  async (_refutes, _name, fault) => {
    const judgement = await judgeBuddy(starting(fault), { seed: SEED, ...fault.options });
    expect(judgement.verdict).toBe('diverges');
    expect(fault.refutes).toContain(clauseOf(judgement));
    const found = judgement.finding ?? expect.fail('no case');
    expect(found.case.script.length).toBeLessThanOrEqual(fault.most);

    expect(clauseOf(await replayBuddy(starting(fault), found))).toBe(clauseOf(judgement));
    if (fault.usable === undefined) expect((await replayBuddy(faultless, found)).verdict).toBe('conforms');
  },
);

const cut = starting({
  name: 'frames of 31 bits',
  open: (arena) =>
    new (class extends BuddySets {
      override allocate(order: number): number | null {
        const frame = super.allocate(order);
        return frame === null ? null : frame % 2 ** 31;
      }
    })(arena),
});

test('TAKE-1 · frame numbers cut to 31 bits are found if the judge is given a base above them', async () => {
  const judgement = await judgeBuddy(cut, { seed: SEED, bases: [2 ** 31] });
  expect([judgement.verdict, clauseOf(judgement)]).toEqual(['diverges', 'TAKE-1']);
});
