/** The part about what is not covered, in the words of the places that say it. */

import { PARTS } from '../../../proof/parts.ts';
import { itemsIn, under, unlinked } from '../markdown.ts';
import { read } from '../freshness.ts';
import type { Part } from '../part.ts';
import type { Shown } from '../evidence.ts';

const ids = (all: readonly Shown[], lacks: (clause: Shown) => boolean): string =>
  all
    .filter(lacks)
    .map(({ id }) => id)
    .join(', ') || 'none';

/** Returns the part about what is not covered. `texts`: README.md and proof/README.md. */
export function uncoveredPart(texts: { readonly readme: string; readonly proof: string }, all: readonly Shown[]): Part {
  const limits = new Set(PARTS.map(({ limits: one }) => one).filter((one) => one !== '' && one !== 'the same'));
  return {
    id: 'uncovered',
    title: 'What is not covered',
    about:
      'Read this before you rely on any of the rest. The first and the last list are in the words of `README.md` and `proof/README.md`; the others are counted.',
    state: { is: 'current', why: 'read and counted from the sources while this report was made' },
    read: read('README.md', 'proof/README.md'),
    blocks: [
      {
        kind: 'list',
        caption: 'By the judge',
        items: itemsIn(under(texts.readme, 'What is not checked')).map(unlinked),
      },
      {
        kind: 'list',
        caption: 'Clauses',
        items: [
          `no invariant refutes it: ${ids(all, ({ invariants }) => invariants.length === 0)}`,
          `no fault on purpose refutes it: ${ids(all, ({ faults }) => faults.length === 0)}`,
          `no test vector refutes it: ${ids(all, ({ vectors }) => vectors === 0)}`,
          `its code was mutated, and no test that names it killed a mutant: ${ids(all, ({ witness }) => witness === 'not seen')}`,
        ],
      },
      { kind: 'list', caption: 'By the proofs: each of these is the limit of some claim', items: [...limits] },
      {
        kind: 'list',
        caption: 'What each result of the proofs covers, and what it does not',
        items: itemsIn(under(texts.proof, 'What each result covers, and what it does not')).map(unlinked),
      },
    ],
  };
}
