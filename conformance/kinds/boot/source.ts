/** The cases of a search over boot memory, and what a run must have seen. */
import { generateBoot } from './generate.ts';
import type { BootCase } from './case.ts';
import type { BootCoverage, BootSight } from './sights.ts';
import type { Source, Sweep } from '../../judge/kind.ts';

const MUST: readonly BootSight[] = ['boot memory ready', 'granted', 'exhausted', 'done', 'warned', 'retired'];

/** The most operations of a case: each of them is a request of its own. */
const MOST_OPERATIONS = 40;

/** Returns the cases that a sweep draws, one after the other. */
export function bootSource({ hello, operations, seed }: Sweep): Source<BootCase> {
  const at = (nth: number): BootCase => generateBoot(seed, nth, Math.min(operations, MOST_OPERATIONS));
  return {
    draw: at,
    at,
    learn: () => undefined,
    unseen: ({ counts }: BootCoverage) => {
      const must = hello.features.has('boot:misuse') ? [...MUST, 'rejected' as const] : MUST;
      return must.filter((sight) => counts[sight] === 0).map((sight) => ({ sight, seen: 0, wanted: 1 }));
    },
  };
}
