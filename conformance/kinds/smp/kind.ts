/** Several threads that use one arena, as a kind that the judge can judge. */
import { SMP_CLAIMS } from './oracle.ts';
import { SMP_SIGHTS } from './sights.ts';
import { connectThreads, threadsOf } from './port.ts';
import { counted } from '../../show.ts';
import { driveThreads } from './drive.ts';
import { operationsOf, threadsIn } from './case.ts';
import { parseThreadsCase, saveThreads } from './saved.ts';
import { roundsText } from './text.ts';
import { shapeText } from '../buddy/case.ts';
import { simplerThreads, without } from './simpler.ts';
import { threadsSource } from './source.ts';
import type { Kind } from '../../judge/kind.ts';
import type { SmpCase } from './case.ts';
import type { SmpCoverage } from './sights.ts';
import type { SmpPort } from './port.ts';

/** How often a case is tried: which thread comes first is chance. */
const TRIES = 400;

/** Several threads on one arena of the buddy system. */
export const SMP: Kind<SmpPort, SmpCase> = {
  name: 'smp',
  title: 'several threads',
  feature: 'threads:N',
  sights: SMP_SIGHTS,
  claims: SMP_CLAIMS,
  tries: TRIES,
  connect: connectThreads,
  source: threadsSource,
  run: (port, of, how) => driveThreads(port, of, { ...how, coverage: how.coverage as SmpCoverage }),
  needs: (of, hello) => (threadsIn(of) > threadsOf(hello) ? [`threads:${threadsIn(of)}`] : []),
  length: (of) => operationsOf(of).length,
  without,
  simpler: simplerThreads,
  elsewhere: () => [],
  primer: () => undefined,
  save: saveThreads,
  parse: parseThreadsCase,
  describe: (of) => [
    shapeText(of.shape),
    `${roundsText(of)}   (${counted(operationsOf(of).length, 'operation')}; | divides threads, / rounds)`,
  ],
};
