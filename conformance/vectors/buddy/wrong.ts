/** What refutes a clause: answers that are not permitted, and views that do not show what is there. */
import { BUDDY_SIGHTS } from '../../kinds/buddy/sights.ts';
import { Coverage } from '../../judge/coverage.ts';
import { Oracle } from '../../kinds/buddy/oracle.ts';
import { buddy, valuesOf } from '../../../spec/index.ts';
import { compareReported } from '../../kinds/buddy/compare/reported.ts';
import { parseResults } from '../../kinds/buddy/wire/tokens.ts';
import { FREE_MISUSES } from '../../kinds/buddy/misuse.ts';
import { pfn } from '../../unit.ts';
import type { Clause, Counterexample, Reported } from '../../../protocol/index.ts';
import type { Operation, Result } from '../../kinds/buddy/case.ts';
import type { Placed } from '../../../spec/index.ts';
import type { Profile } from './profile.ts';
import type { ArenaShows, Wrong } from '../form.ts';
import type { Refuting, Situation } from '../plan.ts';
import type { World } from './world.ts';

/** Returns words as the results that they are. */
function resultsOf(words: readonly string[]): readonly Result[] {
  if (words.length === 0) return [];
  const read = parseResults(words.join(' '), words.length, {});
  return read.kind === 'parsed' ? read.value : [];
}

/** Returns every answer that is worth trying. */
function candidates({ placed: { state } }: World): readonly string[] {
  const { base, pages } = state.arena;
  const frames = Array.from({ length: pages + 1 }, (_, n) => String(base + n));
  return ['-', ...frames, '.', ...FREE_MISUSES.map((misuse) => `!${misuse}`)];
}

/** Returns the answers to the last operation that are not permitted: the first that refutes each clause. */
export function wrongAnswers(
  { claims }: Profile,
  { answers, script, world }: Situation<World, Operation>,
  operation: Operation,
  permitted: ReadonlySet<string>,
): readonly Refuting[] {
  const oracle = new Oracle(claims, world.placed.state.arena, new Coverage(BUDDY_SIGHTS));
  const results = resultsOf(answers);
  for (const [n, before] of script.entries()) {
    const result = results[n];
    if (result !== undefined) oracle.absorb(before, result);
  }
  const found = new Map<Clause, Wrong>();
  for (const shown of candidates(world)) {
    const [result] = permitted.has(shown) ? [] : resultsOf([shown]);
    const refuted = result === undefined ? undefined : oracle.absorb(operation, result);
    if (refuted === undefined || found.has(refuted.clause)) continue;
    found.set(refuted.clause, { where: 'answer', after: answers, shown, because: refuted.facts });
  }
  return [...found];
}

/** Returns what must be shown of a state. */
export function showsOf({ lists, state }: Placed): ArenaShows {
  const { arena, origin, pairs } = state;
  const frames = Array.from({ length: arena.pages }, (_, n) => pfn(arena.base + n));
  return {
    'free-count': frames.filter((frame) => buddy.isFree(state, frame)).length,
    'free-lists': lists,
    'pair-bits': pairs.slice(0, arena.orders - 1).map((row, at) =>
      valuesOf(row)
        .slice((arena.base - origin) >> (at + 1))
        .map(({ lower, upper }) => (lower === upper ? '0' : '1'))
        .join(''),
    ),
  };
}

type Lists = readonly (readonly number[])[];

const withList = (lists: Lists, at: number, list: readonly number[]): Lists => lists.with(at, list);

/** Returns free lists that are wrong: a block left out, shown twice, a held one shown, not joined, in another sequence. */
function wrongLists({ state }: Placed, lists: Lists): readonly Lists[] {
  const filled = lists.findIndex((list) => list.length > 0);
  const large = lists.findIndex((list, at) => at > 0 && list.length > 0);
  const several = lists.findIndex((list) => list.length > 1);
  const [held] = buddy.outstandingBlocks(state);
  const list = (at: number): readonly number[] => lists[at] ?? [];
  const [head = 0] = list(large);
  return [
    ...(filled < 0 ? [] : [withList(lists, filled, list(filled).slice(1))]),
    ...(filled < 0 ? [] : [withList(lists, filled, [...list(filled), ...list(filled).slice(0, 1)])]),
    ...(held === undefined ? [] : [withList(lists, held.order, [held.head, ...list(held.order)])]),
    ...(large < 0
      ? []
      : [
          withList(withList(lists, large, list(large).slice(1)), large - 1, [
            head,
            head + 2 ** (large - 1),
            ...list(large - 1),
          ]),
        ]),
    ...(several < 0 ? [] : [withList(lists, several, list(several).toReversed())]),
  ];
}

/** Returns the views after the last operation that do not show what is there: the first that refutes each clause. */
export function wrongViews({ claims }: Profile, placed: Placed, answers: readonly string[]): readonly Refuting[] {
  const shows = showsOf(placed);
  const bits = shows['pair-bits'];
  const lists = wrongLists(placed, shows['free-lists']);
  const flipped = bits.map((row, at) => (at === 0 ? `${row.startsWith('0') ? '1' : '0'}${row.slice(1)}` : row));
  const tries: readonly (readonly [Wrong['where'], Reported, object | number])[] = [
    ['free-count', { freeCount: shows['free-count'] + 1 }, shows['free-count'] + 1],
    ...lists.map((one) => ['free-lists', { freeLists: one.map((heads) => heads.map(pfn)) }, one] as const),
    ...(bits.length === 0 ? [] : [['pair-bits', { pairBits: flipped }, flipped] as const]),
  ];
  const found = new Map<Clause, Wrong>();
  for (const [where, views, shown] of tries) {
    const refuted: Counterexample | undefined = compareReported(claims, placed, views);
    if (refuted === undefined || found.has(refuted.clause)) continue;
    found.set(refuted.clause, { where, after: answers, shown: JSON.stringify(shown), because: refuted.facts });
  }
  return [...found];
}
