/** Makes the test vectors out of the specification: the same ones each time. */
import { PROFILES, arenasOf } from './profile.ts';
import { encodeScript } from '../kinds/buddy/wire/tokens.ts';
import { lastOf, situationsOf } from './situations.ts';
import { nextOf } from './world.ts';
import { permitsOf } from './permits.ts';
import { showsOf, wrongAnswers, wrongViews } from './wrong.ts';
import type { Arena, Clause } from '../../protocol/index.ts';
import type { Operation } from '../kinds/buddy/case.ts';
import type { Profile } from './profile.ts';
import type { Refuting } from './wrong.ts';
import type { Situation } from './situations.ts';
import type { Permits, Vector, VectorArena } from './form.ts';

/** Maximum number of vectors of one profile, arena and clause: one that the profile is there for, or another. */
const mostOf = ({ kernel, shows }: Profile, clause: Clause): number =>
  shows.test(clause) ? 3 : kernel === undefined ? 0 : 1;

const arenaOf = ({ base, holes, orders, pages }: Arena): VectorArena => ({
  base,
  pages,
  orders,
  reserved: holes.map(([first, count]) => [first, count] as const),
});

/** Returns the id of a vector: what it is made of, so that it is the same in every version. */
function idOf(clause: Clause, { name }: Profile, { base, orders, pages, reserved }: VectorArena, run: string): string {
  const kept = reserved.map(([first, count]) => `-${first}+${count}`).join('');
  return `${clause}/${name}/${base}+${pages}x${orders}${kept}/${run.replaceAll(' ', ',')}`;
}

/** Reports whether a free by frame is legal after some of the permitted answers: then the vector would be of two things. */
const mayBeLegal = (permits: Permits = []): boolean => permits.some((state) => '.' in state);

/** After this many situations in a row that added nothing, the rest of an arena is not gone through. */
const MOST_IN_VAIN = 20;

/** What vectors are made of: a situation, and an operation. */
interface Place {
  readonly profile: Profile;
  readonly arena: Arena;
  readonly situation: Situation;
  readonly operation: Operation;
}

/** Returns the vectors of one situation and one last operation, for the clauses that `wants` wants. */
function vectorsAt(
  { arena, operation, profile, situation }: Place,
  wants: (clause: Clause) => boolean,
): readonly Vector[] {
  const expected = nextOf(profile, situation.world, operation);
  const answers = wrongAnswers(profile, situation, operation, new Set(expected.map(({ answer }) => answer)));
  const [only] = profile.kernel === undefined ? [] : expected;
  const views = only === undefined ? [] : wrongViews(profile, only.world.placed, [...situation.answers, only.answer]);
  const wanted = [...answers, ...views].filter(([clause]) => wants(clause));
  if (wanted.length === 0) return [];
  const script = [...situation.script, operation];
  const permits = permitsOf(profile, arena, script);
  if (permits === undefined || script.some((one, n) => one.kind === 'free-frame' && mayBeLegal(permits[n]))) return [];
  const run = encodeScript(script);
  const where = arenaOf(arena);
  const needs = [
    ...profile.claims,
    ...(profile.ranged ? ['range'] : []),
    ...(arena.alignment === 'absolute' ? ['align:absolute'] : []),
  ];
  const shows = only === undefined ? {} : { shows: showsOf(only.world.placed) };
  const vectorOf = ([clause, wrong]: Refuting): Vector => ({
    id: idOf(clause, profile, where, run),
    clause,
    needs,
    arena: where,
    run,
    permits,
    ...shows,
    wrong,
  });
  return wanted.map(vectorOf);
}

/** Returns the vectors of a group of situations, the shortest first. */
function vectorsIn(profile: Profile, arena: Arena, group: readonly Situation[]): readonly Vector[] {
  const counts = new Map<Clause, number>();
  const wants = (clause: Clause): boolean => (counts.get(clause) ?? 0) < mostOf(profile, clause);
  const all = new Map<string, Vector>();
  let inVain = 0;
  for (const situation of group) {
    const before = all.size;
    for (const operation of lastOf(profile, situation)) {
      for (const vector of vectorsAt({ profile, arena, situation, operation }, wants)) {
        if (all.has(vector.id)) continue;
        counts.set(vector.clause, (counts.get(vector.clause) ?? 0) + 1);
        all.set(vector.id, vector);
      }
    }
    inVain = all.size > before ? 0 : inVain + 1;
    if (inVain > MOST_IN_VAIN) break;
  }
  return [...all.values()];
}

/** Returns the vectors of one profile and one arena. */
const vectorsOf = (profile: Profile, arena: Arena): readonly Vector[] =>
  situationsOf(profile, arena).flatMap((group) => vectorsIn(profile, arena, group));

/** Returns every vector, in the sequence of profiles and arenas. */
export const generateVectors = (): readonly Vector[] =>
  PROFILES.flatMap((profile) => arenasOf(profile).flatMap((arena) => vectorsOf(profile, arena)));
