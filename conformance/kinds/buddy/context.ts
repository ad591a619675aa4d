import { encodeScript } from '../../wire/tokens.ts';
import { alignmentOf, arenaOf, isPowerOfTwo } from './arena.ts';
import type { Arena, Claims, Counterexample, Run } from '../../../protocol/index.ts';
import type { Case, FixedCase } from './case.ts';
import type { Failure, Hello, Operation, Shape } from '../../judge/subject.ts';
import type { Finding } from '../../judge/finding.ts';
import type { Sightings } from './coverage.ts';
import type { Yields } from './drain.ts';

/** What the cases of a run have in common. */
export interface Context {
  readonly hello: Hello;
  readonly claims: Claims;
  readonly sightings: Sightings;
  readonly yields: Yields;
  /** Operations between two looks at the views of a subject behind a pipe, and at most in a request. */
  readonly grain: number;
  /** Filled with the operations carried out, up to the drain. */
  readonly done: Operation[];
}

/** The case up to now, as something that can be saved. */
export const fixed = (of: Case, done: readonly Operation[], drain: boolean): FixedCase => ({
  shape: of.shape,
  script: [...done],
  drain,
  before: [],
});

/** The operation that a fault was seen at, what came back, and the states around it as far as they are known. */
export type Moment = Pick<Finding, 'state' | 'operation' | 'result' | 'after'>;

const NOWHERE: Moment = { state: undefined, operation: undefined, result: undefined, after: undefined };

/** A clause refuted by the last operation done, or by what is seen after it. */
export const refutedBy = (counterexample: Counterexample, at: FixedCase, moment: Moment = NOWHERE): Finding => ({
  what: { kind: 'refuted', counterexample },
  case: at,
  ...moment,
});

export const failedBy = (failure: Failure, at: FixedCase): Finding => ({ what: failure, case: at, ...NOWHERE });

/** Counts an arena that is ready, and says what is judged of it. */
export function enter(
  { hello, claims, sightings: { counts } }: Context,
  shape: Shape,
  usable: readonly Run[] | 'all',
): Arena | Counterexample {
  const arena = arenaOf(shape, usable, alignmentOf(hello));
  counts['arena ready']++;
  if (!isPowerOfTwo(shape.pages)) counts['arena not a power of two']++;
  if (shape.reserved.length > 0) counts['arena with reserved frames']++;
  const all = arenaOf(shape, 'all', arena.alignment);
  if (!claims.has('capacity') || JSON.stringify(all.holes) === JSON.stringify(arena.holes)) return arena;
  const facts = [
    `frames that cannot be handed out: ${JSON.stringify(arena.holes)}`,
    `reserved: ${JSON.stringify(all.holes)}`,
  ] as const;
  return { clause: 'CAP-1', place: 'arena', facts };
}

export function refuseArena({ sightings }: Context, shape: Shape, why: string): undefined {
  const { counts } = sightings;
  sightings.whyUnsupported = why;
  counts['arena unsupported']++;
  if (!isPowerOfTwo(shape.pages)) counts['arena not a power of two unsupported']++;
  return undefined;
}

const MOST_LEFT_OUT = 20;

/** Notes an operation that is not sent. */
export function leaveOut({ sightings: { leftOut } }: Context, operation: Operation): void {
  if (leftOut.length < MOST_LEFT_OUT) leftOut.push(encodeScript([operation]));
}
