/** Tests of searches that several share: they come to what one alone comes to. */
import { describe, expect, test } from 'vitest';
import { BUDDY } from '../../../conformance/kinds/buddy/kind.ts';
import { BuddySets } from '../../fault/buddy/opaque/buddy-sets.ts';
import { KINDS } from '../../../conformance/kinds/all.ts';
import { deserialize, serialize } from 'node:v8';
import { referenceSubject } from '../../../conformance/subjects/reference.ts';
import { anyKind } from '../../../conformance/judge/kind.ts';
import { carryOut } from '../../../conformance/judge/search/hand.ts';
import { judgeKind } from '../../../conformance/judge/judge.ts';
import { objectSubject } from '../../../conformance/subjects/object.ts';
import { mutating } from '../../arbitrary/campaign.ts';
import { records } from '../../../conformance/judge/report/records.ts';
import { together } from '../../../conformance/judge/judge.ts';
import type { BuddyJudgement } from '../../fault/judged.ts';
import type { Crew } from '../../../conformance/judge/search/crew.ts';
import type { ObjectArena } from '../../fault/buddy/opaque/buddy-sets.ts';
import type { Start } from '../../../conformance/judge/subject.ts';

/** Hands in this process, which take their turns. */
function crewOf(hands: number, start: Start): Crew & { readonly hired: () => number } {
  let hired = 0;
  return {
    hands,
    after: 0,
    hired: () => hired,
    hire: (task, tell) => {
      hired++;
      let last = Infinity;
      const stop = new AbortController();
      void carryOut(anyKind(BUDDY), start, task, { stop: stop.signal, until: () => last, tell });
      return { until: (n) => void (last = Math.min(last, n)), end: () => stop.abort() };
    },
  };
}

const startOf =
  (open: (arena: ObjectArena) => BuddySets | { readonly unsupported: string }): Start =>
  () =>
    Promise.resolve(objectSubject({ claims: ['complete'], open }));

/** Grants a frame too low after nine grants in an arena of more than 90 frames. */
class GoesAstray extends BuddySets {
  readonly #pages: number;
  #grants = 0;

  constructor(arena: ObjectArena) {
    super(arena);
    this.#pages = arena.pages;
  }

  override allocate(order: number): number | null {
    const head = super.allocate(order);
    return head !== null && ++this.#grants === 9 && this.#pages > 90 ? head - 1 : head;
  }
}

/** All that a judgement says, but for the time. */
const said = (one: BuddyJudgement): object =>
  JSON.parse(JSON.stringify(records(together(undefined, 1, [{ ...one, seconds: 0 }])))) as object;

const SUBJECTS: Readonly<Record<string, Start>> = {
  'one that is right': startOf((arena) => new BuddySets(arena)),
  'one that goes wrong now and then': startOf((arena) => new GoesAstray(arena)),
  'one that supports few arenas': startOf((arena) =>
    arena.pages % 16 === 0 ? new BuddySets(arena) : { unsupported: 'no multiple of 16' },
  ),
};

describe.each(Object.entries(SUBJECTS))('%s', (_, start) => {
  const options = { cases: mutating ? 50 : 200, operations: 60, seconds: Infinity };

  test('the same verdict, case and counts, however many share the search', async () => {
    const alone = said(await judgeKind(BUDDY, start, options));
    for (const hands of [2, 3]) {
      const crew = crewOf(hands, start);
      expect(said(await judgeKind(BUDDY, start, { ...options, crew }))).toEqual(alone);
      expect(crew.hired()).toBe(hands);
    }
  });
});

test.each(KINDS)('a case of the kind $name can be sent to another process as it is', (kind) => {
  const { hello } = referenceSubject('2.4');
  const sweep = { seed: 1, operations: 20, pages: [], orders: [], bases: [], claims: hello.claims, hello };
  const drawn = Array.from({ length: 30 }, (_, n) => kind.source(sweep).draw(n));
  expect(deserialize(serialize(drawn))).toStrictEqual(drawn);
});

test('a hand that cannot start says so, and nothing is concluded from the silence', async () => {
  const start = SUBJECTS['one that is right'];
  const failure = { kind: 'no-start', how: 'a second one does not start', stderr: '' } as const;
  const crew = crewOf(2, () => Promise.resolve(failure));
  const judged = await judgeKind(BUDDY, start ?? (() => Promise.resolve(failure)), { cases: 50, crew });
  expect([judged.verdict, judged.failure]).toEqual(['protocol-error', failure]);
});
