/** The generated part of proof/README.md: what the proofs come to over the mutants of the code that they are about. */

import { sourcesHash, table } from '../../mutate/prover/score.js';
import { textOf } from '../tree.ts';
import type { Scores } from '../../mutate/prover/score.js';

/** The record, which `node test/mutate/prover/prover.js --record` writes. */
export const RECORD = 'test/mutate/prover/recorded.json';

/** Returns the table of the recorded score; rows of other code than there is now say so. */
export const scorePart = (): string => table(JSON.parse(textOf(RECORD) ?? '{}') as Scores, sourcesHash());
