/** What those who share a search are asked, and what they tell of it, in words that can be sent to another process. */
import type { Coverage } from '../coverage.ts';
import type { Failure } from '../subject.ts';
import type { Sought } from './sought.ts';
import type { Share } from './lanes.ts';
import type { Wrong } from '../finding.ts';

/** A part of a search, for one hand. */
export interface Task {
  readonly kind: string;
  readonly options: Sought;
  readonly share: Share;
  /** Cases below this number were carried out before, of which these are not supported. */
  readonly from: number;
  readonly unsupported: readonly number[];
  readonly seconds: number;
}

/** What one case showed; what it did not show is left out. */
export interface Carried {
  readonly n: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly operations: number;
  readonly refusals: number;
  readonly ready: number;
  readonly whyUnsupported?: string;
  readonly leftOut?: readonly string[];
}

/** What went wrong in a case, as one hand saw it. */
export interface Sighting {
  readonly at: number;
  readonly what: Wrong;
  readonly reproduced: boolean;
  /** The case as it is saved, and those before it. */
  readonly case: object;
  readonly before: readonly object[];
}

/** What a hand tells, ascending by case; `over` comes last. */
export type Told =
  | { readonly kind: 'carried'; readonly cases: readonly Carried[] }
  | { readonly kind: 'found'; readonly found: Sighting }
  | { readonly kind: 'over'; readonly flaky: number; readonly failure?: Failure };

/** One of those who share a search. */
export interface Hand {
  /** Lets it end before the first case above this number. */
  until(n: number): void;
  /** Ends it, whatever it is doing. */
  end(): void;
}

/** Those who share a search. */
export interface Crew {
  /** Seconds that a search goes on alone first: most faults are found by then, and nobody waits for processes to start. */
  readonly after: number;
  /** How many there may be. */
  readonly hands: number;
  hire(task: Task, tell: (told: Told) => void): Hand;
}

/** Returns what a case showed. */
export function carriedOf(n: number, coverage: Coverage): Carried {
  const { counts, leftOut, operations, ready, refusals, unsupported, whyUnsupported } = coverage;
  return {
    n,
    counts: Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
    operations,
    refusals,
    ready,
    ...(unsupported === 0 ? {} : { whyUnsupported }),
    ...(leftOut.length === 0 ? {} : { leftOut }),
  };
}

/** Adds what a case showed. */
export function addCarried(coverage: Coverage, one: Carried): void {
  for (const [sight, count] of Object.entries(one.counts))
    coverage.counts[sight] = (coverage.counts[sight] ?? 0) + count;
  coverage.operations += one.operations;
  coverage.refusals += one.refusals;
  coverage.ready += one.ready;
  if (one.whyUnsupported !== undefined) coverage.refuse(one.whyUnsupported);
  for (const operation of one.leftOut ?? []) coverage.leaveOut(operation);
}
