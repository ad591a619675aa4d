/** What those who share a search are asked, and what they tell of it, in words that can be sent to another process. */
import type { Finding } from '../finding.ts';
import type { Seen } from '../coverage.ts';
import type { Failure } from '../subject.ts';
import type { Sought } from './sought.ts';
import type { Share } from './lanes.ts';

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

/** What one case showed. */
export interface Carried extends Seen {
  readonly n: number;
}

/** What went wrong in a case, as one hand saw it: a finding without its moment, which has pictures that cannot be sent. */
export interface Sighting {
  readonly at: number;
  readonly reproduced: boolean;
  readonly finding: Omit<Finding<object>, 'moment'>;
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

/** Returns what a case showed, in as few words as it has. */
export function carriedOf(n: number, seen: Seen): Carried {
  const { counts, leftOut, operations, ready, refusals, unsupported, whyUnsupported } = seen;
  const some = Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
  return { n, counts: some, leftOut, operations, ready, refusals, unsupported, whyUnsupported };
}
