/** The vectors of arenas: which profiles are held against which arenas. */
import { PROFILES, arenasOf } from './profile.ts';
import { encodeScript } from '../../kinds/buddy/wire/tokens.ts';
import { keyOf, followed, nextOf, worldOf } from './world.ts';
import { lastOf } from './operations.ts';
import { situationsOf } from './situations.ts';
import { showsOf, wrongAnswers, wrongViews } from './wrong.ts';
import type { Arena, Clause } from '../../../protocol/index.ts';
import type { Operation } from '../../kinds/buddy/case.ts';
import type { Permits, VectorArena } from '../form.ts';
import type { Plan, Rules } from '../plan.ts';
import type { Profile } from './profile.ts';
import type { World } from './world.ts';

/** Maximum number of vectors of one profile, arena and clause: one that the profile is there for, or another. */
const mostOf = ({ kernel, shows }: Profile, clause: Clause): number =>
  shows.test(clause) ? 3 : kernel === undefined ? 0 : 1;

const arenaOf = ({ base, holes, orders, pages }: Arena): VectorArena => ({
  base,
  pages,
  orders,
  reserved: holes.map(([first, count]) => [first, count] as const),
});

/** Returns a profile and an arena as they stand in an id. */
function planName({ name }: Profile, { base, holes, orders, pages }: Arena): string {
  const kept = holes.map(([first, count]) => `-${first}+${count}`).join('');
  return `${name}/${base}+${pages}x${orders}${kept}`;
}

/** Reports whether a free by frame is legal after some of the permitted answers: then the vector would be of two things. */
const mayBeLegal = (permits: Permits = []): boolean => permits.some((state) => '.' in state);

const needsOf = ({ claims, feature }: Profile, { alignment }: Arena): readonly string[] => [
  ...claims,
  ...(feature === undefined ? [] : [feature]),
  ...(alignment === 'absolute' ? ['align:absolute'] : []),
];

function planOf(profile: Profile, arena: Arena): Plan<World, Operation> {
  const rules: Rules<World, Operation> = {
    nextOf: (world, operation) => nextOf(profile, world, operation),
    follow: (world, operation) => followed(profile, world, operation),
    keyOf: (world) => keyOf(profile, world),
    wordsOf: (operation) => [encodeScript([operation])],
  };
  const begin = worldOf(profile, arena);
  const isExact = profile.kernel !== undefined;
  return {
    ...rules,
    name: planName(profile, arena),
    needs: needsOf(profile, arena),
    given: (after) => ({
      kind: 'buddy',
      arena: arenaOf(arena),
      ...(isExact && after !== undefined ? { shows: showsOf(after.placed) } : {}),
    }),
    begin,
    groups: situationsOf(profile, rules, begin),
    enough: { most: (clause) => mostOf(profile, clause) },
    lastOf: (situation) => lastOf(profile, situation),
    wrongs: (situation, { last, permitted }) => {
      const [only] = isExact ? permitted : [];
      const answers = wrongAnswers(profile, situation, last, new Set(permitted.map(({ answer }) => answer)));
      if (only === undefined) return answers;
      return [...answers, ...wrongViews(profile, only.world.placed, [...situation.answers, only.answer])];
    },
    isPlain: (script, permits) => script.every(({ kind }, n) => kind !== 'free-frame' || !mayBeLegal(permits[n])),
  };
}

/** Returns what vectors are made of, in the sequence of profiles and arenas. */
export const buddyPlans = (): readonly Plan<World, Operation>[] =>
  PROFILES.flatMap((profile) => arenasOf(profile).map((arena) => planOf(profile, arena)));
