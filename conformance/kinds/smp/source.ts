/** The cases of a search over several threads, and what a run must have seen. */
import { generateThreads } from './generate.ts';
import { mostOperations, threadsOf } from './port.ts';
import { neverSeen } from '../../judge/coverage.ts';
import type { SmpCase } from './case.ts';
import type { SmpCoverage, SmpSight } from './sights.ts';
import type { Source, Sweep } from '../../judge/kind.ts';

const MUST: readonly SmpSight[] = [
  'threads ready',
  'call while another was under way',
  'grant to a thread',
  'refusal to a thread',
  'free of what another script was granted',
  'history with an order',
];

/** The most threads and operations of a round: more of either make histories that take long to decide. */
const [MOST_THREADS, MOST_OPERATIONS] = [8, 64];

/** Returns the cases that a sweep draws, one after the other. */
export function threadsSource(sweep: Sweep): Source<SmpCase> {
  const bounds = {
    threads: Math.min(MOST_THREADS, threadsOf(sweep.hello)),
    operations: Math.min(MOST_OPERATIONS, sweep.operations, mostOperations(sweep.hello)),
  };
  const at = (nth: number): SmpCase => generateThreads(sweep, nth, bounds);
  return {
    draw: at,
    at,
    learn: () => undefined,
    unseen: (coverage: SmpCoverage) => neverSeen(MUST, coverage),
  };
}
