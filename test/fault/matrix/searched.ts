/** Searches for a fault as a user's run does, and how many operations that took. */
import { judgeKind } from '../../../conformance/judge/judge.ts';
import type { Kind, Source, Sweep } from '../../../conformance/judge/kind.ts';
import type { Start, Subject } from '../../../conformance/judge/subject.ts';

/** Most seconds of one search. */
const SECONDS = 20;

/** Looks for a fault, with a seed, in some cases; returns the operations that were judged until it was found, or undefined if it was not. */
export type Search = (seed: number, cases?: number) => Promise<number | undefined>;

/** Returns the search for a fault by the judge, with default options; what it found is not made shorter. */
export const searching =
  <P extends object, C extends object, F extends C>(
    kind: Kind<P, C, F>,
    open: () => Subject,
    sourceOf?: (sweep: Sweep) => Source<C>,
  ): Search =>
  async (seed, cases = Infinity) => {
    const start: Start = () => Promise.resolve(open());
    const judgement = await judgeKind(kind, start, { seed, cases, seconds: SECONDS, after: 0 }, sourceOf);
    const { coverage, failure, finding } = judgement;
    if (failure !== undefined) throw new Error(failure.how);
    return finding === undefined ? undefined : Math.max(1, coverage.operations);
  };
