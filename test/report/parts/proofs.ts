/** The part about proofs: each claim, how it is shown, what a run came to, and what it does not cover. */

import { z } from 'zod';
import { PARTS } from '../../../proof/parts.ts';
import { PROOF_SOURCES, hashOf } from '../../../proof/origin.ts';
import { hashOf as hashOfText } from '../../mutate/report/record.js';
import { read } from '../freshness.ts';
import { tablesIn, under, unlinked } from '../markdown.ts';
import type { Block, Part, State } from '../part.ts';
import type { Origin } from '../../../proof/origin.ts';
import type { Result } from '../../../proof/result.ts';

/** The record, which `npm run prove` writes. */
export const PROOF = 'reports/proof.json';

/** A run that is recorded. */
interface Proved {
  readonly origin: Origin;
  readonly results: readonly Pick<Result, 'outcome' | 'claim' | 'size' | 'seconds'>[];
}

const RECORD: z.ZodType<Proved> = z.object({
  origin: z.object({ date: z.string(), machine: z.string(), commit: z.string(), sources: z.string() }),
  results: z.array(
    z.object({
      outcome: z.enum(['shown', 'skipped', 'refuted']),
      claim: z.string(),
      size: z.string(),
      seconds: z.number(),
    }),
  ),
});

/** Returns a record that was read; undefined if the text is none. */
export function recordIn(text: string): Proved | undefined {
  try {
    return RECORD.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Returns the state of a record. `present`: the hash of the sources as they are. */
export function stateOf(record: Proved | undefined, present: string): State {
  if (record === undefined)
    return { is: 'missing', why: `there is no ${PROOF} that can be read; \`npm run prove\` writes it` };
  const { commit, date, machine, sources } = record.origin;
  const counts = (['shown', 'skipped', 'refuted'] as const).map(
    (outcome) => `${record.results.filter((one) => one.outcome === outcome).length} ${outcome}`,
  );
  const run = `${record.results.length} of ${PARTS.length} parts were run (${counts.join(', ')}) on ${date}, at commit ${commit.slice(0, 8) || 'unknown'}, on ${machine}`;
  if (sources !== present) {
    return { is: 'stale', why: `${run}, of sources with the hash ${sources}; those of today have ${present}` };
  }
  const absent = PARTS.filter(({ claim, long }) => long !== true && !record.results.some((one) => one.claim === claim));
  if (absent.length > 0) {
    return { is: 'missing', why: `${run}; ${absent.length} that \`npm run prove\` runs are not among them` };
  }
  return { is: 'current', why: `${run}, of the sources as they are` };
}

/** Returns a row for each part, with what its run came to. */
const rowsOf = (record: Proved | undefined): readonly (readonly string[])[] =>
  PARTS.map(({ claim, how, limits, long, name }) => {
    const result = record?.results.find((one) => one.claim === claim);
    const came = result === undefined ? `not run${long === true ? ' (takes long)' : ''}` : result.outcome;
    return [
      name,
      claim,
      how,
      came,
      result?.size ?? '',
      result === undefined ? '' : `${result.seconds.toFixed(1)} s`,
      limits,
    ];
  });

/** Returns the table of an earlier run that proof/README.md holds. */
function earlier(readme: string): readonly Block[] {
  const [table] = tablesIn(under(readme, 'The table'));
  if (table === undefined) return [];
  const rows = table.rows.map((row) => row.map(unlinked));
  return [
    {
      kind: 'text',
      text: '`proof/README.md` has the sizes and times of earlier runs. They are typed there, and nothing checks them.',
    },
    { ...table, caption: 'Earlier runs, as proof/README.md has them', rows },
  ];
}

/** Returns the part about proofs. `text`: the record; undefined if it is not there. */
export function proofsPart(text: string | undefined, readme: string, present: string = hashOf(PROOF_SOURCES)): Part {
  const record = text === undefined ? undefined : recordIn(text);
  const heads = ['folder', 'claim', 'how', 'outcome', 'what was gone through', 'time', 'not covered'];
  const state = stateOf(record, present);
  return {
    id: 'proofs',
    title: 'What is proved',
    about:
      '`exhaustive`: the real code in each state of small arenas. `interleaved`: every interleaving of a few calls under the lock. `inductive`: from any state that satisfies the invariants, by a solver. `unbounded`: for every size, in Coq. The claims, methods and limits are those that the provers have in their sources; outcome, size and time are of the recorded run.',
    state,
    read: [...(text === undefined ? [] : [{ place: PROOF, hash: hashOfText(text) }]), ...read(...PROOF_SOURCES)],
    blocks: [
      { kind: 'table', caption: 'Proofs', heads, rows: rowsOf(record) },
      ...(state.is === 'current' ? [] : earlier(readme)),
    ],
  };
}
