/** A case of several threads as a file, and from an untrusted file. */
import { badCase } from '../../judge/kind.ts';
import { parseBuddyCase, save } from '../buddy/saved.ts';
import { parseRounds, roundsText } from './text.ts';
import { threadsIn } from './case.ts';
import { show } from '../../show.ts';
import { z } from 'zod';
import type { BadCase } from '../../judge/kind.ts';
import type { SavedCase } from '../buddy/saved.ts';
import type { SmpCase } from './case.ts';

/** A case of several threads as it is saved. */
export interface SavedSmpCase {
  readonly init: { readonly smp: SavedCase['init'] };
  readonly run: string;
}

/** Returns a case as it is saved. */
export const saveThreads = (of: SmpCase): SavedSmpCase => ({
  init: { smp: save({ shape: of.shape, script: [], drain: false }).init },
  run: roundsText(of),
});

/** More characters, operations of a round, or threads are not read. */
const [MOST_TEXT, MOST_OPERATIONS, MOST_THREADS] = [2 ** 16, 1000, 64];

const isOurs = z.object({ init: z.object({ smp: z.unknown().refine((smp) => smp !== undefined) }), run: z.unknown() });

/** Reads a case of several threads out of a value that nobody vouches for; undefined if it is of another kind. */
export function parseThreadsCase(value: unknown): SmpCase | BadCase | undefined {
  const ours = isOurs.safeParse(value);
  if (!ours.success) return undefined;
  const { init, run } = ours.data;
  const arena = parseBuddyCase({ init: init.smp, run: '' });
  if (arena === undefined) return badCase('init.smp: it must have base, pages and orders');
  if ('why' in arena) return arena;
  if (typeof run !== 'string' || run.length > MOST_TEXT) {
    return badCase(`run: it must be a text of at most ${MOST_TEXT} characters`);
  }
  const rounds = parseRounds(run);
  if (typeof rounds === 'string') return badCase(`run: ${show(rounds)}`);
  if (rounds.some((round) => round.flat().length > MOST_OPERATIONS)) {
    return badCase(`run: a round has more than ${MOST_OPERATIONS} operations`);
  }
  if (threadsIn({ rounds }) > MOST_THREADS) return badCase(`run: a round has more than ${MOST_THREADS} threads`);
  return { shape: arena.shape, rounds };
}
