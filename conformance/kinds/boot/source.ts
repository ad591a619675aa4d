/** The cases of a search over boot memory, and what a run must have seen. */
import { generateBoot } from './generate.ts';
import { neverSeen } from '../../judge/coverage.ts';
import type { BootCase } from './case.ts';
import type { BootCoverage, BootSight } from './sights.ts';
import type { Feature } from '../../judge/subject.ts';
import type { Source, Sweep } from '../../judge/kind.ts';

const MUST: readonly BootSight[] = ['boot memory ready', 'granted', 'exhausted', 'done', 'warned', 'retired'];

/** What a run must have seen besides, if the subject has a feature. */
const MORE: readonly (readonly [feature: Feature, sight: BootSight])[] = [
  ['boot:misuse', 'rejected'],
  ['boot:page-size', 'pages of another size'],
];

/** The most operations of a case: each of them is a request of its own. */
const MOST_OPERATIONS = 40;

/** Returns the cases that a sweep draws, one after the other. */
export function bootSource({ hello, operations, seed }: Sweep): Source<BootCase> {
  const at = (nth: number): BootCase =>
    generateBoot(seed, nth, Math.min(operations, MOST_OPERATIONS), hello.features.has('boot:page-size'));
  return {
    draw: at,
    at,
    learn: () => undefined,
    unseen: (coverage: BootCoverage) => {
      const more = MORE.filter(([feature]) => hello.features.has(feature)).map(([, sight]) => sight);
      return neverSeen([...MUST, ...more], coverage);
    },
  };
}
