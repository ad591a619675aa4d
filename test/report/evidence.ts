/** What shows each clause, gathered from where it is: citations, faults on purpose, vectors, theorems, and killed mutants. */

import { ANSWER_FAULTS } from '../fault/buddy/opaque/answers.ts';
import { BOOT_SLIPS } from '../fault/boot/slips.ts';
import { CACHE_SLIPS } from '../fault/machine/slips-cache.ts';
import { CLAUSES } from '../../spec/clauses.ts';
import { GATE_SLIPS } from '../fault/machine26/slips-gate.ts';
import { LARGE_SLIPS } from '../fault/buddy/slips/large.ts';
import { MACHINE_SLIPS } from '../fault/machine/slips.ts';
import { MEMORY_SLIPS } from '../fault/buddy/slips/memory.ts';
import { ROWS } from '../../proof/unbounded/correspondence.ts';
import { SLIPS } from '../fault/buddy/slips/all.ts';
import { SLIPS26 } from '../fault/machine26/slips-pass.ts';
import { VIEW_FAULTS } from '../fault/buddy/opaque/views.ts';
import { allVectors } from '../fault/vectored.ts';
import { citations } from '../audit/clauses/citations.ts';
import type { Cited, Exempt } from '../audit/clauses/citations.ts';
import type { ClauseText } from '../../spec/clause-text.ts';
import type { Recorded } from '../mutate/report/record.js';
import type { Tree } from '../audit/tree.ts';

/** A clause, and all that shows it. */
export interface Shown extends Cited, ClauseText {
  readonly id: string;
  /** Faults on purpose that refute it first. */
  readonly faults: readonly string[];
  readonly vectors: number;
  /** Definitions and theorems in Coq that are about it. */
  readonly coq: readonly string[];
  readonly witness: Witness;
  /** Why no code of a layer, or no invariant, is about it. */
  readonly reasons: readonly string[];
}

/** Whether a mutant of code that cites a clause was killed by a test that names it; in files that are as they were then. */
export type Witness = 'seen' | 'not seen' | 'not mutated';

const FAULTS: readonly { readonly name: string; readonly refutes: string | readonly string[] }[] = [
  ...SLIPS,
  ...MEMORY_SLIPS,
  ...LARGE_SLIPS,
  ...ANSWER_FAULTS,
  ...VIEW_FAULTS,
  ...BOOT_SLIPS,
  ...MACHINE_SLIPS,
  ...CACHE_SLIPS,
  ...GATE_SLIPS,
  ...SLIPS26,
];

const faultsOf = (id: string): readonly string[] =>
  FAULTS.filter(({ refutes }) => [refutes].flat().includes(id)).map(({ name }) => name);

/** Returns whether a clause has a witness. `changed`: the recorded files that have changed since. */
export function witnessOf(record: Recorded, id: string, changed: readonly string[]): Witness {
  const files = Object.entries(record.files).filter(
    ([path, { cited }]) => cited.includes(id) && !changed.includes(path),
  );
  if (files.length === 0) return 'not mutated';
  return files.some(([, { witnessed }]) => witnessed.includes(id)) ? 'seen' : 'not seen';
}

const NOBODY: Cited = { spec: [], src: [], invariants: [], tests: [] };
const TEXTS: Readonly<Partial<Record<string, ClauseText>>> = CLAUSES;

/** Returns every clause with all that shows it. */
export function evidence(tree: Tree, exempt: Exempt, record: Recorded, changed: readonly string[]): readonly Shown[] {
  const vectors = allVectors();
  const cited = citations(tree);
  return Object.keys(CLAUSES).map((id) => ({
    id,
    ...(TEXTS[id] ?? { property: '', sentence: '', source: '' }),
    ...(cited.get(id) ?? NOBODY),
    faults: faultsOf(id),
    vectors: vectors.filter(({ clause }) => clause === id).length,
    coq: ROWS.filter(({ clauses }) => clauses.some((clause) => clause === id)).map(({ coq, file }) => `${file} ${coq}`),
    witness: witnessOf(record, id, changed),
    reasons: (['spec', 'src', 'invariants'] as const).flatMap((layer) => {
      const why = exempt[layer][id];
      return why === undefined ? [] : [`nothing in ${layer}: ${why}`];
    }),
  }));
}
