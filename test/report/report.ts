/** Puts the report together: reads what is recorded, counts what can be counted, and says of each part whether it is current. */

import { BENCH, benchPart } from './parts/bench.ts';
import { EXEMPT } from '../audit/clauses/exempt.ts';
import { MATRIX, faultsPart } from './parts/faults.ts';
import { PROOF, proofsPart } from './parts/proofs.ts';
import { ROOT, theTree } from '../audit/tree.ts';
import { changedFiles } from './freshness.ts';
import { claimsPart, evidencePart } from './parts/clauses.ts';
import { departuresPart, layersPart, ordersReport, recordingsPart } from './parts/generated.ts';
import { evidence } from './evidence.ts';
import { existsSync, readFileSync } from 'node:fs';
import { fragmentationPart } from './parts/fragmentation.ts';
import { hashOf } from '../mutate/report/record.js';
import { mutantsPart } from './parts/mutants.ts';
import { originOf } from '../../proof/origin.ts';
import { uncoveredPart } from './parts/uncovered.ts';
import type { Recorded } from '../mutate/report/record.js';
import type { Report } from './part.ts';

/** Returns the text of a file; undefined if it is not there. */
const textOf = (path: string): string | undefined =>
  existsSync(ROOT + path) ? readFileSync(ROOT + path, 'utf8') : undefined;

/** Reports whether a file has the hash that a record of mutants has of it. */
export const isAsItWas = (path: string, hash: string): boolean => {
  const text = textOf(path);
  return text !== undefined && hashOf(text) === hash;
};

/** Returns the record of mutants. */
export const recordedMutants = (): Recorded =>
  JSON.parse(textOf('test/mutate/report/recorded.json') ?? '{"files":{},"notRun":[]}') as Recorded;

/** Returns the report of the project as it is. Takes some seconds: it replays recordings and runs the judge. */
export async function reportOf(): Promise<Report> {
  const record = recordedMutants();
  const all = evidence(theTree(), EXEMPT, record, isAsItWas);
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
      mutantsPart(record, isAsItWas),
      proofsPart(textOf(PROOF), proof),
      fragmentationPart(),
      benchPart(textOf(BENCH)),
    ],
  };
}
