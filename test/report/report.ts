/** Puts the report together: reads what is recorded, counts what can be counted, and says of each part whether it is current. */

import { BENCH, benchPart } from './parts/bench.ts';
import { EXEMPT } from '../audit/clauses/exempt.ts';
import { ALONE, MATRIX, alonePart, faultsPart } from './parts/faults.ts';
import { PROOF, proofsPart } from './parts/proofs.ts';
import { textOf, theTree } from '../audit/tree.ts';
import { changedFiles } from './freshness.ts';
import { claimsPart, evidencePart } from './parts/clauses.ts';
import { departuresPart, layersPart, ordersReport, recordingsPart } from './parts/generated.ts';
import { evidence } from './evidence.ts';
import { fragmentationPart } from './parts/fragmentation.ts';
import { changedSince, mutantsPart, recordedMutants } from './parts/mutants.ts';
import { originOf } from '../../proof/origin.ts';
import { uncoveredPart } from './parts/uncovered.ts';
import type { Report } from './part.ts';

/** Returns the report of the project as it is. Takes some seconds: it replays recordings and runs the judge. */
export async function reportOf(): Promise<Report> {
  const record = recordedMutants();
  const changed = changedSince(record);
  const all = evidence(theTree(), EXEMPT, record, changed);
  const [readme, proof] = [textOf('README.md') ?? '', textOf('proof/README.md') ?? ''];
  const { commit, date, machine } = originOf([]);
  return {
    made: { commit, date, machine, changed: changedFiles() },
    parts: [
      uncoveredPart({ readme, proof }, all),
      claimsPart(all),
      evidencePart(all),
      layersPart(theTree()),
      await ordersReport(),
      recordingsPart(),
      departuresPart(theTree()),
      faultsPart(textOf(MATRIX)),
      alonePart(textOf(ALONE)),
      mutantsPart(record, changed),
      proofsPart(textOf(PROOF), proof),
      fragmentationPart(),
      benchPart(textOf(BENCH)),
    ],
  };
}
